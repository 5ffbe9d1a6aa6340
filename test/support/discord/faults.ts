/** What can go wrong with a request. `lost` and `silent` are carried out: the one drops the connection before the answer, the other never answers. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly code?: number }
  | { readonly kind: 'rate_limited'; readonly retryAfterS: number; readonly isGlobal?: boolean }
  | { readonly kind: 'hang' }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'silent' };

/** Faults that wait for the requests they are meant for, each used so many times. */
export class Faults {
  /** What goes wrong besides, by chance. */
  byChance: (route: string) => Fault | null = () => null;
  private waiting: { readonly route: RegExp; readonly fault: Fault; times: number }[] = [];

  /** `route` is matched against `POST /channels/123/messages`. */
  next(route: RegExp, fault: Fault, times = 1): void {
    this.waiting.push({ route, fault, times });
  }

  clear(): void {
    this.waiting = [];
  }

  take(route: string): Fault | null {
    const found = this.waiting.find((each) => each.times > 0 && each.route.test(route));
    if (!found) return this.byChance(route);
    found.times -= 1;
    return found.fault;
  }
}
