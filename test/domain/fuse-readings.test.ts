import { describe, expect, it } from 'vitest';
import { ASK_BELOW } from '../../src/domain/card.js';
import { type Activity, type CareerUpdate, type Intent, NO_INFLUENCE } from '../../src/domain/career-update.js';
import { fuseReadings, MODEL_WORTH } from '../../src/domain/fuse-readings.js';
import type { Reading } from '../../src/domain/reply.js';

const empty = { organisation: null, role: null, topic: null, start: null, end: null, commitment: null, funder: null, people: [] };
const job = (activity: Partial<Activity> = {}): Activity => ({
  kind: 'employment',
  status: 'current',
  track: 'alignment',
  ...empty,
  evidence: 'at METR now',
  ...activity,
});
const told = (activities: readonly Activity[], intent: Intent = activities.length > 0 ? 'update' : 'other'): CareerUpdate => ({
  intent,
  activities,
  influence: NO_INFLUENCE,
  helpWanted: false,
});
const byRules = (update: CareerUpdate, sure = 0.75, rest: Partial<Reading> = {}): Reading => ({
  update,
  optOut: null,
  snoozeUntil: null,
  confidence: { kind: sure, track: sure },
  reader: 'offline',
  readerVersion: '3',
  ...rest,
});
const fused = (offline: Reading, model: CareerUpdate) => fuseReadings(offline, model, { reader: 'm', readerVersion: 'p1+3' });

describe('two readings of one reply', () => {
  it('that agree are surer than either', () => {
    const { confidence, reader } = fused(byRules(told([job()])), told([job()]));
    expect(confidence.track).toBeGreaterThan(Math.max(0.75, MODEL_WORTH.track));
    expect(confidence.kind).toBeGreaterThan(Math.max(0.75, MODEL_WORTH.kind));
    expect(confidence.track).toBeLessThan(0.99);
    expect(reader).toBe('m');
  });

  it('that differ on the field ask for it, and for nothing else', () => {
    const offline = byRules(told([job({ kind: 'internship', track: 'capabilities' })]));
    const { confidence, update } = fused(offline, told([job()]));
    expect(confidence.track).toBeLessThan(ASK_BELOW);
    expect(confidence.kind).toBeGreaterThanOrEqual(ASK_BELOW);
    expect(update.activities).toEqual([job()]);
  });

  it('that differ on the kind alone ask for that', () => {
    const { confidence } = fused(byRules(told([job({ kind: 'internship' })])), told([job()]));
    expect(confidence.kind).toBeLessThan(ASK_BELOW);
    expect(confidence.track).toBeGreaterThanOrEqual(ASK_BELOW);
  });

  it('of which the rules claim nothing are as sure as the model', () => {
    for (const offline of [
      byRules(told([])),
      byRules(told([job({ track: 'capabilities' })]), 0.3),
      byRules(told([job({ track: 'unclear' })])),
    ])
      expect(fused(offline, told([job()])).confidence.track).toBe(MODEL_WORTH.track);
  });

  it('of which the model saw nothing put what the rules saw to the person, and ask', () => {
    const { update, confidence } = fused(byRules(told([job()]), 0.95), told([], 'no_change'));
    expect(update.activities).toEqual([job()]);
    expect(confidence.track).toBeLessThan(ASK_BELOW);
    expect(confidence.kind).toBeGreaterThanOrEqual(ASK_BELOW);
  });

  it('leave an opt-out to the rules, with everything that stood beside it', () => {
    const offline = byRules(told([job()], 'stop'), 0.9, { optOut: { wants: 'stop', certainty: 'clear' } });
    expect(fused(offline, told([job({ track: 'governance' })]))).toBe(offline);
  });

  it('leave being asked later to the rules', () => {
    const later = byRules(told([], 'snooze'), 0, { snoozeUntil: '2024-08-01' });
    expect(fused(later, told([], 'question'))).toMatchObject({ update: { intent: 'snooze' }, snoozeUntil: '2024-08-01' });
    expect(fused(later, told([job()]))).toMatchObject({ update: { intent: 'update' }, snoozeUntil: null });
    expect(fused(byRules(told([])), told([], 'snooze')).update.intent).toBe('other');
  });

  it('take the model at its word where nothing is stated', () => {
    for (const intent of ['question', 'no_change', 'other'] as const)
      expect(fused(byRules(told([], 'other')), told([], intent)).update.intent).toBe(intent);
  });
});
