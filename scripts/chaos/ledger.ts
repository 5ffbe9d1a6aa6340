/** What was seen from outside: by people, and at the doors of the platforms. */
export type Entry = {
  /** The campaign's time, in milliseconds. */
  readonly at: number;
  /** Of a clock that nobody turns. */
  readonly real: number;
  /** An account, a channel, or what the adversary laid hands on. */
  readonly who: string;
  readonly what: /** By the bot, accepted by the platform. */
    | 'sent'
    | 'edited'
    | 'removed'
    /** To one person alone, and no message. */
    | 'shown'
    /** By a person. `stored`: the bot has acknowledged it. */
    | 'wrote'
    | 'stored'
    | 'pressed'
    | 'fault'
    | 'turned';
  /** Of the message, or of what was written. */
  readonly id?: string;
  readonly words?: string;
  /** Ids of buttons and selects. */
  readonly controls?: readonly string[];
  /** Everything that was handed over, for what must not be in it. */
  readonly raw?: string;
  readonly isInThread?: boolean;
};

const NEARBY_MS = 3_000;
const MOST_TOLD = 16;
const LONGEST_WORDS = 140;

/** Everything that happened, in order; whoever judges hears it as it comes. */
export class Ledger {
  readonly entries: Entry[] = [];
  readonly counts = new Map<string, number>();
  private readonly listeners: ((entry: Entry) => void)[] = [];

  constructor(private readonly now: () => number) {}

  listen(listener: (entry: Entry) => void): void {
    this.listeners.push(listener);
  }

  add(entry: Omit<Entry, 'at' | 'real'>): void {
    const full: Entry = { at: this.now(), real: performance.now(), ...entry };
    this.entries.push(full);
    this.counts.set(entry.what, (this.counts.get(entry.what) ?? 0) + 1);
    for (const listener of this.listeners) listener(full);
  }

  fault(who: string, words: string): void {
    this.add({ what: 'fault', who, words });
  }

  /** What somebody's share in it was, with the faults close to the last of it. */
  story(who: string): string {
    const own = this.entries.filter((each) => each.who === who).slice(-MOST_TOLD);
    const faults = this.entries.filter(
      (each) => each.what === 'fault' && own.slice(-4).some((near) => Math.abs(near.real - each.real) < NEARBY_MS),
    );
    const told = [...own, ...faults.slice(-MOST_TOLD)].sort((a, b) => a.real - b.real);
    return told.map(line).join('\n');
  }
}

function line({ at, real, who, what, id, words = '', controls = [] }: Entry): string {
  const when = `${new Date(at).toISOString().slice(0, 19)} (${(real / 1000).toFixed(2)} s)`;
  const text = words.replace(/\s+/g, ' ').slice(0, LONGEST_WORDS);
  const verbs = controls.map((each) => each.split(':')[1]).join(',');
  return `  ${when}  ${who} ${what}${id ? ` ${id}` : ''}: ${text}${verbs ? ` [${verbs}]` : ''}`;
}
