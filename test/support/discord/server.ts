import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Fault, Faults } from './faults.js';
import type { Limits, RateLimits } from './rate-limits.js';
import type { Body } from './state.js';

export type Upload = { readonly name: string; readonly bytes: Uint8Array };
export type Request = {
  readonly method: string;
  /** Below `/api/v10`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** By their number in `files[n]`. */
  readonly files: ReadonlyMap<string, Upload>;
  readonly authorization: string | null;
};
export type Reply = { readonly status: number; readonly body?: unknown; readonly bytes?: Uint8Array };

/** An answer that says no, as Discord says it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly errors: readonly string[] = [],
  ) {
    super(message);
  }
}

export type Route = {
  readonly method: string;
  readonly path: RegExp;
  readonly isOpen?: boolean;
  readonly limit?: (limits: Limits, path: string) => readonly [string, { readonly most: number; readonly windowMs: number }];
  readonly handle: (request: Request, found: readonly string[]) => Reply | Promise<Reply>;
};

type Options = {
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly limits: Limits;
  readonly rates: RateLimits;
  readonly token: () => string;
  /** What the client did that Discord would not have put up with, or would have. */
  readonly complain: (problem: string) => void;
  readonly onRequest: (request: Request) => void;
  /** Hears of each request that was carried out, whether or not the client learns of it. */
  readonly onDone: (request: Request, reply: Reply) => void;
};

const LARGEST_BODY = 10 * 1024 * 1024;

/** Discord's REST API on loopback. */
export class RestServer {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly hanging = new Set<ServerResponse>();

  constructor(private readonly options: Options) {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  async listen(): Promise<{ readonly server: Server; readonly port: number }> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return { server: this.server, port: (this.server.address() as AddressInfo).port };
  }

  async close(): Promise<void> {
    for (const each of this.hanging) each.destroy();
    for (const each of this.sockets) each.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = incoming;
    try {
      const raw = await bytesOf(incoming);
      const { pathname, searchParams } = new URL(url, 'http://loopback');
      const path = pathname.replace(/^\/api\/v10/, '');
      const request: Request = {
        method,
        path,
        query: searchParams,
        ...(await parsed(raw, incoming.headers['content-type'] ?? '')),
        authorization: incoming.headers.authorization ?? null,
      };
      this.options.onRequest(request);
      if (path === pathname && !path.startsWith('/attachments/'))
        throw new ApiError(404, 0, '404: Not Found: this is version 10 of the API');
      const fault = this.options.faults.take(`${method} ${path}`);
      const isCarriedOut = fault === null || fault.kind === 'lost' || fault.kind === 'silent';
      if (!isCarriedOut) return this.fail(fault, response);
      const reply = await this.route(request, incoming, response);
      if (reply.status < 300) this.options.onDone(request, reply);
      if (fault) this.fail(fault, response);
      else send(response, reply);
    } catch (error) {
      const { status, body } = asReply(error);
      if (status === 500) this.options.complain(`${method} ${url}: ${error instanceof Error ? error.stack : error}`);
      if (!response.destroyed) send(response, { status, body });
    }
  }

  private async route(request: Request, incoming: IncomingMessage, response: ServerResponse): Promise<Reply> {
    const { limits, rates, routes, complain } = this.options;
    const found = routes.flatMap((route) => {
      const match = route.method === request.method ? route.path.exec(request.path) : null;
      return match ? [{ route, match }] : [];
    })[0];
    if (!found) {
      complain(`${request.method} ${request.path}: there is no such route`);
      throw new ApiError(404, 0, '404: Not Found');
    }
    const { route, match } = found;
    if (!route.isOpen) {
      if (request.authorization !== `Bot ${this.options.token()}`) throw new ApiError(401, 0, '401: Unauthorized');
      if (!/^DiscordBot \(/.test(incoming.headers['user-agent'] ?? '')) complain(`${request.path}: no User-Agent of a bot`);
      const global = rates.take('global', limits.global);
      if (!global.isAllowed) return limited(response, global.retryAfterS, 'global');
    }
    const [bucket, limit] = route.limit?.(limits, request.path) ?? [`${request.method} ${route.path.source}`, NO_LIMIT];
    const allowance = rates.take(bucket, limit);
    for (const [name, value] of Object.entries(allowance.headers)) response.setHeader(name, value);
    if (!allowance.isAllowed) return limited(response, allowance.retryAfterS, 'user');
    return route.handle(request, match.slice(1));
  }

  private fail(fault: Fault, response: ServerResponse): void {
    switch (fault.kind) {
      case 'status':
        send(response, { status: fault.status, body: { code: fault.code ?? 0, message: `${fault.status}: made up` } });
        return;
      case 'rate_limited':
        send(response, limited(response, fault.retryAfterS, fault.isGlobal ? 'global' : 'shared'));
        return;
      case 'hang':
      case 'silent':
        this.hanging.add(response);
        return;
      case 'dropped':
      case 'lost':
        response.destroy();
    }
  }
}

const NO_LIMIT = { most: 1000, windowMs: 1_000 };

function limited(response: ServerResponse, retryAfterS: number, scope: 'user' | 'global' | 'shared'): Reply {
  response.setHeader('retry-after', String(Math.ceil(retryAfterS)));
  response.setHeader('x-ratelimit-scope', scope);
  if (scope === 'global') response.setHeader('x-ratelimit-global', 'true');
  const body = { message: 'You are being rate limited.', retry_after: retryAfterS, global: scope === 'global' };
  return { status: 429, body };
}

function asReply(error: unknown): { readonly status: number; readonly body: Body } {
  if (!(error instanceof ApiError)) return { status: 500, body: { code: 0, message: '500: Internal Server Error' } };
  const { status, code, message, errors } = error;
  return { status, body: { code, message, ...(errors.length > 0 ? { errors: { _errors: errors } } : {}) } };
}

/** 204 carries no content type: clients take that for JSON, and fail on its absence. */
function send(response: ServerResponse, { status, body, bytes }: Reply): void {
  response.statusCode = status;
  if (bytes) return void response.end(bytes);
  if (body === undefined) return void response.end();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new ApiError(413, 40005, 'Request entity too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function parsed(raw: Buffer, type: string): Promise<Pick<Request, 'body' | 'files'>> {
  const files = new Map<string, Upload>();
  if (raw.length === 0) return { body: null, files };
  if (type.startsWith('application/json')) return { body: JSON.parse(raw.toString('utf8')), files };
  if (!type.startsWith('multipart/form-data')) throw new ApiError(400, 50035, `Invalid Form Body: ${type}`);
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  let body: unknown = null;
  for (const [name, value] of form) {
    const number = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (name === 'payload_json') body = JSON.parse(String(value));
    else if (number !== undefined && typeof value !== 'string')
      files.set(number, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) });
    else throw new ApiError(400, 50035, `Invalid Form Body: ${name}`);
  }
  return { body, files };
}
