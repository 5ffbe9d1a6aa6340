import { afterEach, describe, expect, it } from 'vitest';
import { type Health, prometheusText, serveHealth } from '../../adapters/health.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const WELL: Health = { illness: async () => null, notReady: async () => null, metrics: async () => [] };

async function serving(health: Partial<Health>): Promise<(path: string, method?: string) => Promise<Response>> {
  const { port, close } = await serveHealth(0, { ...WELL, ...health });
  closers.push(close);
  return (path, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
}

describe('the health server', () => {
  it('tells alive from ready', async () => {
    const ask = await serving({ notReady: async () => 'slack is not connected' });
    expect((await ask('/healthz')).status).toBe(200);
    const ready = await ask('/readyz');
    expect([ready.status, await ready.text()]).toEqual([503, 'slack is not connected\n']);
  });

  it('is ill when the database does not answer, and fails without words where a check throws', async () => {
    const ask = await serving({
      illness: async () => 'the database does not answer',
      notReady: () => Promise.reject(new Error('Ada Lovelace')),
    });
    expect((await ask('/healthz?x=1')).status).toBe(503);
    const broken = await ask('/readyz');
    expect([broken.status, await broken.text()]).toEqual([500, 'something went wrong\n']);
  });

  it('knows its three pages, to be read only', async () => {
    const ask = await serving({});
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/healthz', 'POST')).status).toBe(405);
    expect((await ask('/healthz', 'HEAD')).status).toBe(200);
    expect((await ask('/metrics')).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  });

  it('refuses a port that is taken', async () => {
    const { port, close } = await serveHealth(0, WELL);
    closers.push(close);
    await expect(serveHealth(port, WELL)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('metrics', () => {
  it('are in the text format of Prometheus', () => {
    const text = prometheusText([
      { name: 'a_total', help: 'All.', type: 'counter', samples: [{ labels: { state: 'sent"' }, value: 3 }, { value: 0.5 }] },
    ]);
    expect(text).toBe('# HELP a_total All.\n# TYPE a_total counter\na_total{state="sent_"} 3\na_total 0.5\n');
  });
});
