// Run as a process of its own: the real sender on a real database, writing to a platform that lives in the process which started
// it. On order it kills itself at a given step between claim and record.
import { createHash, randomBytes } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { type Connection, connectEmbedded, connectPostgres, type Db } from '../../db/connect.js';
import { deliveries } from '../../db/schema.js';
import { storeIn } from '../../db/store.js';
import { say } from '../../src/domain/message.js';
import { fail, ok } from '../../src/domain/result.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import { deliver } from '../../src/flows/deliver.js';
import { planCheckIns } from '../../src/flows/plan-check-ins.js';
import { settleReplies } from '../../src/flows/settle-replies.js';
import { takeInMessage, takeInPress } from '../../src/flows/take-in.js';
import type { Messenger, Outbox, Ports } from '../../src/ports.js';
import { readReplyOffline } from '../../src/reading/read-reply.js';
import { aCohortOf } from './cohorts.js';
import { type Asked, type CheckInDump, Death, type FromWorker, HELD_STEPS, type HeldStep, type Order } from './kill-steps.js';

const MINUTE_MS = 60_000;
const ASKED_AT = new Date('2024-07-01T12:00:00Z');
const DUE_AT = new Date('2024-07-06T12:00:00Z');
const AT_ONCE = {
  ...DEFAULT_SETTINGS,
  waves: [3],
  window: { fromMinute: 0, toMinute: 1440 },
  sendDays: [1, 2, 3, 4, 5, 6, 7],
  spreadMs: 0,
};
/** All of a round is claimed in one batch, and a lease has run out by the time another process looks. */
const PACE = { batch: 500, atOnce: 100, leaseMs: 1 };

let time = ASKED_AT;

const asking = new Map<number, (answer: { readonly kind: 'answer' | 'silence'; readonly ref: string | null }) => void>();
let questions = 0;

async function ask(asked: Asked): Promise<string | null> {
  const id = ++questions;
  const answer = await new Promise<{ kind: 'answer' | 'silence'; ref: string | null }>((resolve) => {
    asking.set(id, resolve);
    process.send?.({ kind: 'ask', id, asked } satisfies FromWorker);
  });
  if (answer.kind === 'silence') await death.holdsAt('the platform took it and has not answered', asked.key);
  return answer.ref;
}

const death = new Death();

const messenger: Messenger = {
  platform: 'slack',
  async send(address, key, message) {
    return answered(await outward({ what: 'send', address, key, message, isAnswered: isAnswered(key) }));
  },
  async edit(address, ref, key, message) {
    return answered(await outward({ what: 'edit', address, ref, key, message, isAnswered: isAnswered(key) }));
  },
  async remove(address, ref) {
    await outward({ what: 'remove', address, key: ref, ref, isAnswered: isAnswered(ref) });
    return ok(null);
  },
  async find(key, address) {
    const ref = await ask({ what: 'find', address, key, isAnswered: true });
    return ref === null ? { kind: 'not_found' } : { kind: 'found', ref };
  },
  async membersOf() {
    return fail({ kind: 'refused', detail: 'not asked here' });
  },
};

const isAnswered = (key: string) => !death.isToHoldAt('the platform took it and has not answered', key);

async function outward(asked: Asked): Promise<string | null> {
  await death.holdsAt('before the request leaves', asked.key);
  const ref = await ask(asked);
  await death.holdsAt('the platform answered', asked.key);
  return ref;
}

const answered = (ref: string | null) => (ref === null ? fail({ kind: 'refused' as const, detail: 'no such message' }) : ok(ref));

/** The outbox with a death at each of its steps. */
function mortal(outbox: Outbox, forgetsTries: boolean): Outbox {
  return {
    async claimDue(now, limit, leaseMs) {
      const claimed = await outbox.claimDue(now, limit, leaseMs);
      if (claimed.length > 0) death.comesAt('the claim is committed');
      for (const each of claimed) death.learns(each);
      return forgetsTries ? claimed.map((each) => ({ ...each, attemptedAt: null })) : claimed;
    },
    async beginTry(claimed, now, leaseMs, look) {
      await death.holdsAt('before the try is written down', claimed.key);
      const begun = await outbox.beginTry(claimed, now, leaseMs, (conversation) => {
        death.comesAt('while the try is written down');
        return look(conversation);
      });
      await death.holdsAt('the try is written down', claimed.key);
      return begun;
    },
    async recordTry(claimed, recorded, now, changes) {
      await death.holdsAt('before the record', claimed.key);
      const isMine = await outbox.recordTry(claimed, recorded, now, (conversation) => {
        death.comesAt('while it is recorded');
        return changes(conversation);
      });
      await death.holdsAt('it is recorded', claimed.key);
      return isMine;
    },
  };
}

function portsOn(db: Db, forgetsTries = false): Ports {
  const token = () => randomBytes(16).toString('base64url');
  const fingerprint = (identifier: string) => createHash('sha256').update(identifier).digest('hex');
  const store = storeIn({ db, token, fingerprint });
  const shout = (event: string, detail: unknown) => process.stderr.write(`${event} ${JSON.stringify(detail)}\n`);
  return {
    ...store,
    outbox: mortal(store.outbox, forgetsTries),
    messengers: new Map([['slack', messenger]]),
    readReply: async (text) => readReplyOffline(text),
    model: null,
    clock: { now: () => new Date(time) },
    random: { token },
    log: { info: () => {}, warn: shout, error: shout },
    wakeSender: () => {},
  };
}

async function tick(ports: Ports, at: Date): Promise<void> {
  time = at;
  await planCheckIns(ports);
  await settleReplies(ports);
  await deliver(ports, PACE);
}

/** Who gets what at DUE_AT. */
const ASKED_EARLIER = ['reminder', 'card', 'edit', 'removal'] as const;
const ASKED_LATER = ['news', 'note', 'farewell'] as const;

/** What each receiver of this process's round is held at. */
const steps = new Map<string, HeldStep>();

async function prepare(db: Db, round: number, groups: number): Promise<void> {
  const ports = portsOn(db);
  const each = HELD_STEPS.slice(0, groups).map((step, group) => ({ step, suffix: `${round}-${group}` }));
  const cohort = async (name: string, endedOn: string, whats: readonly string[]) =>
    aCohortOf(db, {
      programme: `Programme ${round}`,
      cohort: name,
      endedOn,
      people: each.flatMap(({ suffix }) => whats.map((what) => ({ name: `${what} ${suffix}`, slack: `${what}-${suffix}` }))),
      settings: AT_ONCE,
      now: ASKED_AT,
    });
  const { programme } = await cohort('asked earlier', '2024-04-01', ASKED_EARLIER);
  await cohort('asked now', '2024-04-06', ['question']);
  await cohort('asked later', '2024-06-20', ASKED_LATER);
  await tick(ports, ASKED_AT);

  const says = async (what: string, text: string, at: Date) => {
    time = at;
    for (const { suffix } of each) {
      const externalId = `in ${what} ${suffix} ${at.getTime()}`;
      await takeInMessage(ports, {
        kind: 'new',
        from: { platform: 'slack', id: `${what}-${suffix}` },
        externalId,
        text,
        sentAt: at,
      });
    }
  };
  const later = new Date(ASKED_AT.getTime() + 10 * MINUTE_MS);
  await says('edit', 'EleutherAI hired me in June, full time, for interpretability.', later);
  await tick(ports, new Date(later.getTime() + MINUTE_MS));
  const before = new Date(DUE_AT.getTime() - 5 * MINUTE_MS);
  for (const { suffix } of each) await pressesWithName(db, ports, `edit-${suffix}`, before);
  await says('card', 'I am a research engineer at Redwood Research.', before);
  await says('news', 'I am a research engineer at Redwood Research.', before);
  await says('note', 'help', before);
  for (const { step, suffix } of each) {
    for (const what of [...ASKED_EARLIER, 'question', ...ASKED_LATER]) {
      const personId = await ports.conversations.personAt({ platform: 'slack', id: `${what}-${suffix}` });
      if (personId === null) throw new Error(`there is no ${what}-${suffix}`);
      const isErased = what === 'removal' || what === 'farewell';
      if (isErased) await ports.conversations.change(personId, before, () => ({ changes: [{ kind: 'erase' }] }));
      steps.set(isErased ? `at ${what}-${suffix}` : `person ${personId}`, step);
    }
    await aDigest(db, ports, programme.id, suffix);
    steps.set(`at channel-${suffix}`, step);
  }
  time = DUE_AT;
  await planCheckIns(ports);
  await settleReplies(ports);
}

/** What changes the card that somebody has. */
async function pressesWithName(db: Db, ports: Ports, account: string, at: Date): Promise<void> {
  time = at;
  const cards = await db
    .select({ key: deliveries.key })
    .from(deliveries)
    .where(and(eq(deliveries.kind, 'card'), eq(deliveries.address, account)));
  for (const { key } of cards) {
    const ref = { verb: 'names', key, choice: 'named' } as const;
    await takeInPress(ports, { from: { platform: 'slack', id: account }, eventId: `press ${account}`, ref, value: null });
  }
}

async function aDigest(db: Db, ports: Ports, programmeId: number, suffix: string): Promise<void> {
  await db.insert(deliveries).values({
    what: `digest:${suffix}`,
    kind: 'digest',
    programmeId,
    payload: say(`The week of ${suffix}`),
    platform: 'slack',
    address: `channel-${suffix}`,
    addressKind: 'channel',
    key: ports.random.token(),
    state: 'queued',
    dueAt: DUE_AT,
    createdAt: ASKED_AT,
  });
}

async function dumpOf(db: Db) {
  const sent = await db
    .select({
      key: deliveries.key,
      what: deliveries.what,
      kind: deliveries.kind,
      state: deliveries.state,
      ref: deliveries.messageRef,
      address: deliveries.address,
      personId: deliveries.personId,
      isLeased: sql<boolean>`lease_until is not null`,
      isShown: sql<boolean>`revision_shown >= revision_wanted`,
    })
    .from(deliveries);
  const checkIns = await db.execute(sql`
    select a.account, c.state, c.reason, c.delivered_at, c.reminders_sent,
      (select string_agg(e.state, ' ' order by e.id) from check_in_events e where e.check_in_id = c.id) as events
    from check_ins c left join accounts a on a.person_id = c.person_id`);
  return { sent, checkIns: (checkIns as unknown as { rows: CheckInDump[] }).rows };
}
export type Dump = Awaited<ReturnType<typeof dumpOf>>;

type Place = { readonly postgres: string } | { readonly folder: string };
let opened: Promise<Connection> | undefined;
const open = (place: Place): Promise<Connection> => {
  opened ??= 'postgres' in place ? connectPostgres(place.postgres, { poolSize: 5 }) : connectEmbedded(place.folder);
  return opened;
};

async function carryOut(place: Place, order: Order): Promise<Dump | null> {
  const { db } = await open(place);
  switch (order.do) {
    case 'prepare':
      await prepare(db, order.round, order.groups);
      return null;
    case 'deliver':
      time = DUE_AT;
      death.await(order.dies, steps);
      await deliver(portsOn(db, order.forgetsTries), PACE);
      return null;
    case 'dump':
      return dumpOf(db);
  }
}

type ToWorker =
  | { readonly kind: 'order'; readonly place: Place; readonly order: Order }
  | { readonly kind: 'answer' | 'silence'; readonly id: number; readonly ref: string | null };

process.on('message', (message: ToWorker) => {
  if (message.kind !== 'order') {
    asking.get(message.id)?.(message);
    asking.delete(message.id);
    return;
  }
  carryOut(message.place, message.order).then(
    (dump) => process.send?.({ kind: 'told', dump } satisfies FromWorker),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on(
  'disconnect',
  () => void (opened ?? Promise.resolve(null)).then((connection) => connection?.close()).then(() => process.exit(0)),
);
