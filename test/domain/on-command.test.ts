import { describe, expect, it } from 'vitest';
import { alumnusCommand } from '../../src/domain/on-command.js';

describe('a command in the DM', () => {
  it.each([
    ['stop', 'stop', ''],
    ['Stop!', 'stop', ''],
    ['  UNSUBSCRIBE. ', 'stop', ''],
    ['/checkin data', 'data', ''],
    ['my data', 'data', ''],
    ['pause 3 months', 'pause', '3 months'],
    ['Pause until May', 'pause', 'until may'],
    ['pause until 2024-05-01', 'pause', 'until 2024-05-01'],
    ['pause for a year', 'pause', 'for a year'],
    ['link ab12cd34', 'link', 'ab12cd34'],
    ['forget', 'forget', ''],
    ['?', 'help', ''],
  ])('is found in "%s"', (text, name, rest) => {
    expect(alumnusCommand(text)).toEqual({ name, rest });
  });

  it.each([
    'Stop the presses, I joined METR',
    'pause from work, on parental leave',
    'Link to my paper: example.org',
    'link between policy and safety',
    'data scientist at a bank',
    'resume attached',
    'help wanted: an introduction to METR',
    'erase una vez',
    '',
  ])('is not found in "%s"', (text) => {
    expect(alumnusCommand(text)).toBeNull();
  });
});
