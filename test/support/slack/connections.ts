import { createHmac } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { APP } from './workspace.js';

/** Slack gives an app three seconds. */
export const ACK_MS = 3_000;
const MOST_SOCKETS = 10;

export type Kind = 'events_api' | 'slash_commands' | 'interactive';
export type Envelope = { readonly kind: Kind; readonly payload: Readonly<Record<string, unknown>> };
/** What the app answered with; null: not in time, or to nobody. */
export type Acked = { readonly payload: Readonly<Record<string, unknown>>; readonly afterMs: number } | null;

type Waiting = { readonly settle: (acked: Acked) => void; readonly sentAt: number; readonly timer: NodeJS.Timeout };

/** How envelopes reach the app: over one of its sockets, or by a signed request to it. */
export class Connections {
  readonly sockets = new Set<WebSocket>();
  readonly acks: number[] = [];
  opened = 0;
  /** Where requests go in HTTP mode; null in Socket Mode. */
  requestUrl: string | null = null;
  private readonly waiting = new Map<string, Waiting>();
  private readonly server = new WebSocketServer({ noServer: true });
  private envelopes = 0;

  constructor(
    http: Server,
    readonly signingSecret: string,
  ) {
    http.on('upgrade', (request, socket, head) => {
      if (!request.url?.startsWith('/link/')) return socket.destroy();
      this.server.handleUpgrade(request, socket, head, (ws) => this.welcome(ws));
    });
  }

  get isFull(): boolean {
    return this.sockets.size >= MOST_SOCKETS;
  }

  private welcome(ws: WebSocket): void {
    this.sockets.add(ws);
    this.opened += 1;
    ws.on('close', () => this.sockets.delete(ws));
    ws.on('error', () => ws.terminate());
    ws.on('message', (data) => this.hear(String(data)));
    const connection_info = { app_id: APP };
    ws.send(JSON.stringify({ type: 'hello', num_connections: this.sockets.size, connection_info, debug_info: { host: 'fake' } }));
  }

  private hear(text: string): void {
    const { envelope_id, payload = {} } = JSON.parse(text) as {
      envelope_id: string;
      payload?: Readonly<Record<string, unknown>>;
    };
    const waiting = this.waiting.get(envelope_id);
    if (!waiting) return;
    this.waiting.delete(envelope_id);
    clearTimeout(waiting.timer);
    const afterMs = performance.now() - waiting.sentAt;
    this.acks.push(afterMs);
    waiting.settle({ payload, afterMs });
  }

  deliver(envelope: Envelope, retry: number): Promise<Acked> {
    return this.requestUrl === null ? this.overSocket(envelope, retry) : this.overHttp(this.requestUrl, envelope, retry);
  }

  private overSocket({ kind, payload }: Envelope, retry: number): Promise<Acked> {
    const ws = [...this.sockets].find((each) => each.readyState === each.OPEN);
    if (!ws) return Promise.resolve(null);
    const envelope_id = `envelope-${++this.envelopes}`;
    const retries = kind === 'events_api' ? { retry_attempt: retry, retry_reason: retry > 0 ? 'timeout' : '' } : {};
    const envelope = { envelope_id, type: kind, payload, accepts_response_payload: kind !== 'events_api', ...retries };
    return new Promise((settle) => {
      const giveUp = () => {
        this.waiting.delete(envelope_id);
        settle(null);
      };
      this.waiting.set(envelope_id, { settle, sentAt: performance.now(), timer: setTimeout(giveUp, ACK_MS) });
      ws.send(JSON.stringify(envelope));
    });
  }

  private async overHttp(url: string, envelope: Envelope, retry: number): Promise<Acked> {
    const sentAt = performance.now();
    try {
      const response = await fetch(url, this.signed(envelope, retry));
      const text = await response.text();
      if (!response.ok) return null;
      const afterMs = performance.now() - sentAt;
      this.acks.push(afterMs);
      return { payload: /^\s*\{/.test(text) ? JSON.parse(text) : text === '' ? {} : { text }, afterMs };
    } catch {
      return null;
    }
  }

  /** A request as Slack makes it; `at` in seconds, `secret` for one that is forged. */
  signed({ kind, payload }: Envelope, retry = 0, at = Math.floor(Date.now() / 1_000), secret = this.signingSecret): RequestInit {
    const isJson = kind === 'events_api';
    const body = isJson
      ? JSON.stringify(payload)
      : kind === 'slash_commands'
        ? String(new URLSearchParams(payload as Record<string, string>))
        : String(new URLSearchParams({ payload: JSON.stringify(payload) }));
    const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
    return {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(ACK_MS),
      headers: {
        'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': `v0=${signature}`,
        ...(retry > 0 ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' } : {}),
      },
    };
  }

  /** Slack takes a socket away in good order, to open a fresh one. */
  refresh(): void {
    for (const ws of this.sockets) ws.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} }));
  }

  /** Every socket breaks. */
  drop(): void {
    for (const ws of this.sockets) ws.terminate();
    this.sockets.clear();
  }

  close(): void {
    for (const { timer, settle } of this.waiting.values()) {
      clearTimeout(timer);
      settle(null);
    }
    this.drop();
    this.server.close();
  }
}
