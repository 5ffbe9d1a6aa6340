import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Metric = {
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  readonly samples: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
};

export type Health = {
  /** Null when the process and its database answer, else what does not. */
  readonly illness: () => Promise<string | null>;
  /** Null when messages can come and go, else what is missing. */
  readonly notReady: () => Promise<string | null>;
  readonly metrics: () => Promise<readonly Metric[]>;
};

/** Whoever shares the port: true where the request was theirs, and is answered. */
export type ServeFirst = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Answers /healthz, /readyz and /metrics; `port` is the one it got where it asked for any. */
export async function serveHealth(
  port: number,
  health: Health,
  serveFirst: readonly ServeFirst[] = [],
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (serveFirst.some((serve) => serve(request, response))) return;
    answer(request, health).then(
      ({ status, text, type }) => respond(response, status, text, type),
      () => respond(response, 500, 'something went wrong\n'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve());
  });
  server.on('error', () => {});
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answer = { readonly status: number; readonly text: string; readonly type?: string };

async function answer({ method, url = '/' }: IncomingMessage, health: Health): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'only GET\n' };
  switch (url.split('?')[0]) {
    case '/healthz':
      return stated(await health.illness());
    case '/readyz':
      return stated(await health.notReady());
    case '/metrics':
      return { status: 200, text: prometheusText(await health.metrics()), type: 'text/plain; version=0.0.4; charset=utf-8' };
    default:
      return { status: 404, text: 'there are /healthz, /readyz and /metrics\n' };
  }
}

const stated = (problem: string | null): Answer =>
  problem === null ? { status: 200, text: 'ok\n' } : { status: 503, text: `${problem}\n` };

function respond(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}

export function prometheusText(metrics: readonly Metric[]): string {
  return metrics
    .map(({ name, help, type, samples }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...samples.map(({ labels = {}, value }) => `${name}${labelText(labels)} ${value}`),
        '',
      ].join('\n'),
    )
    .join('');
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/["\\\n]/g, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
