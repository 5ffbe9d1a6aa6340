import { describe, expect, it } from 'vitest';
import { stage } from '../../src/cli/stage.js';
import type { Log } from '../../src/ports.js';

const QUIET: Log = { info: () => {}, warn: () => {}, error: () => {} };

function held() {
  const finish: (() => void)[] = [];
  const work = () => new Promise<void>((resolve) => finish.push(resolve));
  return { work, runs: () => finish.length, finish: () => finish.at(-1)?.() };
}

describe('a stage', () => {
  it('never runs twice at once, however often it is told to look', async () => {
    const { work, runs, finish } = held();
    const one = stage('plan', work, QUIET);
    const looks = [one.look(), one.look(), one.look()];
    expect(runs()).toBe(1);
    finish();
    await Promise.all(looks);
    expect(one.spent().runs).toBe(1);
  });

  it('runs once more where it is woken at work, since what woke it may have come too late to be seen', async () => {
    const { work, runs, finish } = held();
    const one = stage('send', work, QUIET);
    const first = one.look();
    const woken = [one.again(), one.again()];
    finish();
    await first;
    await Promise.resolve();
    expect(runs()).toBe(2);
    finish();
    await Promise.all(woken);
    await one.idle();
    expect(runs()).toBe(2);
  });

  it('outlives its failures, and says which stage it was', async () => {
    const errors: unknown[] = [];
    const log: Log = { ...QUIET, error: (event, detail) => void errors.push([event, detail?.stage]) };
    const one = stage('read', () => Promise.reject(new Error('broken')), log);
    await one.look();
    await one.look();
    expect([errors[0], one.spent()]).toEqual([['stage_failed', 'read'], expect.objectContaining({ runs: 2, failures: 2 })]);
  });
});
