import { DiscordAPIError, RateLimitError, REST, type RouteLike } from 'discord.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { DiscordFile } from './render.js';

/** What Discord said instead of doing it. */
export type ApiFailure =
  /** `code` is Discord's own, see "JSON error codes"; 0 where it gives none. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: number; readonly detail: string }
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number }
  /** It may have been carried out. */
  | { readonly kind: 'no_answer' };

export type ApiRequest = {
  readonly body?: unknown;
  readonly files?: readonly DiscordFile[];
  readonly query?: Readonly<Record<string, string>>;
  /** False for what an interaction's own token lets in. */
  readonly auth?: boolean;
};
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type DiscordApi = (method: Method, route: RouteLike, request?: ApiRequest) => Promise<Result<unknown, ApiFailure>>;

type ApiAccess = {
  readonly token: string;
  readonly url: string;
  readonly perSecond?: number | undefined;
  readonly timeoutMs?: number | undefined;
};

/** Longer than Discord takes on a bad day, and finite. */
const TIMEOUT_MS = 10_000;

/**
 * Discord's REST API, each request made once: discord.js repeats what timed out or failed, and would ask somebody twice. `url` is the
 * beginning of all addresses, such as https://discord.com/api. `perSecond`: how many requests at most, where not the 50 that Discord allows.
 */
export function discordApi({ token, url, perSecond, timeoutMs = TIMEOUT_MS }: ApiAccess): DiscordApi {
  const rest = new REST({
    api: url.replace(/\/+$/, ''),
    version: '10',
    retries: 0,
    ...(perSecond === undefined ? {} : { globalRequestsPerSecond: perSecond }),
    timeout: timeoutMs,
    rejectOnRateLimit: () => true,
    // Bolt and discord.js bring two versions of undici that share one dispatcher: with Bolt loaded first every upload of the other fails.
    makeRequest: (address, init) =>
      fetch(address, init as unknown as RequestInit) as unknown as ReturnType<REST['options']['makeRequest']>,
  }).setToken(token);
  // Without a listener an event of this name ends the process.
  rest.on('error', () => {});
  return async (method, route, { body, files, query, auth = true } = {}) => {
    try {
      // The time-out of the client ends with the headers; this one holds for the body as well.
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await rest[method](route, {
        auth,
        signal,
        ...(body === undefined ? {} : { body }),
        ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
        ...(files === undefined || files.length === 0 ? {} : { files: files.map(asUpload) }),
      });
      return ok(answer);
    } catch (error) {
      // After a 401 the client forgets its token, and would fail in other words from then on.
      rest.setToken(token);
      return fail(failureOf(error));
    }
  };
}

const asUpload = ({ name, data, contentType }: DiscordFile) => ({ name, data: Buffer.from(data), contentType });

function failureOf(error: unknown): ApiFailure {
  if (error instanceof RateLimitError) return { kind: 'rate_limited', retryAfterMs: Math.max(0, error.retryAfter) };
  if (error instanceof DiscordAPIError) {
    const code = typeof error.code === 'number' ? error.code : 0;
    const words = typeof error.rawError === 'object' && 'message' in error.rawError ? error.rawError.message : '';
    return { kind: 'refused', status: error.status, code, detail: `${words} (${code || error.status})`.trim() };
  }
  return { kind: 'no_answer' };
}
