import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { checkIns, deliveries, participations } from '../../db/schema.js';
import type { PersonId } from '../../src/domain/ids.js';
import { type Message, say } from '../../src/domain/message.js';
import { fail } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import { stopped } from '../../src/domain/transitions.js';
import { deliver } from '../../src/flows/deliver.js';
import { planCheckIns } from '../../src/flows/plan-check-ins.js';
import { settleReplies } from '../../src/flows/settle-replies.js';
import { takeInPress } from '../../src/flows/take-in.js';
import type { Messenger, Outbox, Ports } from '../../src/ports.js';
import { FakeDirectory } from '../support/fake-directory.js';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const ADA = { name: 'Ada', slack: 'U1' };
const BEN = { name: 'Ben', slack: 'U2' };
const ALWAYS = { waves: [3], window: { fromMinute: 0, toMinute: 1440 }, sendDays: [1, 2, 3, 4, 5, 6, 7], spreadMs: 0 };
const DUE = '2024-07-01T12:00:00Z';
const PACE = { batch: 40, atOnce: 4, leaseMs: 60_000 };
/** A lease that has run out by the time anybody looks again. */
// A second ago: a lease that ends now is rounded to the millisecond, and may not have run out yet.
const HASTY = { ...PACE, leaseMs: -1_000 };
const NO_ANSWER: SendFailure = { kind: 'no_answer' };

describeOnBoth('delivering', (open) => {
  /** Everybody's question is due and written down, and nothing has been sent. */
  async function questionsDue(...people: readonly (typeof ADA)[]): Promise<World> {
    const world = new World(await open(), DUE);
    await world.cohort('2024-04-01', people, ALWAYS);
    await planCheckIns(world.ports);
    return world;
  }
  const withMessenger = (world: World, wrap: (messenger: Messenger) => Partial<Messenger>): Ports => {
    const bound: Messenger = {
      platform: 'slack',
      send: (...of) => world.messenger.send(...of),
      edit: (...of) => world.messenger.edit(...of),
      remove: (...of) => world.messenger.remove(...of),
      find: (key, address) => world.messenger.find(key, address),
      membersOf: () => world.messenger.membersOf(),
    };
    return { ...world.ports, messengers: new Map([['slack', { ...bound, ...wrap(bound) }]]) };
  };
  /** Something happens after the claim, right before the last look. */
  const withMeanwhile = (world: World, act: () => Promise<unknown>): Ports => {
    const beginTry: Outbox['beginTry'] = async (...of) => {
      await act();
      return world.ports.outbox.beginTry(...of);
    };
    return { ...world.ports, outbox: { ...world.ports.outbox, beginTry } };
  };
  /** The platform takes it, and the answer is lost. */
  const taking = (world: World): Ports =>
    withMessenger(world, (messenger) => ({
      send: async (...of) => {
        await messenger.send(...of);
        return fail(NO_ANSWER);
      },
    }));
  const later = (world: World, ms: number) => {
    world.time = new Date(world.time.getTime() + ms);
  };
  const rows = (world: World) => world.test.db.select().from(deliveries).orderBy(deliveries.id);
  const personOf = async (world: World, account: string) =>
    (await world.ports.conversations.personAt({ platform: 'slack', id: account })) as PersonId;
  const erase = async (world: World, account: string) =>
    world.ports.conversations.change(await personOf(world, account), world.time, () => ({ changes: [{ kind: 'erase' }] }));
  const note = async (world: World, account: string, payload: Message, what = 'note:1') =>
    world.ports.conversations.change(await personOf(world, account), world.time, () => ({
      changes: [
        {
          kind: 'deliver',
          delivery: { what, kind: 'note', programmeId: null, checkInId: null, replyId: null, payload, dueAt: world.time },
        },
      ],
    }));

  it('delays by a Retry-After its own target only, and all that goes there', async () => {
    const world = await questionsDue(ADA, BEN);
    await note(world, 'U1', say('Hello'));
    world.messenger.failures.set('U1', [{ kind: 'rate_limited', retryAfterMs: 30_000, what: 'sending' }]);
    await deliver(world.ports, PACE);
    expect(world.messenger.taken.map((each) => each.to)).toEqual(['U2']);
    later(world, 29_000);
    await deliver(world.ports, PACE);
    expect(world.messenger.to('U1')).toHaveLength(0);
    later(world, 1_000);
    await deliver(world.ports, PACE);
    expect(world.messenger.to('U1')).toHaveLength(2);
    expect(await world.stateOf('Ada', 3)).toBe('delivered');
  });

  it('does not turn in a circle where a platform asks for a pause of no time', async () => {
    const world = await questionsDue(ADA);
    world.messenger.failures.set('U1', Array(3).fill({ kind: 'rate_limited', retryAfterMs: 0, what: 'sending' }));
    expect(await deliver(world.ports, PACE)).toBe(1);
  });

  it('records without sending again what it finds on the platform', async () => {
    const world = await questionsDue(ADA);
    await deliver(taking(world), PACE);
    expect(await world.stateOf('Ada', 3)).toBe('sending');
    later(world, 59_000);
    expect(await deliver(world.ports, PACE)).toBe(0);
    later(world, 1_000);
    await deliver(world.ports, PACE);
    expect(world.messenger.to('U1')).toHaveLength(1);
    expect(await world.stateOf('Ada', 3)).toBe('delivered');
    expect((await rows(world))[0]).toMatchObject({ state: 'sent', messageRef: 'm1' });
  });

  it('looks before each further try, waits twice as long each time, and leaves it to a human in the end', async () => {
    const world = await questionsDue(ADA);
    const asked: string[] = [];
    const deaf = withMessenger(world, (messenger) => ({
      send: async () => {
        asked.push('send');
        return fail(NO_ANSWER);
      },
      find: async (key, address, since) => {
        asked.push('find');
        return messenger.find(key, address, since);
      },
    }));
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) {
      await deliver(deaf, PACE);
      const dueAt = (await rows(world))[0]?.dueAt ?? world.time;
      waits.push((dueAt.getTime() - world.time.getTime()) / 60_000);
      if (tries < 11) world.time = dueAt;
    }
    expect(asked.slice(0, 5)).toEqual(['send', 'find', 'send', 'find', 'send']);
    expect(waits.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
    expect(await world.checkIns()).toMatchObject([{ state: 'unsure', reason: 'no_answer' }]);
    later(world, 86_400_000);
    expect(await deliver(deaf, PACE)).toBe(0);
  });

  it('leaves to a human what the platform cannot tell, and says so', async () => {
    const world = await questionsDue(ADA);
    await deliver(taking(world), PACE);
    later(world, 60_000);
    await deliver(
      withMessenger(world, () => ({ find: async () => ({ kind: 'cannot_tell' }) })),
      PACE,
    );
    expect(await world.checkIns()).toMatchObject([{ state: 'unsure', reason: 'may_have_gone_out' }]);
    expect(world.messenger.to('U1')).toHaveLength(1);
  });

  it('does not call unsure what was answered meanwhile', async () => {
    const world = await questionsDue(ADA);
    await deliver(taking(world), PACE);
    await world.says('U1', 'I am a research engineer at Redwood Research.');
    later(world, 60_000);
    await settleReplies(world.ports);
    await deliver(
      withMessenger(world, () => ({ find: async () => ({ kind: 'cannot_tell' }) })),
      PACE,
    );
    expect(await world.stateOf('Ada', 3)).toBe('answered');
  });

  it('shows who cannot be reached, and why', async () => {
    const world = await questionsDue(ADA, BEN);
    world.messenger.failures.set('U1', [{ kind: 'unreachable', why: 'messages_closed' }]);
    await deliver(world.ports, PACE);
    expect(await world.checkIns()).toMatchObject([
      { alumnus: 'Ada', state: 'unreachable', reason: 'messages_closed' },
      { alumnus: 'Ben', state: 'delivered', reason: null },
    ]);
  });

  it.each<[string, (world: World) => Promise<unknown>, string]>([
    [
      'a stop',
      async (world) =>
        world.ports.conversations.change(await personOf(world, 'U1'), world.time, (conversation) => ({
          changes: stopped(
            conversation,
            conversation.participations.map((each) => each.programme.id),
            world.time,
          ),
        })),
      'stopped',
    ],
    [
      'an answer',
      async (world) => {
        await world.says('U1', 'I am a research engineer at Redwood Research.');
        const settling = { ...world.ports, clock: { now: () => new Date(world.time.getTime() + 60_000) } };
        await settleReplies(settling);
      },
      'answered',
    ],
    ['a pause of the person', async (world) => world.says('U1', 'pause 3 months'), 'snoozed'],
    ['an erasure', async (world) => erase(world, 'U1'), 'erased'],
  ])('sends no question after %s between claim and send', async (_, act, state) => {
    const world = await questionsDue(ADA);
    let isDone = false;
    const ports = withMeanwhile(world, async () => {
      if (isDone) return;
      isDone = true;
      await act(world);
    });
    await deliver(ports, PACE);
    expect(
      world.messenger.taken.map((each) => wordsIn(each.message)).filter((words) => words.includes('What are you doing')),
    ).toEqual([]);
    expect((await world.checkIns())[0]?.state).toBe(state);
  });

  it('puts a question back when its cohort was paused between claim and send', async () => {
    const world = await questionsDue(ADA);
    const cohort = (await world.test.db.select().from(checkIns))[0]?.cohortId;
    await deliver(
      withMeanwhile(world, () => world.ports.programmes.markCohort(cohort as never, 'pause', world.time)),
      PACE,
    );
    expect(world.messenger.taken).toHaveLength(0);
    expect((await rows(world))[0]).toMatchObject({ state: 'queued', leaseUntil: null });
    expect((await rows(world))[0]?.dueAt.getTime()).toBeGreaterThan(world.time.getTime());
  });

  it('takes off the platform what was on its way while its receiver was erased', async () => {
    const world = await questionsDue(ADA);
    const ports = withMessenger(world, (messenger) => ({
      send: async (...of) => {
        const sent = await messenger.send(...of);
        if (world.messenger.taken.length === 1) await erase(world, 'U1');
        return sent;
      },
    }));
    await deliver(ports, PACE);
    expect(world.messenger.to('U1').map((each) => [wordsIn(each.message).includes('erased'), each.isRemoved])).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(await world.checkIns()).toMatchObject([{ state: 'erased' }]);
    for (const row of await rows(world))
      expect(row).toMatchObject({ personId: null, address: null, payload: null, messageRef: null });
    expect(world.logged.filter((each) => each.level === 'error')).toEqual([]);
  });

  it.each(['looked up once more', 'left to a human'])(
    'takes off the platform what may have gone out to somebody erased, though it was %s',
    async (how) => {
      const world = await questionsDue(ADA);
      await note(world, 'U1', say('Something about Ada'));
      await deliver(taking(world), PACE);
      later(world, 60_000);
      if (how === 'left to a human') {
        await deliver(
          withMessenger(world, () => ({ find: async () => ({ kind: 'cannot_tell' }) })),
          PACE,
        );
      }
      await erase(world, 'U1');
      await deliver(world.ports, PACE);
      expect(world.messenger.to('U1').map((each) => each.isRemoved)).toEqual([true, true, false]);
      for (const row of await rows(world)) expect(row).toMatchObject({ personId: null, address: null, payload: null });
    },
  );

  it('does not send a note whose next try was due when its receiver was erased', async () => {
    const world = await questionsDue(ADA);
    await deliver(world.ports, PACE);
    await note(world, 'U1', say('Something about Ada'));
    world.messenger.failures.set('U1', [NO_ANSWER]);
    await deliver(world.ports, PACE);
    later(world, 60_000);
    let isErased = false;
    await deliver(
      withMeanwhile(world, async () => {
        if (!isErased) await erase(world, 'U1');
        isErased = true;
      }),
      PACE,
    );
    await deliver(world.ports, PACE);
    expect(world.messenger.to('U1').map((each) => wordsIn(each.message))).not.toContain('Something about Ada');
    for (const row of await rows(world)) expect(row.address).toBeNull();
  });

  it.each<[string, SendFailure[]]>([
    ['arrives', []],
    ['cannot arrive', [{ kind: 'unreachable', why: 'left' }]],
    ['is refused', [{ kind: 'refused', detail: 'no' }]],
  ])('leaves neither address nor words behind when a farewell %s', async (_, failures) => {
    const world = await questionsDue(ADA);
    await deliver(world.ports, PACE);
    await erase(world, 'U1');
    world.messenger.failures.set('U1', failures);
    await deliver(world.ports, PACE);
    const farewell = (await rows(world)).find((each) => each.kind === 'farewell');
    expect(farewell).toMatchObject({ personId: null, address: null, payload: null });
  });

  /** A card that is out, and a second message that changes it. */
  async function cardOut(): Promise<World> {
    const world = await questionsDue(ADA);
    await deliver(world.ports, PACE);
    await world.answers('U1', 'EleutherAI hired me in May, full time, for interpretability.');
    return world;
  }
  /** Each choice changes what the card says. */
  const chooses = async (world: World, choice: 'named' | 'totals') => {
    const card = (await rows(world)).find((each) => each.kind === 'card');
    const ref = { verb: 'names', key: card?.key ?? '', choice } as const;
    const from = { platform: 'slack', id: 'U1' } as const;
    await takeInPress(world.ports, { from, eventId: `press ${choice}`, ref, value: null });
  };

  it('tries an edit in place again after a failure, and shows several changes at once', async () => {
    const world = await cardOut();
    const before = world.messenger.edits.length;
    await chooses(world, 'named');
    await deliver(
      withMessenger(world, () => ({ edit: async () => fail(NO_ANSWER) })),
      PACE,
    );
    await chooses(world, 'totals');
    later(world, 60_000);
    await deliver(world.ports, PACE);
    expect(world.messenger.edits.length - before).toBe(1);
    expect(wordsIn(world.last('U1').message)).toContain('only in totals. “data”');
  });

  it('gives an edit its full number of tries, however often the message was edited before', async () => {
    const world = await cardOut();
    const card = (await rows(world)).find((each) => each.kind === 'card');
    const refresh = async () =>
      world.ports.conversations.change(await personOf(world, 'U1'), world.time, () => ({
        changes: [{ kind: 'refresh', deliveryId: card?.id as never }],
      }));
    for (let edits = 0; edits < 13; edits += 1) {
      await refresh();
      await deliver(world.ports, PACE);
    }
    await refresh();
    await deliver(
      withMessenger(world, () => ({ edit: async () => fail(NO_ANSWER) })),
      PACE,
    );
    const waiting = (await rows(world)).find((each) => each.kind === 'card');
    expect((waiting?.dueAt.getTime() ?? 0) - world.time.getTime()).toBe(60_000);
    const before = world.messenger.edits.length;
    later(world, 60_000);
    await deliver(world.ports, PACE);
    expect(world.messenger.edits.length - before).toBe(1);
  });

  it('shows on a card found on the platform what changed since it was sent', async () => {
    const world = await questionsDue(ADA);
    await deliver(world.ports, PACE);
    await world.says('U1', 'EleutherAI hired me in May, full time, for interpretability.');
    later(world, 46_000);
    await settleReplies(world.ports);
    await deliver(taking(world), PACE);
    const card = (await rows(world)).find((each) => each.kind === 'card');
    await world.ports.conversations.change(await personOf(world, 'U1'), world.time, (conversation) => ({
      changes: [
        { kind: 'participation', programmeId: card?.programmeId as never, patch: { namesConsent: 'totals' } },
        ...conversation.sent.flatMap((own) => (own.kind === 'card' ? [{ kind: 'refresh' as const, deliveryId: own.id }] : [])),
      ],
    }));
    later(world, 60_000);
    await deliver(world.ports, PACE);
    expect(world.messenger.to('U1')).toHaveLength(2);
    expect(wordsIn(world.last('U1').message)).toContain('only in totals. “data”');
  });

  it('forgets nothing of an earlier try while its platform is not connected', async () => {
    const world = await questionsDue(ADA);
    await deliver(taking(world), PACE);
    const db = world.test.db;
    await db.update(deliveries).set({ attemptedAt: world.time });
    for (let hours = 0; hours < 3; hours += 1) {
      later(world, 3_600_000);
      await deliver({ ...world.ports, messengers: new Map() }, PACE);
    }
    expect(await world.stateOf('Ada', 3)).toBe('sending');
    later(world, 3_600_000);
    await deliver(world.ports, PACE);
    expect(world.messenger.to('U1')).toHaveLength(1);
    expect(await world.stateOf('Ada', 3)).toBe('delivered');
  });

  it('holds nobody up with a delivery that fails each time, and comes to an end', async () => {
    const world = await questionsDue(ADA, BEN);
    const ports = withMessenger(world, (messenger) => ({
      send: async (address, key, message) => {
        if (address.id === 'U1') throw new Error('a bug');
        return messenger.send(address, key, message);
      },
    }));
    expect(await deliver(ports, PACE)).toBe(2);
    expect(world.messenger.taken.map((each) => each.to)).toEqual(['U2']);
    expect(world.logged).toContainEqual(
      expect.objectContaining({ event: 'delivery_failed', detail: { deliveryId: 1, kind: 'question', error: 'Error' } }),
    );
  });

  it.each([
    ['the organisers’ version where every member is one', true, ['U8', 'U9'], 'For organisers'],
    ['the organisers’ version where they are named by address and by user group', true, ['U8', 'U7', 'U6'], 'For organisers'],
    ['the public version where an address belongs to somebody of another workspace', true, ['U8', 'U5'], 'For all'],
    ['the public version where somebody else reads along', true, ['U8', 'U1'], 'For all'],
    ['the public version where the channel is open', false, ['U8'], 'For all'],
  ])('posts %s', async (_, isPrivate, members, words) => {
    const world = await questionsDue(ADA);
    const [taking] = await world.test.db.select().from(participations);
    for (const id of ['U8', 'U9']) {
      const account = { platform: 'slack', id } as const;
      await world.ports.programmes.addOrganiser(taking?.programmeId as never, { kind: 'account', account }, world.time);
    }
    const named = [
      { kind: 'email', email: 'grace@example.org' },
      { kind: 'email', email: 'afar@example.org' },
      { kind: 'group', group: { platform: 'slack', id: 'S0ORG' } },
    ] as const;
    for (const each of named) await world.ports.programmes.addOrganiser(taking?.programmeId as never, each, world.time);
    const directory = new FakeDirectory('slack');
    directory.add('U7', { email: 'grace@example.org' }).add('U6').add('U5', { email: 'afar@example.org', standing: 'external' });
    directory.groups.set('S0ORG', { name: 'arena-team', members: ['U6'] });
    world.messenger.directory = directory;
    world.messenger.room = { isPrivate, members: members.map((id) => ({ platform: 'slack', id })) };
    await world.test.db.insert(deliveries).values({
      what: 'digest:1',
      kind: 'digest',
      programmeId: taking?.programmeId ?? 0,
      payload: say('For organisers'),
      publicPayload: say('For all'),
      platform: 'slack',
      address: 'C1',
      addressKind: 'channel',
      key: 'digest-key',
      state: 'queued',
      dueAt: world.time,
      createdAt: world.time,
    });
    await deliver(world.ports, PACE);
    expect(world.messenger.to('C1').map((each) => wordsIn(each.message))).toEqual([words]);
    expect((await world.test.db.select().from(deliveries).where(eq(deliveries.what, 'digest:1')))[0]).toMatchObject({
      state: 'sent',
      address: 'C1',
    });
  });

  it('finishes in one go what a worker left behind, its lease run out', async () => {
    const world = await questionsDue(ADA, BEN);
    await world.ports.outbox.claimDue(world.time, 10, HASTY.leaseMs);
    await deliver(world.ports, PACE);
    expect(world.messenger.taken).toHaveLength(2);
  });
});
