/** So many requests within so many milliseconds of real time. */
export type Limit = { readonly most: number; readonly windowMs: number };
export type Limits = {
  readonly global: Limit;
  /** Of new messages, by channel. */
  readonly messages: Limit;
  readonly edits: Limit;
  /** Of direct channels that were not there before; whoever goes over gets 40003. */
  readonly openings: Limit;
};

/** As Discord's headers tell them, but for openings, of which it tells nothing. */
export const DISCORD_LIMITS: Limits = {
  global: { most: 50, windowMs: 1_000 },
  messages: { most: 5, windowMs: 5_000 },
  edits: { most: 5, windowMs: 5_000 },
  openings: { most: 10, windowMs: 600_000 },
};
/** For stories on a turned clock, in which years go by within the window of a limit. */
export const NO_LIMITS: Limits = {
  global: { most: 1e6, windowMs: 1_000 },
  messages: { most: 1e6, windowMs: 1_000 },
  edits: { most: 1e6, windowMs: 1_000 },
  openings: { most: 1e6, windowMs: 1_000 },
};

export type Allowance = {
  readonly isAllowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly retryAfterS: number;
};

/** Counts requests by bucket, in real time: the client under test does so too. */
export class RateLimits {
  private readonly buckets = new Map<string, { until: number; used: number }>();

  take(bucket: string, { most, windowMs }: Limit): Allowance {
    const now = Date.now();
    const known = this.buckets.get(bucket);
    const current = known && known.until > now ? known : { until: now + windowMs, used: 0 };
    this.buckets.set(bucket, current);
    const isAllowed = current.used < most;
    if (isAllowed) current.used += 1;
    const retryAfterS = Math.max(0.001, (current.until - now) / 1000);
    const headers = {
      'x-ratelimit-limit': String(most),
      'x-ratelimit-remaining': String(most - current.used),
      'x-ratelimit-reset': (current.until / 1000).toFixed(3),
      'x-ratelimit-reset-after': retryAfterS.toFixed(3),
      'x-ratelimit-bucket': bucket.replaceAll(/[^a-z0-9]/gi, '').slice(-32),
    };
    return { isAllowed, headers, retryAfterS };
  }
}
