import type { CareerUpdate } from './domain/career-update.js';
import type { DigestInput } from './domain/digest.js';
import type { CheckInId, CohortId, PersonId, ProgrammeId } from './domain/ids.js';
import type { Message } from './domain/message.js';
import type { PersonAtWave } from './domain/partition.js';
import type { Address, Audience, Cohort, NamesConsent, Programme } from './domain/people.js';
import type { Amendment, Prediction, ReportedPrediction, Withdrawal } from './domain/prediction.js';
import type { StoredEntry } from './domain/prediction-chain.js';
import type { PredictionRecord, RecordedResolution } from './domain/prediction-record.js';
import type { Report } from './domain/report.js';
import type { Result } from './domain/result.js';
import type { Clock, Log, Random } from './ports.js';
import type { LogEntry } from './programme-ports.js';

/** Somebody of a roster at one wave, with what tells who it is. */
export type PersonInReport = PersonAtWave & {
  readonly personId: PersonId;
  /** Null once erased, or where the roster has none. */
  readonly name: string | null;
  readonly namesConsent: NamesConsent;
  readonly cohortName: string;
};

/** So many people who are alike in all that a report counts; of what they do nothing is told beyond that. */
export type Alike = { readonly person: PersonAtWave; readonly people: number };

export type PeopleQuery = {
  readonly programmeId: ProgrammeId;
  readonly cohortIds: readonly CohortId[];
  /** Null before the first wave: then nobody has been asked. */
  readonly waveMonths: number | null;
  /** Only what was stored by then counts; erased people are erased at every date. */
  readonly asOf: Date;
  /** People fetched at once. */
  readonly batch: number;
  /** Only those on the list of this prediction. */
  readonly memberOf?: string;
};

export type DatedCohort = Cohort & { readonly createdAt: Date };
/** `asked`: a question of that wave had reached somebody by then. */
export type KnownWave = { readonly waveMonths: number; readonly asked: boolean };

/** Reads for reports. Nothing here holds more than a batch of people in memory. */
export type ReportStore = {
  /** All cohorts, archived ones too, in the order of their end. */
  cohorts(programmeId: ProgrammeId): Promise<readonly DatedCohort[]>;
  /** Every wave that is written down for these cohorts, ascending. */
  waves(cohortIds: readonly CohortId[], asOf: Date): Promise<readonly KnownWave[]>;
  /**
   * Each person of these cohorts once, by number. Who is in several counts in the latest one that has come to the wave by then,
   * else in the latest.
   */
  peopleAtWave(query: PeopleQuery): AsyncIterable<PersonInReport>;
  /** The same people without telling who is who, those who are alike at once: however many there are, the kinds of them are few. */
  alikeAtWave(query: PeopleQuery): AsyncIterable<Alike>;
  writeLog(entry: LogEntry): Promise<void>;
  /** What the public was shown last of these cohorts at this wave. */
  publicSnapshot(place: SnapshotPlace): Promise<PublicSnapshot | null>;
  keepPublicSnapshot(place: SnapshotPlace, snapshot: PublicSnapshot): Promise<void>;
  /** People whose answer for the wave has changed since, or who have joined or were erased; `answers`: those of them who answered anew. */
  changedSince(place: SnapshotPlace, since: Date): Promise<{ readonly people: number; readonly answers: number }>;
};

export type SnapshotPlace = {
  readonly programmeId: ProgrammeId;
  readonly cohortIds: readonly CohortId[];
  readonly waveMonths: number;
};
export type PublicSnapshot = { readonly takenAt: Date; readonly minCell: number; readonly report: Report };

/** Everything of a prediction that its author decides or the moment of registration gives. */
export type NewPrediction = Omit<Prediction, 'id' | 'previousHash' | 'hash'> & {
  readonly programmeId: ProgrammeId;
  readonly cohortIds: readonly CohortId[];
  readonly salt: string;
};

export type RegisteredPrediction = PredictionRecord & {
  readonly programmeId: ProgrammeId;
  readonly cohortIds: readonly CohortId[];
  /** As reports show it. */
  readonly reported: ReportedPrediction;
};

export type PredictionStore = {
  /** Adds to the programme's chain, and keeps who was on the roster beside it. Two at once come one after the other. */
  register(draft: NewPrediction, members: readonly PersonId[]): Promise<RegisteredPrediction>;
  /** By id (`p12`); null where there is none. */
  find(id: string): Promise<RegisteredPrediction | null>;
  /** Those of a programme, oldest first. */
  list(programmeId: ProgrammeId): Promise<readonly RegisteredPrediction[]>;
  /** Neither resolved nor withdrawn, of any programme, that close on this ISO day or earlier. */
  closingBy(day: string): Promise<readonly { readonly registered: RegisteredPrediction; readonly programme: Programme }[]>;
  /** Writes a resolution into the chain, once: where there is one already, that one stands and is returned. */
  resolve(id: string, resolution: RecordedResolution): Promise<RegisteredPrediction>;
  /** Writes a change of mind, or the end of it, into the chain; where the prediction is settled already, nothing, and it is returned as it stands. */
  amend(id: string, amendment: Omit<Amendment, 'id' | 'hash'>): Promise<RegisteredPrediction>;
  withdraw(id: string, withdrawal: Omit<Withdrawal, 'id' | 'hash'>): Promise<RegisteredPrediction>;
  /** A programme's chain from its start. */
  chain(programmeId: ProgrammeId): Promise<readonly StoredEntry[]>;
  /** The lists beside it, and what their commitments were salted with; null once somebody was erased from the list. */
  memberLists(
    programmeId: ProgrammeId,
  ): Promise<readonly { readonly id: string; readonly members: readonly PersonId[]; readonly salt: string | null }[]>;
  /** How often one of these actors opened a report on the wave and any of the cohorts. */
  reportsOpened(query: {
    readonly programmeId: ProgrammeId;
    readonly cohortIds: readonly CohortId[];
    readonly waveMonths: number;
    readonly actors: readonly string[];
  }): Promise<number>;
  /** The different time zones of a cohort's people; null stands for the programme's own. */
  timeZones(cohortId: CohortId): Promise<readonly (string | null)[]>;
  programmeOf(id: ProgrammeId): Promise<Programme>;
};

/** Times in (`since`, `until`]. */
export type Span = { readonly since: Date; readonly until: Date };

/** A programme with a digest channel, and the digests it had last. */
export type DigestCandidate = {
  readonly programmeId: ProgrammeId;
  readonly createdAt: Date;
  readonly timeZone: string;
  readonly weekday: number;
  readonly minute: number;
  /** What the last digests were written down as, newest first. */
  readonly latest: readonly string[];
};

export type NewsItem = {
  readonly personId: PersonId;
  readonly name: string | null;
  /** Null where there is nothing of whom to speak: no consent to be named. */
  readonly update: CareerUpdate | null;
  readonly isConfirmed: boolean;
  readonly cohort: string | null;
  readonly waveMonths: number | null;
  readonly carriedForward: boolean;
};

export type Unreached = {
  readonly checkInId: CheckInId;
  readonly name: string | null;
  readonly state: 'unreachable' | 'unsure';
  readonly reason: string | null;
  readonly cohort: string;
};

export type NewDigest = {
  readonly programme: Programme;
  /** What makes it once: `digest:<programme>:<ISO week>`. */
  readonly what: string;
  /** Everything until this moment is told in it. */
  readonly until: Date;
  /** Null where there is nothing to tell: then it is written down as considered. */
  readonly payload: Message | null;
  readonly publicPayload: Message | null;
};

/** A digest that stands in its channel, and has no chart yet. */
export type PostedDigest = {
  readonly programmeId: ProgrammeId;
  /** What makes its chart once: `chart:<programme>:<ISO week>`. */
  readonly chart: string;
  /** It was written for a channel of organisers alone. */
  readonly isForOrganisers: boolean;
  readonly address: Address;
  readonly ref: string;
};

export type NewChart = {
  readonly digest: PostedDigest;
  /** Null where there is nothing to show: then it is written down as considered. */
  readonly payload: Message | null;
  readonly publicPayload: Message | null;
};

/** A programme's report as `report` gives it; without a wave at the newest one. */
export type MakeReport = (wanted: {
  readonly programme: Programme;
  readonly audience: Audience;
  readonly waveMonths?: number;
}) => Promise<Result<Report, { readonly message: string }>>;

export type DigestStore = {
  /** Unarchived programmes with a channel: one cheap query, since it is asked each second. */
  candidates(): Promise<readonly DigestCandidate[]>;
  programme(id: ProgrammeId): Promise<{ readonly programme: Programme; readonly createdAt: Date }>;
  /** Until when the last digest before this moment told everything; null before the first. */
  toldUntil(programmeId: ProgrammeId, before: Date): Promise<Date | null>;
  isWrittenDown(what: string): Promise<boolean>;
  /** False where the same digest is written down already. */
  add(digest: NewDigest): Promise<boolean>;
  /** Those posted since then. */
  withoutChart(since: Date): Promise<readonly PostedDigest[]>;
  /** Writes down what goes into the thread of a digest; false where that is done already. */
  addChart(chart: NewChart, now: Date): Promise<boolean>;
  counts(programmeId: ProgrammeId, span: Span): Promise<DigestInput['counts']>;
  /** Answers whose first word came in the span, as they stood at its end; the oldest first. */
  news(programmeId: ProgrammeId, span: Span): Promise<readonly NewsItem[]>;
  standings(programmeId: ProgrammeId, at: Date): Promise<DigestInput['standings']>;
  /** What people ask for, where they agreed to have it passed on. */
  asks(programmeId: ProgrammeId, span: Span): Promise<readonly { readonly name: string | null; readonly words: string }[]>;
  unreached(programmeId: ProgrammeId, span: Span): Promise<readonly Unreached[]>;
  /** Cohorts that are neither archived nor paused. */
  activeCohorts(programmeId: ProgrammeId): Promise<readonly Cohort[]>;
  /** How many people have an unsent question for the wave. */
  planned(cohortId: CohortId, waveMonths: number): Promise<number>;
  resolved(programmeId: ProgrammeId, span: Span): Promise<readonly ReportedPrediction[]>;
};

/** What the flows on reports, predictions and digests are handed. */
export type ReportPorts = {
  readonly reports: ReportStore;
  readonly predictions: PredictionStore;
  readonly digests: DigestStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
};
