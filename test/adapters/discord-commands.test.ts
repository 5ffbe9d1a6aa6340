import { expect, it } from 'vitest';
import { calledIn, GLOBAL_COMMANDS, SERVER_COMMANDS } from '../../adapters/discord/commands.js';
import { ALUMNUS_COMMANDS } from '../../src/domain/on-command.js';
import { isCommandWord } from '../../src/domain/organiser-command.js';
import { bodyProblems } from '../support/discord/request-bodies.js';

const namesOf = (commands: typeof GLOBAL_COMMANDS) =>
  commands.flatMap(({ options }) => options.map((each) => (each as { readonly name: string }).name));

it('registers with Discord what it understands, and nothing else', () => {
  expect(namesOf(SERVER_COMMANDS).filter((name) => !isCommandWord(name))).toEqual([]);
  expect([...namesOf(GLOBAL_COMMANDS)].sort()).toEqual([...ALUMNUS_COMMANDS, 'say'].sort());
});

it('registers what Discord takes', () => {
  expect(bodyProblems('PUT commands', GLOBAL_COMMANDS)).toEqual([]);
  expect(bodyProblems('PUT commands', SERVER_COMMANDS)).toEqual([]);
});

it('knows no command of another bot, nor one of an older version', () => {
  expect(calledIn('ban', { name: 'data' })).toBeNull();
  expect(calledIn('checkin', { name: 'gone' })).toBeNull();
});
