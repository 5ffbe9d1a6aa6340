import type { Platform } from '../domain/people.js';
import type { SendFailure } from '../domain/send-failure.js';
import type { PlatformMemory } from '../platform-ports.js';
import type { IncomingMessage, Ports, Unread } from '../ports.js';

export type CatchUpPorts = Pick<Ports, 'silences' | 'messengers' | 'clock' | 'random' | 'log'> & {
  readonly memory: Pick<PlatformMemory, 'holdLease'>;
  readonly takeIn: (incoming: IncomingMessage) => Promise<void>;
};

export type CatchUp = {
  /** The platform is connected, or connected again; nothing of it was surely heard after `heardUntil`, where that is told. */
  readonly connected: (platform: Platform, heardUntil?: Date) => Promise<void>;
  /** Keeps the sign of life of each connected platform, and reads a little of what was missed. Run by the tick. */
  readonly look: (isConnected: (platform: Platform) => boolean) => Promise<void>;
};

const SIGN_OF_LIFE_MS = 10_000;
/** Shorter silences are read for those alone who were asked something: the others hardly write in such a moment. */
const SHORT_MS = 60_000;
/** Histories read at one look: platforms allow about one a second. */
const AT_ONE_LOOK = 20;
/** Longer than a look can take; another copy goes on after it. */
const TURN_MS = 60_000;
/** A connection may be dead for a while before that is noticed: what came in meanwhile was heard by nobody. */
const UNNOTICED_MS = 60_000;
const TROUBLE_MS = 30_000;
const MOST_TRIES = 5;

/** How far one platform has come; what is lost with the process is found again in the database. */
type Progress = {
  wasConnected: boolean;
  /** A silence that is over and not written down yet: before that no sign of life may hide it. */
  heardAgain: { readonly at: Date; readonly until: Date | undefined } | null;
  signAt: number;
  /** Null: those who were asked have been seen to. */
  askedAfter: number | null;
  isEverybodyDue: boolean;
  pausedUntil: number;
  readonly tries: Map<string, number>;
};

/** Reads what people wrote while a platform was not heard: first those who were asked, then everybody, a few at a time. */
export function catchUpOn(ports: CatchUpPorts): CatchUp {
  const holder = ports.random.token();
  const all = new Map<Platform, Progress>();
  const of = (platform: Platform) => {
    const known = all.get(platform) ?? fresh();
    all.set(platform, known);
    return known;
  };
  return {
    connected: async (platform, heardUntil) => {
      const heardAgain = { at: ports.clock.now(), until: heardUntil };
      const progress = Object.assign(of(platform), { ...fresh(), heardAgain });
      await writeDownSilence(ports, platform, progress);
    },
    look: async (isConnected) => {
      for (const [platform, messenger] of ports.messengers) {
        if (!messenger.missed) continue;
        const progress = of(platform);
        const isUp = isConnected(platform);
        await writeDownSilence(ports, platform, progress);
        // Only from the second look on: a silence that has just ended may not be written down yet.
        if (isUp && progress.wasConnected) {
          await giveSign(ports, platform, progress);
          await readSome(ports, platform, progress, holder);
        }
        progress.wasConnected = isUp;
      }
    },
  };
}

const fresh = (): Progress => ({
  wasConnected: false,
  heardAgain: null,
  signAt: 0,
  askedAfter: 0,
  isEverybodyDue: true,
  pausedUntil: 0,
  tries: new Map(),
});

/** Where the database is away just then, the next look does it. */
async function writeDownSilence({ silences }: CatchUpPorts, platform: Platform, progress: Progress): Promise<void> {
  const { heardAgain } = progress;
  if (heardAgain === null) return;
  await silences.endSilence(platform, heardAgain.at, heardAgain.until);
  progress.signAt = heardAgain.at.getTime();
  if (progress.heardAgain === heardAgain) progress.heardAgain = null;
}

async function giveSign({ silences, clock }: CatchUpPorts, platform: Platform, progress: Progress): Promise<void> {
  const now = clock.now();
  if (now.getTime() - progress.signAt < SIGN_OF_LIFE_MS) return;
  await silences.heardNow(platform, now);
  progress.signAt = now.getTime();
}

async function readSome(ports: CatchUpPorts, platform: Platform, progress: Progress, holder: string): Promise<void> {
  const isDone = progress.askedAfter === null && !progress.isEverybodyDue;
  if (isDone || ports.clock.now().getTime() < progress.pausedUntil) return;
  if (!(await ports.memory.holdLease(`catch_up:${platform}`, holder, TURN_MS))) return;
  if (progress.askedAfter !== null) {
    const { unread, last } = await ports.silences.unreadOfAsked(platform, progress.askedAfter, AT_ONE_LOOK);
    if (await readAll(ports, unread, progress)) progress.askedAfter = last;
    return;
  }
  const unread = await ports.silences.unreadOfEverybody(platform, SHORT_MS, AT_ONE_LOOK);
  await readAll(ports, unread, progress);
  progress.isEverybodyDue = unread.length > 0;
}

/** True once each of them has been read, or given up. */
async function readAll(ports: CatchUpPorts, unread: readonly Unread[], progress: Progress): Promise<boolean> {
  let isWhole = true;
  for (const each of unread) {
    const read = await readOne(ports, each);
    if (read.kind === 'pause') {
      progress.pausedUntil = ports.clock.now().getTime() + read.forMs;
      if (read.isTrouble && !isGivenUp(progress, each)) return false;
      if (!read.isTrouble) return false;
    } else if (read.kind === 'failed' && !isGivenUp(progress, each)) {
      isWhole = false;
      continue;
    }
    if (read.kind !== 'read') ports.log.warn('history_given_up', { platform: each.account.platform, why: read.why });
    await ports.silences.readUntil(each.account, each.until);
  }
  return isWhole;
}

function isGivenUp({ tries }: Progress, { account }: Unread): boolean {
  const count = (tries.get(account.id) ?? 0) + 1;
  tries.set(account.id, count);
  return count >= MOST_TRIES;
}

type Read =
  | { readonly kind: 'read' }
  | { readonly kind: 'passed_over'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'pause'; readonly forMs: number; readonly isTrouble: boolean; readonly why: string };

/** What was taken in before is no news: messages are known by their ids. */
async function readOne({ messengers, takeIn, log }: CatchUpPorts, { account, since }: Unread): Promise<Read> {
  const from = new Date(since.getTime() - UNNOTICED_MS);
  try {
    const missed = await messengers.get(account.platform)?.missed?.({ ...account, what: 'person' }, from);
    if (!missed) return { kind: 'read' };
    if (!missed.ok) return onFailure(missed.error);
    for (const each of missed.value) await takeIn(each);
    return { kind: 'read' };
  } catch (error) {
    const why = error instanceof Error ? error.name : typeof error;
    log.error('history_failed', { platform: account.platform, error: why });
    return { kind: 'failed', why };
  }
}

function onFailure(failure: SendFailure): Read {
  switch (failure.kind) {
    case 'rate_limited':
      return { kind: 'pause', forMs: failure.retryAfterMs, isTrouble: false, why: failure.kind };
    case 'no_answer':
      return { kind: 'pause', forMs: TROUBLE_MS, isTrouble: true, why: failure.kind };
    case 'unreachable':
      return { kind: 'passed_over', why: failure.why };
    case 'refused':
      return { kind: 'passed_over', why: failure.detail };
  }
}
