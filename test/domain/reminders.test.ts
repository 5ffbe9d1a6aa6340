import { describe, expect, it } from 'vitest';
import { decideOpen, type OpenQuestion } from '../../src/domain/reminders.js';
import { DAY_MS, DEFAULT_SETTINGS, type Settings } from '../../src/domain/settings.js';

// The slot is 10:00 in UTC, the question of Monday 2 March 2026 left at it.
const plain: Settings = { ...DEFAULT_SETTINGS, spreadMs: 0 };
const at = (text: string) => new Date(text);

describe('a question without an answer', () => {
  const aQuestion = (given: Partial<OpenQuestion> = {}): OpenQuestion => {
    const deliveredAt = at('2026-03-02T10:00:00Z');
    return {
      deliveredAt,
      remindersSent: 0,
      lastMessageAt: given.deliveredAt ?? deliveredAt,
      hasUnsettledReply: false,
      isPaused: false,
      slotSeed: 'person 1',
      ...given,
    };
  };
  const decideAt = (now: string, given: Partial<OpenQuestion> = {}, settings = plain) => {
    const decided = decideOpen(aQuestion(given), 'Etc/UTC', settings, at(now));
    return decided.kind === 'wait'
      ? `wait until ${decided.until.toISOString().slice(0, 16)}`
      : decided.kind === 'remind'
        ? `remind ${decided.nth}`
        : 'lapse';
  };
  const once = { remindersSent: 1, lastMessageAt: at('2026-03-06T10:00:00Z') };
  const twice = { remindersSent: 2, lastMessageAt: at('2026-03-13T10:00:00Z') };

  it('is reminded of after 4 and 11 days, and lapses after 28', () => {
    expect(decideAt('2026-03-02T11:00:00Z')).toBe('wait until 2026-03-06T10:00');
    expect(decideAt('2026-03-06T10:00:00Z')).toBe('remind 1');
    expect(decideAt('2026-03-06T10:00:01Z', once)).toBe('wait until 2026-03-13T10:00');
    expect(decideAt('2026-03-13T10:00:00Z', once)).toBe('remind 2');
    expect(decideAt('2026-03-13T10:00:01Z', twice)).toBe('wait until 2026-03-30T10:00');
    expect(decideAt('2026-03-30T10:00:00Z', twice)).toBe('lapse');
  });

  it('is reminded of inside the window only', () => {
    const onTuesday = { deliveredAt: at('2026-03-03T10:00:00Z') };
    expect(decideAt('2026-03-07T10:00:00Z', onTuesday)).toBe('wait until 2026-03-09T10:00');
    expect(decideAt('2026-03-09T09:59:00Z', onTuesday)).toBe('wait until 2026-03-09T10:00');
    expect(decideAt('2026-03-09T10:00:00Z', onTuesday)).toBe('remind 1');
  });

  it('is reminded of once after an outage that swallowed both reminders', () => {
    expect(decideAt('2026-03-17T10:00:00Z')).toBe('remind 2');
    expect(decideAt('2026-03-23T10:00:00Z', { remindersSent: 2, lastMessageAt: at('2026-03-17T10:00:00Z') })).toBe(
      'wait until 2026-03-30T10:00',
    );
  });

  it('is not reminded of twice within the smallest spacing after a late first reminder', () => {
    const late = { remindersSent: 1, lastMessageAt: at('2026-03-12T10:00:00Z') };
    expect(decideAt('2026-03-13T10:00:00Z', late)).toBe('wait until 2026-03-16T10:00');
    expect(decideAt('2026-03-16T10:00:00Z', late)).toBe('remind 2');
  });

  it('is not reminded of once it has lapsed, nor if the window opens only then', () => {
    expect(decideAt('2026-04-20T10:00:00Z')).toBe('lapse');
    expect(decideAt('2026-03-28T10:00:00Z', {}, { ...plain, sendDays: [2] })).toBe('wait until 2026-03-30T10:00');
  });

  it('waits while a reply is still coming in', () => {
    expect(decideAt('2026-03-06T10:00:00Z', { hasUnsettledReply: true })).toBe('wait until 2026-03-06T10:00');
    expect(decideAt('2026-03-30T10:00:00Z', { hasUnsettledReply: true })).toBe('wait until 2026-03-30T10:00');
  });

  it('is not reminded of during a pause, but lapses', () => {
    expect(decideAt('2026-03-06T10:00:00Z', { isPaused: true })).toBe('wait until 2026-03-07T10:00');
    expect(decideAt('2026-03-30T10:00:00Z', { isPaused: true })).toBe('lapse');
  });

  it('is left alone where there are no reminders', () => {
    expect(decideAt('2026-03-06T10:00:00Z', {}, { ...plain, reminderAfterMs: [] })).toBe('wait until 2026-03-30T10:00');
  });

  it('stays as it is when the clock is set back before it was delivered', () => {
    expect(decideAt('2026-01-01T10:00:00Z', once)).toBe('wait until 2026-03-13T10:00');
  });

  it('can be reminded of a third time by setting', () => {
    const three = { ...plain, reminderAfterMs: [4, 11, 18].map((days) => days * DAY_MS) };
    expect(decideAt('2026-03-20T10:00:00Z', twice, three)).toBe('remind 3');
  });
});
