import { createHash } from 'node:crypto';
import { nextMoment } from '../../db/next-moment.js';
import { storeIn } from '../../db/store.js';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { type FormValues, parseControlId } from '../../src/domain/message.js';
import type { Account, Platform } from '../../src/domain/people.js';
import { DEFAULT_SETTINGS, type Settings } from '../../src/domain/settings.js';
import { deliver } from '../../src/flows/deliver.js';
import { takeInKeep } from '../../src/flows/keep-in-touch.js';
import { planCheckIns } from '../../src/flows/plan-check-ins.js';
import { settleReplies } from '../../src/flows/settle-replies.js';
import { answerAlumnus, takeInForm, takeInMessage, takeInPress } from '../../src/flows/take-in.js';
import type { Log, Ports } from '../../src/ports.js';
import { readReplyOffline } from '../../src/reading/read-reply.js';
import { aCohortOf, type Someone } from './cohorts.js';
import { controlsIn, FakeMessenger, type Taken, wordsIn } from './fake-messenger.js';
import type { TestDb } from './test-db.js';

/** Digits are an account on Discord, everything else is one on Slack. */
const accountOf = (id: string): Account => ({ platform: /^\d+$/.test(id) ? 'discord' : 'slack', id });

export type Logged = { readonly level: string; readonly event: string; readonly detail: unknown };

/** As everywhere in a test: of whom nothing is left but this. */
export const fingerprintOf = (identifier: string): string => createHash('sha256').update(`secret ${identifier}`).digest('hex');

/** A whole small bot on a test database, a turned clock and a platform that keeps what it took. */
export class World {
  time: Date;
  readonly messenger: FakeMessenger;
  readonly discord: FakeMessenger;
  readonly logged: Logged[] = [];
  readonly ports: Ports;
  private readonly messengers = new Map<Platform, FakeMessenger>();
  private tokens = 0;
  private events = 0;

  constructor(
    readonly test: TestDb,
    startsAt: string,
  ) {
    this.time = new Date(startsAt);
    const clock = { now: () => new Date(this.time) };
    this.messenger = new FakeMessenger(clock);
    this.discord = new FakeMessenger(clock, 'discord');
    this.messengers.set('slack', this.messenger);
    const token = () => `key-${String(++this.tokens).padStart(6, '0')}`;
    const keep =
      (level: string): Log['info'] =>
      (event, detail) =>
        void this.logged.push({ level, event, detail });
    this.ports = {
      ...storeIn({ db: test.db, token, fingerprint: fingerprintOf }),
      messengers: this.messengers,
      readReply: async (text) => readReplyOffline(text),
      model: null,
      clock,
      random: { token },
      log: { info: keep('info'), warn: keep('warn'), error: keep('error') },
      wakeSender: () => {},
    };
  }

  /** From now on Discord is connected beside Slack. */
  connectDiscord(): void {
    this.messengers.set('discord', this.discord);
  }

  /** A programme with a cohort of these people, planned from now on. */
  async cohort(
    endedOn: string,
    people: readonly Someone[],
    settings: Partial<Settings> = {},
    names = { programme: 'ARENA', cohort: 'ARENA 2.0' },
  ) {
    return aCohortOf(this.test.db, { ...names, endedOn, people, settings: { ...DEFAULT_SETTINGS, ...settings }, now: this.time });
  }

  async tick(): Promise<void> {
    await planCheckIns(this.ports);
    await settleReplies(this.ports);
    await deliver(this.ports, { batch: 50, atOnce: 1, leaseMs: 60_000 });
    // What has just been delivered is looked at again by the next tick, which comes a second later and is not waited for here.
    await planCheckIns(this.ports);
  }

  /** Turns the clock to an instant, stopping on the way at every moment at which something is due. */
  async until(instant: string): Promise<void> {
    const end = new Date(instant);
    for (;;) {
      const next = await nextMoment(this.test.db, this.time);
      if (next === null || next >= end) break;
      this.time = next;
      await this.tick();
    }
    this.time = end;
    await this.tick();
  }

  async pass(ms: number): Promise<void> {
    this.time = new Date(this.time.getTime() + ms);
    await this.tick();
  }

  /** Writes to the bot; returns the id of the message, for its edit or deletion. */
  async says(account: string, text: string, id = `in-${++this.events}`): Promise<string> {
    await takeInMessage(this.ports, { kind: 'new', from: accountOf(account), externalId: id, text, sentAt: this.time });
    return id;
  }

  async edits(account: string, externalId: string, text: string): Promise<void> {
    await takeInMessage(this.ports, {
      kind: 'edited',
      from: accountOf(account),
      externalId,
      text,
      sentAt: this.time,
    });
  }

  async deletes(account: string, externalId: string): Promise<void> {
    await takeInMessage(this.ports, {
      kind: 'deleted',
      from: accountOf(account),
      externalId,
      text: '',
      sentAt: this.time,
    });
  }

  /** Writes, and waits until the bot has read and answered. */
  async answers(account: string, text: string): Promise<Taken> {
    await this.says(account, text);
    await this.pass(46_000);
    return this.last(account);
  }

  /** Presses the control of this verb (and choice) on a message. */
  async presses(account: string, on: Taken, verb: string, pick: { value?: string; choice?: string; eventId?: string } = {}) {
    const control = controlsIn(on.message).find((each) => {
      const ref = parseControlId(each.id);
      return ref?.verb === verb && (pick.choice === undefined || ref.choice === pick.choice);
    });
    const ref = control && parseControlId(control.id);
    if (!ref) throw new Error(`nothing to press for ${verb} on:\n${wordsIn(on.message)}`);
    const eventId = pick.eventId ?? `press-${++this.events}`;
    const press = { from: accountOf(account), eventId, ref, value: pick.value ?? null };
    const pressed = await (verb === 'keep' ? takeInKeep(this.ports, press) : takeInPress(this.ports, press));
    await this.tick();
    return pressed;
  }

  async submits(account: string, key: string, values: FormValues) {
    const answer = await takeInForm(this.ports, {
      from: accountOf(account),
      eventId: `form-${++this.events}`,
      key: key as DeliveryKey,
      values,
    });
    await this.tick();
    return answer;
  }

  async commands(account: string, text: string): Promise<string> {
    const answer = await answerAlumnus(this.ports, accountOf(account), `command-${++this.events}`, text);
    await this.tick();
    return wordsIn(answer);
  }

  last(account: string): Taken {
    const { platform } = accountOf(account);
    const taken = this.messengers.get(platform)?.to(account).at(-1);
    if (!taken) throw new Error(`nothing was sent to ${account}`);
    return taken;
  }

  /** Check-ins as the command line lists them, by wave. */
  async checkIns() {
    const rows: { alumnus: string | null; waveMonths: number; state: string; reason: string | null; cohort: string }[] = [];
    await this.ports.programmes.eachCheckIn(null, (batch) => void rows.push(...batch));
    return rows;
  }

  async stateOf(name: string, waveMonths: number): Promise<string | undefined> {
    return (await this.checkIns()).find((each) => each.alumnus === name && each.waveMonths === waveMonths)?.state;
  }
}
