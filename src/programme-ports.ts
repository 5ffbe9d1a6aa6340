import type { CheckInState } from './domain/check-in-state.js';
import type { CheckInId, CohortId, ProgrammeId } from './domain/ids.js';
import type { Asker, Cohort, OrganiserName, Platform, Programme } from './domain/people.js';
import type { PlanChangeLine } from './domain/schedule-changes.js';
import type { Settings } from './domain/settings.js';

export type CohortSummary = { readonly cohort: Cohort; readonly people: number };
export type LogEntry = {
  readonly programmeId: ProgrammeId | null;
  readonly at: Date;
  readonly actor: string;
  readonly what: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Programmes, cohorts and organisers. Names are told apart without regard to capitals. */
export type ProgrammeStore = {
  allProgrammes(): Promise<readonly Programme[]>;
  programmeNamed(name: string): Promise<Programme | null>;
  createProgramme(name: string, settings: Settings, now: Date): Promise<Programme>;
  /** Saves the settings and plans anew what has not been sent; says what that changes. */
  saveSettings(programme: Programme, settings: Settings, now: Date): Promise<readonly PlanChangeLine[]>;
  archiveProgramme(id: ProgrammeId, now: Date): Promise<void>;
  /** A paused programme sends no questions and no reminders; what was due is looked at once it is resumed. */
  markProgramme(id: ProgrammeId, mark: 'pause' | 'resume', now: Date): Promise<void>;
  cohortNamed(programmeId: ProgrammeId, name: string): Promise<Cohort | null>;
  /** Each cohort with how many people are on its list, oldest first. */
  cohortsOf(programmeId: ProgrammeId): Promise<readonly CohortSummary[]>;
  markCohort(id: CohortId, mark: 'archive' | 'pause' | 'resume', now: Date): Promise<void>;
  addOrganiser(programmeId: ProgrammeId, name: OrganiserName, now: Date): Promise<boolean>;
  removeOrganiser(programmeId: ProgrammeId, name: OrganiserName): Promise<boolean>;
  organisersOf(programmeId: ProgrammeId): Promise<readonly OrganiserName[]>;
  programmesOrganisedBy(asker: Asker): Promise<readonly Programme[]>;
  /** The user groups or roles of a platform that stand on any list of organisers. */
  organiserGroups(platform: Platform): Promise<readonly string[]>;
  /** How many are on a cohort's list, and how many of them have answered at a wave. */
  responseOf(cohortId: CohortId, waveMonths: number): Promise<{ readonly answered: number; readonly people: number }>;
  writeLog(entry: LogEntry): Promise<void>;
  readLog(programmeId: ProgrammeId, limit: number, offset?: number): Promise<readonly LogEntry[]>;
  /** Every check-in of a programme, or of all, by due date; `each` gets them in batches. */
  eachCheckIn(programmeId: ProgrammeId | null, each: (rows: readonly CheckInRow[]) => void): Promise<void>;
};

/** One line of `checkins`. */
export type CheckInRow = {
  readonly id: CheckInId;
  readonly alumnus: string | null;
  readonly programme: string;
  readonly cohort: string;
  readonly waveMonths: number;
  readonly state: CheckInState;
  readonly reason: string | null;
  readonly dueAt: Date;
  readonly deliveredAt: Date | null;
  readonly answeredAt: Date | null;
};
