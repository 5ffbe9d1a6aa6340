import { eq } from 'drizzle-orm';
import type { Db } from '../../db/connect.js';
import { digestStoreIn } from '../../db/digests.js';
import { takeOffLists } from '../../db/prediction-chain.js';
import { predictionStoreIn } from '../../db/predictions.js';
import { reportStoreIn } from '../../db/reports.js';
import { asBrand, asCohort, asProgramme } from '../../db/rows.js';
import {
  alumni,
  careerUpdates,
  checkInEvents,
  checkIns,
  cohorts,
  deliveries,
  messages,
  participations,
  people,
  programmes,
  replies,
} from '../../db/schema.js';
import { type Activity, type CareerUpdate, NO_INFLUENCE } from '../../src/domain/career-update.js';
import type { CheckInState } from '../../src/domain/check-in-state.js';
import type { PersonId } from '../../src/domain/ids.js';
import type { Cohort, NamesConsent, Programme } from '../../src/domain/people.js';
import { DEFAULT_SETTINGS, type Settings } from '../../src/domain/settings.js';
import { waveDueOn } from '../../src/domain/wave.js';
import type { ReportPorts } from '../../src/report-ports.js';

export type Alumnus = { readonly alumnusId: number; readonly personId: PersonId; readonly cohort: Cohort };
type Basis = 'read' | 'corrected' | 'confirmed' | 'taken_back' | 'organiser';

/** Half of a sentence about somebody's work, as a record. */
export function working(given: Partial<Activity> = {}, said: Partial<CareerUpdate> = {}): CareerUpdate {
  const activity: Activity = {
    kind: 'employment',
    status: 'current',
    organisation: null,
    role: null,
    topic: null,
    track: 'alignment',
    start: null,
    end: null,
    commitment: null,
    funder: null,
    people: [],
    evidence: 'a job',
    ...given,
  };
  return { intent: 'update', activities: [activity], influence: NO_INFLUENCE, helpWanted: false, ...said };
}

/** What happened to some people, written straight into the tables, day by day. */
export class ReportScene {
  now = new Date('2025-01-01T12:00:00Z');
  readonly ports: ReportPorts;
  readonly problems: string[] = [];
  private tokens = 0;

  constructor(readonly db: Db) {
    const token = () => `token-${String(++this.tokens).padStart(16, '0')}`;
    this.ports = {
      reports: reportStoreIn(db),
      predictions: predictionStoreIn(db),
      digests: digestStoreIn(db, token),
      clock: { now: () => this.now },
      random: { token },
      log: { info: () => {}, warn: () => {}, error: (event) => void this.problems.push(event) },
    };
  }

  async programme(
    settings: Partial<Settings> = {},
    { name = 'ARENA', createdAt = '2023-01-01T00:00:00Z' } = {},
  ): Promise<Programme> {
    const values = { name, settings: { ...DEFAULT_SETTINGS, ...settings }, createdAt: new Date(createdAt) };
    return asProgramme(only(await this.db.insert(programmes).values(values).returning()));
  }

  async cohort(
    programme: Programme,
    name = 'ARENA 2.0',
    endedOn = '2023-06-30',
    createdAt = '2023-06-01T00:00:00Z',
  ): Promise<Cohort> {
    const values = { programmeId: programme.id, name, endedOn, createdAt: new Date(createdAt) };
    return asCohort(only(await this.db.insert(cohorts).values(values).returning()));
  }

  async alumnus(
    cohort: Cohort,
    {
      name = 'Ada',
      consent = 'not_asked' as NamesConsent,
      timeZone = null as string | null,
      addedAt = '2023-06-02T00:00:00Z',
    } = {},
  ): Promise<Alumnus> {
    const values = { name, timeZone, createdAt: new Date(addedAt) };
    const person = only(await this.db.insert(people).values(values).returning());
    await this.db.insert(participations).values({ personId: person.id, programmeId: cohort.programmeId, namesConsent: consent });
    return this.joins(cohort, asBrand<PersonId>(person.id), addedAt);
  }

  async joins(cohort: Cohort, personId: PersonId, addedAt = '2023-06-02T00:00:00Z'): Promise<Alumnus> {
    const values = { cohortId: cohort.id, personId, addedAt: new Date(addedAt) };
    const row = only(await this.db.insert(alumni).values(values).returning());
    return { alumnusId: row.id, personId, cohort };
  }

  async checkIn({ alumnusId, personId, cohort }: Alumnus, waveMonths = 12): Promise<number> {
    const dueOn = waveDueOn(cohort.endedOn, waveMonths);
    const row = await this.db
      .insert(checkIns)
      .values({
        alumnusId,
        personId,
        programmeId: cohort.programmeId,
        cohortId: cohort.id,
        waveMonths,
        state: 'planned',
        dueOn,
        dueAt: new Date(`${dueOn}T10:00:00Z`),
      })
      .returning();
    return only(row).id;
  }

  /** `asked` from the first state in which a question has reached the person on. */
  async moves(
    checkInId: number,
    state: CheckInState,
    at: string,
    { asked = true, reason = null as string | null } = {},
  ): Promise<void> {
    await this.db.insert(checkInEvents).values({ checkInId, at: new Date(at), state, asked, reason });
    const delivered = state === 'delivered' ? { deliveredAt: new Date(at) } : {};
    await this.db
      .update(checkIns)
      .set({ state, reason, ...delivered })
      .where(eq(checkIns.id, checkInId));
  }

  async asked(alumnus: Alumnus, waveMonths = 12, at = '2024-07-01T10:00:00Z'): Promise<number> {
    const checkInId = await this.checkIn(alumnus, waveMonths);
    await this.moves(checkInId, 'delivered', at);
    return checkInId;
  }

  /** A version of a reply's record; of a new reply, where none is given. */
  async says(
    checkInId: number,
    at: string,
    record: CareerUpdate,
    { basis = 'confirmed' as Basis, confidence = 950, replyId = null as number | null, carriedForward = false } = {},
  ): Promise<number | null> {
    const [checkIn] = await this.db.select().from(checkIns).where(eq(checkIns.id, checkInId));
    const { personId, programmeId } = only(checkIn ? [checkIn] : []);
    const newReply = async () => {
      const values = { personId, programmeId, checkInId, openedAt: new Date(at), state: 'read' };
      return only(await this.db.insert(replies).values(values).returning()).id;
    };
    const reply = basis === 'organiser' ? null : (replyId ?? (await newReply()));
    await this.db.insert(careerUpdates).values({
      replyId: reply,
      personId,
      programmeId,
      checkInId,
      storedAt: new Date(at),
      record,
      basis,
      carriedForward,
      kindConfidence: confidence,
      trackConfidence: confidence,
      reader: 'offline',
      readerVersion: '1',
    });
    return reply;
  }

  /** Asked and answered at once, and confirmed. */
  async answered(alumnus: Alumnus, record: CareerUpdate, { waveMonths = 12, at = '2024-07-02T10:00:00Z' } = {}): Promise<number> {
    const checkInId = await this.asked(alumnus, waveMonths, new Date(new Date(at).getTime() - 3_600_000).toISOString());
    await this.moves(checkInId, 'answered', at);
    await this.says(checkInId, at, record);
    return checkInId;
  }

  async card(replyId: number | null, sentAt: string): Promise<void> {
    const [reply] = await this.db
      .select()
      .from(replies)
      .where(eq(replies.id, replyId ?? 0));
    const at = new Date(sentAt);
    const values = {
      kind: 'card',
      what: `card:${replyId}`,
      key: `card-${replyId}`,
      state: 'sent',
      dueAt: at,
      createdAt: at,
      sentAt: at,
    };
    await this.db.insert(deliveries).values({ ...values, replyId, personId: reply?.personId ?? null });
  }

  async writes(replyId: number | null, text: string, at: string): Promise<void> {
    const [reply] = await this.db
      .select()
      .from(replies)
      .where(eq(replies.id, replyId ?? 0));
    const personId = only(reply ? [reply] : []).personId;
    const sentAt = new Date(at);
    await this.db
      .insert(messages)
      .values({ personId, platform: 'slack', externalId: `${replyId}-${at}`, replyId, text, sentAt, keptAt: sentAt });
  }

  async erases(personId: PersonId, at: string): Promise<void> {
    await this.db.delete(careerUpdates).where(eq(careerUpdates.personId, personId));
    await takeOffLists(this.db, personId);
    await this.db
      .update(people)
      .set({ name: null, timeZone: null, erasedAt: new Date(at) })
      .where(eq(people.id, personId));
  }
}

export function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined || rows.length !== 1) throw new Error(`one row was meant, and there are ${rows.length}`);
  return row;
}
