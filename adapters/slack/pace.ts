export type Pace = {
  /** Resolves when the next message may go; for a channel, when it may go there. */
  turn(channel: string | null): Promise<void>;
};

export type PaceOptions = {
  /** Messages a second, in all. */
  readonly perSecond: number;
  /** Between two messages to one channel. */
  readonly channelMs: number;
  /** Milliseconds of a clock that nobody turns. */
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
};

const MOST_REMEMBERED = 1_000;
const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Keeps below the platform's limits: one line for the workspace, and one for each channel. */
export function paceOf({ perSecond, channelMs, now = () => performance.now(), wait = pass }: PaceOptions): Pace {
  let free = 0;
  const freeOf = new Map<string, number>();
  return {
    async turn(channel) {
      const asked = now();
      const at = Math.max(asked, free, channel === null ? 0 : (freeOf.get(channel) ?? 0));
      free = Math.max(asked, free) + 1_000 / perSecond;
      if (channel !== null) freeOf.set(channel, at + channelMs);
      if (freeOf.size > MOST_REMEMBERED) for (const [each, until] of freeOf) if (until < asked) freeOf.delete(each);
      if (at > asked) await wait(at - asked);
    },
  };
}
