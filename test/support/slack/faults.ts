/** What goes wrong with a call on demand. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'rate_limited'; readonly retryAfter: number }
  /** No answer ever, and nothing is done. */
  | { readonly kind: 'hang' }
  /** It is done, and no answer ever comes. */
  | { readonly kind: 'silent' }
  /** It is done, and then the connection drops: the caller never hears of it. */
  | { readonly kind: 'lose' }
  /** The connection drops before anything is done. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'error'; readonly error: string };

type Armed = {
  readonly method: string;
  readonly fault: Fault;
  left: number;
  readonly isMeant: (args: Readonly<Record<string, string>>) => boolean;
};

/** Faults that are waiting for the next calls of a method. */
export class Faults {
  private readonly armed: Armed[] = [];
  /** What goes wrong besides, by chance. */
  byChance: (method: string, args: Readonly<Record<string, string>>) => Fault | null = () => null;

  add(method: string, fault: Fault, times = 1, isMeant: Armed['isMeant'] = () => true): void {
    this.armed.push({ method, fault, left: times, isMeant });
  }

  clear(): void {
    this.armed.length = 0;
  }

  take(method: string, args: Readonly<Record<string, string>>): Fault | null {
    const found = this.armed.find((each) => each.left > 0 && each.method === method && each.isMeant(args));
    if (!found) return this.byChance(method, args);
    found.left -= 1;
    return found.fault;
  }
}
