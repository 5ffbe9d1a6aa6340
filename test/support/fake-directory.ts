import type { Platform } from '../../src/domain/people.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { Directory, Profile } from '../../src/platform-ports.js';

type Someone = Partial<Omit<Profile, 'account'>> & { readonly handle?: string };

/** Who is who on a platform, as a list that a test writes. Looks nobody up while `failure` is set. */
export class FakeDirectory implements Directory {
  readonly groups = new Map<string, { readonly name: string; readonly members: string[] }>();
  readonly channels = new Map<string, string[]>();
  failure: SendFailure | null = null;
  /** How often somebody was looked up. */
  looked = 0;
  private readonly people = new Map<string, { readonly profile: Profile; readonly handle: string | null }>();

  constructor(private readonly platform: Platform) {}

  add(id: string, { handle, ...rest }: Someone = {}): this {
    const account = { platform: this.platform, id };
    const profile = { account, name: id, email: null, timeZone: null, standing: 'member', ...rest } as const;
    this.people.set(id, { profile, handle: handle ?? null });
    return this;
  }

  profile(id: string) {
    return this.found(this.people.get(id)?.profile ?? null);
  }
  byEmail(email: string) {
    return this.found(this.all().find(({ profile }) => profile.email?.toLowerCase() === email.toLowerCase())?.profile ?? null);
  }
  byHandle(handle: string) {
    return this.found(this.all().find((each) => each.handle === handle)?.profile ?? null);
  }
  membersOf({ what, id }: { readonly what: 'channel' | 'group'; readonly id: string }) {
    const ids = (what === 'channel' ? this.channels.get(id) : this.groups.get(id)?.members) ?? [];
    return this.found<readonly Profile[]>(ids.flatMap((each) => this.people.get(each)?.profile ?? []));
  }
  groupNamed(name: string) {
    const found = [...this.groups].find(([, group]) => group.name.toLowerCase() === name.toLowerCase());
    return this.found(found?.[0] ?? null);
  }

  private all() {
    return [...this.people.values()];
  }

  private async found<T>(value: T): Promise<Result<T, SendFailure>> {
    this.looked += 1;
    return this.failure ? fail(this.failure) : ok(value);
  }
}
