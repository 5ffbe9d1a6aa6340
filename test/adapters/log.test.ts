import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { errorCode, jsonLog } from '../../adapters/log.js';

function logged(write: (log: ReturnType<typeof jsonLog>) => void, level: Parameters<typeof jsonLog>[0] = 'info'): string {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  write(jsonLog(level, stream));
  return text;
}

describe('the log', () => {
  it('writes a JSON line an event, with ids and kinds', () => {
    const line = JSON.parse(
      logged((log) => log.info('delivery', { deliveryId: 7, kind: 'question', outcome: 'sent', late: false })),
    );
    expect(line).toMatchObject({ msg: 'delivery', deliveryId: 7, kind: 'question', outcome: 'sent', late: false, level: 30 });
    expect(Date.parse(line.time)).not.toBeNaN();
  });

  it.each([
    { name: 'Ada Lovelace' },
    { reply: 'I joined Apollo' },
    { token: 'xoxb-123' },
    { why: 'Ada Lovelace left' },
    { problem: 'xoxb-123-456' },
    { state: { name: 'Ada Lovelace' } },
    { platforms: ['slack', 'Ada Lovelace'] },
    { error: 'Error: cannot send "I joined Apollo" to Ada Lovelace' },
    { error: new Error('Failed query: insert into people values (Ada Lovelace)') },
    { error: Object.assign(new Error('I joined Apollo'), { cause: new Error('xoxb-123') }) },
  ])('lets no name, reply or token through: %o', (detail) => {
    expect(logged((log) => log.error('failed', detail))).not.toMatch(/Ada|Lovelace|joined|Apollo|xoxb/);
  });

  it('tells an error by its class and codes, down to its cause', () => {
    const cause = Object.assign(new Error('duplicate key (Ada)'), { code: '23505' });
    expect(errorCode(new TypeError('Ada', { cause }))).toBe('TypeError:Error:23505');
    expect(JSON.parse(logged((log) => log.error('failed', { error: 'RangeError: Ada' }))).error).toBe('RangeError');
  });

  it('says nothing below its level', () => {
    expect(logged((log) => log.info('delivery'), 'error')).toBe('');
    expect(logged((log) => log.error('failed'), 'silent')).toBe('');
  });
});
