import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BOT_SCOPES, SCOPES_OF_METHOD } from '../../../adapters/slack/scopes.js';
import { ARGUMENTS } from './arguments.js';
import { messageProblems } from './block-kit.js';
import { Connections } from './connections.js';
import { type Fault, Faults } from './faults.js';
import { type Arguments, METHODS, type Reply } from './web-api.js';
import { type SlackFile, Workspace } from './workspace.js';

export const BOT_TOKEN = 'xoxb-1-fake';
export const APP_TOKEN = 'xapp-1-fake';
export const SIGNING_SECRET = 'a signing secret of the fake';
const TRIGGER_MS = 3_000;
const RESPONSE_URL_USES = 5;

export type Call = { readonly method: string; readonly args: Arguments; readonly at: number };

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Arguments as they are sent: a form, or JSON. */
function argumentsOf(request: IncomingMessage, body: Buffer): Arguments {
  if (request.headers['content-type']?.startsWith('application/json')) {
    const given = JSON.parse(String(body) || '{}') as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
    );
  }
  return Object.fromEntries(new URLSearchParams(String(body)));
}

/** A made-up Slack on loopback: its Web API, files, response addresses and sockets. */
export class SlackServer {
  readonly workspace: Workspace;
  readonly faults = new Faults();
  readonly calls: Call[] = [];
  /** What was refused for its form, which a right client never sends. */
  readonly refused: string[] = [];
  /** Hears of each call that was carried out, whether or not the caller learns of it. */
  onDone: (method: string, args: Arguments, reply: Reply) => void = () => {};
  readonly connections: Connections;
  /** What the manifest asks for, and no more. */
  scopes: ReadonlySet<string> = new Set(BOT_SCOPES);
  botToken = BOT_TOKEN;
  appToken = APP_TOKEN;
  pageSize = 200;
  messagesTab = true;
  /** How many messages a second one channel takes; null: any number. */
  postsPerSecond: number | null = null;
  private readonly triggers = new Map<string, { readonly user: string; readonly madeAt: number; isUsed: boolean }>();
  private readonly responses = new Map<
    string,
    { readonly user: string; readonly channel: string; left: number; ts: string | null }
  >();
  private readonly lastPost = new Map<string, number>();
  private readonly http: Server;

  constructor(now: () => Date) {
    this.workspace = new Workspace(now);
    this.http = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        this.refused.push(`the fake failed: ${error instanceof Error ? error.stack : String(error)}`);
        response.destroy();
      });
    });
    this.connections = new Connections(this.http, SIGNING_SECRET);
  }

  async listen(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.http.listen(port, '127.0.0.1', () => resolve()));
  }

  get base(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  get apiUrl(): string {
    return `${this.base}/api/`;
  }

  async close(): Promise<void> {
    this.connections.close();
    this.http.closeAllConnections();
    await new Promise<void>((resolve) => this.http.close(() => resolve()));
  }

  /** A trigger for a modal: good once, for three seconds of real time. */
  trigger(user: string): string {
    const id = `${this.workspace.number()}.${this.workspace.number()}.trigger`;
    this.triggers.set(id, { user, madeAt: performance.now(), isUsed: false });
    return id;
  }

  responseUrl(user: string, channel: string, ts: string | null = null): string {
    const id = `r${this.workspace.number()}`;
    this.responses.set(id, { user, channel, left: RESPONSE_URL_USES, ts });
    return `${this.base}/response/${id}`;
  }

  private takeTrigger(id: string): { user: string } | string {
    const trigger = this.triggers.get(id);
    if (!trigger) return 'invalid_trigger_id';
    if (trigger.isUsed) return 'exchanged_trigger_id';
    if (performance.now() - trigger.madeAt > TRIGGER_MS) return 'expired_trigger_id';
    trigger.isUsed = true;
    return { user: trigger.user };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.base).pathname;
    const body = await bodyOf(request);
    if (path.startsWith('/api/')) return this.answerCall(path.slice('/api/'.length), request, body, response);
    if (path.startsWith('/upload/')) return this.takeUpload(path.slice('/upload/'.length), body, response);
    if (path.startsWith('/files-pri/')) return this.giveFile(path, request, response);
    if (path.startsWith('/response/')) return this.takeResponse(path.slice('/response/'.length), body, response);
    this.refused.push(`no such path: ${path}`);
    response.writeHead(404).end();
  }

  private async answerCall(method: string, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const args = argumentsOf(request, body);
    this.calls.push({ method, args, at: performance.now() });
    if (!SCOPES_OF_METHOD.has(method)) this.refused.push(`${method} is not in the list of adapters/slack/scopes.ts`);
    const fault = this.faults.take(method, args);
    if (fault && fault.kind !== 'lose' && fault.kind !== 'silent') return failWith(fault, response);
    const reply = this.reply(method, args, request.headers.authorization?.replace(/^Bearer /, '') ?? args.token ?? '');
    if (reply.ok) this.onDone(method, args, reply);
    if (fault?.kind === 'silent') return;
    if (fault) return void response.destroy();
    const scopes = { 'x-oauth-scopes': [...this.scopes].join(',') };
    if (reply.error === 'ratelimited')
      return void response.writeHead(429, { 'retry-after': '1', ...scopes }).end(JSON.stringify(reply));
    if (/^invalid_(arguments|blocks|metadata_format)$|^unknown_method$/.test(reply.error ?? ''))
      this.refused.push(`${method}: ${JSON.stringify(reply)}`);
    response.writeHead(200, { 'content-type': 'application/json', ...scopes }).end(JSON.stringify(reply));
  }

  private reply(method: string, args: Arguments, token: string): Reply {
    const allowed = ARGUMENTS[method];
    if (!allowed) return { ok: false, error: 'unknown_method' };
    if (token === '') return { ok: false, error: 'not_authed' };
    if (token !== (method === 'apps.connections.open' ? this.appToken : this.botToken))
      return { ok: false, error: 'invalid_auth' };
    const unknown = Object.keys(args).filter((name) => !allowed.has(name));
    if (unknown.length > 0)
      return {
        ok: false,
        error: 'invalid_arguments',
        response_metadata: { messages: unknown.map((each) => `[ERROR] no argument ${each}`) },
      };
    const needed = this.needed(method, args);
    const missing = needed.length > 0 && !needed.some((each) => this.scopes.has(each));
    if (missing) return { ok: false, error: 'missing_scope', needed: needed.join(','), provided: [...this.scopes].join(',') };
    if (method === 'apps.connections.open') {
      if (this.connections.isFull) return { ok: false, error: 'too_many_websockets' };
      return { ok: true, url: `${this.base.replace('http', 'ws')}/link/?ticket=${this.workspace.number()}` };
    }
    const carryOut = METHODS[method];
    if (!carryOut) return { ok: false, error: 'unknown_method' };
    return carryOut(this.workspace, args, {
      base: this.base,
      scopes: this.scopes,
      pageSize: this.pageSize,
      messagesTab: this.messagesTab,
      isPostingTooFast: (channel) => this.isTooFast(channel),
      takeTrigger: (trigger) => this.takeTrigger(trigger),
    });
  }

  /** Of these, one has to be granted: what is read of a channel depends on its kind. */
  private needed(method: string, { channel }: Arguments): readonly string[] {
    const kind = this.workspace.channels.get(channel ?? '')?.kind;
    const place = kind && { im: 'im', channel: 'channels', private: 'groups' }[kind];
    if (place && /^conversations\.(history|replies)$/.test(method)) return [`${place}:history`];
    if (place && /^conversations\.(info|members)$/.test(method)) return [`${place}:read`];
    return method === 'apps.connections.open' ? [] : (SCOPES_OF_METHOD.get(method) ?? []);
  }

  private isTooFast(channel: string): boolean {
    if (this.postsPerSecond === null) return false;
    const now = performance.now();
    const isTooFast = now - (this.lastPost.get(channel) ?? Number.NEGATIVE_INFINITY) < 1_000 / this.postsPerSecond;
    if (!isTooFast) this.lastPost.set(channel, now);
    return isTooFast;
  }

  private takeUpload(id: string, body: Buffer, response: ServerResponse): void {
    const file = this.workspace.files.get(id);
    if (!file || file.bytes.length !== body.length) {
      this.refused.push(`an upload of ${body.length} bytes to ${id}`);
      return void response.writeHead(400).end();
    }
    file.bytes.set(body);
    file.isComplete = true;
    response.writeHead(200).end(`OK - ${body.length}`);
  }

  /** Without a token that may read files, Slack shows its page to sign in, with status 200. */
  private giveFile(path: string, request: IncomingMessage, response: ServerResponse): void {
    const file: SlackFile | undefined = this.workspace.files.get(/-(F[A-Z0-9]+)\//.exec(path)?.[1] ?? '');
    const isAllowed = request.headers.authorization === `Bearer ${this.botToken}` && this.scopes.has('files:read');
    if (!file || !isAllowed) return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html>Sign in');
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes);
  }

  private takeResponse(id: string, body: Buffer, response: ServerResponse): void {
    const known = this.responses.get(id);
    if (!known || known.left <= 0) return void response.writeHead(404).end('expired_url');
    known.left -= 1;
    const said = JSON.parse(String(body)) as {
      readonly response_type?: string;
      readonly replace_original?: boolean;
      readonly text?: string;
      readonly blocks?: readonly unknown[];
    };
    const problems = messageProblems(said);
    if (problems.length > 0) {
      this.refused.push(`response_url: ${problems.join('; ')}`);
      return void response.writeHead(400).end('invalid_blocks');
    }
    const { user, channel } = known;
    if (said.response_type !== 'ephemeral') this.refused.push(`an answer to ${user} that everybody in ${channel} would see`);
    if (said.replace_original !== false && known.ts !== null) this.refused.push('an answer that replaces the message pressed on');
    this.workspace.ephemeral.push({ user, channel, text: said.text ?? '', blocks: said.blocks ?? null });
    this.onDone('response_url', { user, channel, text: JSON.stringify(said) }, { ok: true });
    response.writeHead(200).end('ok');
  }
}

function failWith(fault: Exclude<Fault, { kind: 'lose' | 'silent' }>, response: ServerResponse): void {
  switch (fault.kind) {
    case 'status':
      return void response.writeHead(fault.status).end('no');
    case 'rate_limited':
      return void response
        .writeHead(429, { 'retry-after': String(fault.retryAfter) })
        .end(JSON.stringify({ ok: false, error: 'ratelimited' }));
    case 'error':
      return void response.writeHead(200).end(JSON.stringify({ ok: false, error: fault.error }));
    case 'drop':
      return void response.destroy();
    case 'hang':
      return;
  }
}
