import type { InviteCommand } from './domain/cohort-commands.js';
import type { Draft, ImportDraft, ListCommand } from './domain/drafts.js';
import type { Entered } from './domain/entered.js';
import type { EntryCommand } from './domain/entry-form.js';
import type { CohortId, PersonId, ProgrammeId } from './domain/ids.js';
import type { FormValues, Message } from './domain/message.js';
import type { EnteredOf, HelpAsked, NeedsHuman, PersonState, Unconfirmed, WaveState } from './domain/on-organiser-lists.js';
import type { Forecasted, NewForecast } from './domain/on-organiser-predictions.js';
import type { ImportFrom, OrganiserCommand, WantedReport } from './domain/organiser-command.js';
import type { Account, Asker, Programme, WayIn } from './domain/people.js';
import type { LookedUp, LookUp } from './domain/people-list.js';
import type { VerifiedPredictions } from './domain/prediction-chain.js';
import type { PredictionCommand } from './domain/prediction-commands.js';
import type { AmendRequest, WithdrawRequest } from './domain/prediction-record.js';
import type { Report } from './domain/report.js';
import type { Result } from './domain/result.js';
import type { RosterOutcome, RosterProblem, RosterRow, RosterTable } from './domain/roster.js';
import type { PlanChangeLine } from './domain/schedule-changes.js';
import type { Settings } from './domain/settings.js';
import type { Answer, FormAnswer } from './platform-ports.js';
import type { InboundEvent, Ports } from './ports.js';

/** Reads for lists. `asker` never sees what concerns themselves. */
export type OrganiserLists = {
  waveStates(programmeId: ProgrammeId): Promise<readonly WaveState[]>;
  personStates(
    cohortId: CohortId,
    limit: number,
    offset?: number,
  ): Promise<{ readonly people: readonly PersonState[]; readonly all: number }>;
  unconfirmed(programmeId: ProgrammeId, since: Date, asker: Asker, limit: number): Promise<readonly Unconfirmed[]>;
  /** What organisers entered of people and stands, newest first; never of the asker. */
  entered(programmeId: ProgrammeId, since: Date, asker: Asker, limit: number): Promise<readonly EnteredOf[]>;
  /** The living people of a programme with this name, or this account (`slack:U123`). */
  peopleCalled(programmeId: ProgrammeId, who: string): Promise<readonly Called[]>;
  needsHuman(programmeId: ProgrammeId, asker: Asker, limit: number): Promise<readonly NeedsHuman[]>;
  /** People whose question waits for its turn to begin a conversation. */
  waitingToBeOpened(programmeId: ProgrammeId): Promise<number>;
  asks(programmeId: ProgrammeId, span: { readonly since: Date; readonly until: Date }): Promise<readonly HelpAsked[]>;
  /** People of the cohort whose question of that wave has not left, by number. */
  stillToAsk(cohortId: CohortId, waveMonths: number, after: number, limit: number): Promise<readonly PersonId[]>;
  /** Names on the lists of these programmes that begin so, or of which a word does. */
  namesBeginning(programmeIds: readonly ProgrammeId[], start: string, limit: number): Promise<readonly string[]>;
  /** What new settings would change in the plan, without changing it. */
  previewSettings(programme: Programme, settings: Settings, now: Date): Promise<readonly PlanChangeLine[]>;
};

export type Called = {
  readonly personId: PersonId;
  readonly name: string;
  /** Names, in the order of their end. */
  readonly cohorts: readonly string[];
  readonly accounts: readonly string[];
};

/** `kind` is that of the flow, where the refusal has one. */
export type Refused = { readonly kind?: string; readonly message: string };

/** The flows on reports, predictions and digests, bound to their ports. */
export type OrganiserNumbers = {
  report(wanted: WantedReport): Promise<Result<Report, Refused>>;
  predict(forecast: NewForecast): Promise<Result<Forecasted, Refused>>;
  predictions(programme: Programme): Promise<readonly Forecasted[]>;
  amend(change: AmendRequest): Promise<Result<Forecasted, Refused>>;
  withdraw(change: WithdrawRequest): Promise<Result<Forecasted, Refused>>;
  /** Follows the chain from its start; `hash`: one that was noted elsewhere. */
  verify(programme: Programme, hash: string | null): Promise<VerifiedPredictions>;
  /** A cohort's report at a wave as everybody may see it; null where there is none. */
  publicReport(programme: Programme, cohort: string, waveMonths: number): Promise<Report | null>;
  /** What has come in since the last digest; null where that is nothing. */
  digest(programme: Programme, now: Date): Promise<Message | null>;
};

/** What organisers have begun and not finished. A draft is there for the account that made it, for a day. */
export type Drafts = {
  /** Returns the key that it is found by. */
  keep(from: Account, draft: Draft, now: Date): Promise<string>;
  find(from: Account, key: string, now: Date): Promise<Draft | null>;
  /** Puts another in the place of one that is there. */
  replace(from: Account, key: string, draft: Draft): Promise<void>;
  /** True for the one who drops it: of two presses at once one is carried out. */
  drop(from: Account, key: string): Promise<boolean>;
  /** True the first time an event is seen. */
  firstHeard(event: InboundEvent, now: Date): Promise<boolean>;
};

/** Who asks what about which programme, all of it authorised. */
export type Place = { readonly programme: Programme; readonly asker: Asker; readonly now: Date };
/** Which page of a list is wanted, and the draft that its buttons have; null where there is none yet. */
export type Page = { readonly number: number; readonly key: string | null };

export type OrganiserPorts = Pick<
  Ports,
  'programmes' | 'conversations' | 'enrolments' | 'messengers' | 'clock' | 'log' | 'wakeSender'
> & {
  readonly lists: OrganiserLists;
  readonly numbers: OrganiserNumbers;
  readonly drafts: Drafts;
  readonly importRoster: (order: {
    readonly programme: Programme;
    readonly cohortName: string;
    readonly endedOn: string;
    readonly rows: readonly RosterRow[];
    readonly now: Date;
    readonly dryRun: boolean;
    readonly cameBy?: WayIn;
  }) => Promise<RosterOutcome>;
  /** A list as a file, taken apart. */
  readonly readRoster: (bytes: Uint8Array) => Result<RosterTable, readonly RosterProblem[]>;
  /** Whether an e-mail address finds somebody: where Slack is connected. */
  readonly emailReaches: boolean;
};

/** A list as it was read, before anybody is looked up. */
export type PeopleList = Pick<ImportDraft, 'cameBy' | 'lines' | 'notes' | 'leftOut' | 'isLookedUp'>;
export type ReadPeople =
  | { readonly kind: 'list'; readonly list: PeopleList }
  | { readonly kind: 'problems'; readonly problems: readonly RosterProblem[] }
  | { readonly kind: 'say'; readonly message: string };

/** Where lists of people come from, and who is who on their platforms. */
export type PeopleReading = {
  file(place: Place, bytes: Uint8Array): ReadPeople;
  members(place: Place, from: ImportFrom, beside: Beside): Promise<ReadPeople>;
  toLookUp(lines: PeopleList['lines']): readonly LookUp[];
  /** Everything that was to be looked up, else why not. */
  lookUp(wanted: readonly LookUp[]): Promise<Result<readonly LookedUp[], string>>;
};

/** Lists of people, from the file or channel to the press that brings them in. */
export type Importing = {
  begin(place: Place, command: Extract<OrganiserCommand, { kind: 'import' }>, beside: Beside): Promise<Carried>;
  /** A file that came by itself: what to press, since no form can be opened unasked. */
  unasked(place: Place, bytes: Uint8Array): Promise<Message>;
  /** Whose list it is, as a form says. */
  choose(place: Place, key: string, draft: ImportDraft, values: FormValues): Promise<FormAnswer>;
  press(place: Place, key: string, draft: ImportDraft, choice: string | null): Promise<Answer>;
};

export type CarryPorts = OrganiserPorts & {
  readonly importing: Importing;
  readonly invite: (place: Place, command: InviteCommand, beside: Beside) => Promise<Message>;
  readonly showList: (place: Place, list: ListCommand, page?: Page) => Promise<Message>;
  /** `eventId`: the platform's own id of the command. */
  readonly sendExport: (place: Place, eventId: string | undefined) => Promise<Message>;
  readonly enter: (place: Place, command: EntryCommand) => Promise<Carried>;
  readonly onPrediction: (place: Place, command: PredictionCommand) => Promise<Carried>;
  readonly changeOrganisers: (place: Place, change: 'add' | 'remove', typed: string) => Promise<Message>;
};

/** What comes beside a command. */
export type Beside = {
  readonly page?: Page;
  /** A file that came with it. */
  readonly file?: Uint8Array | null;
  /** Where it was written, where that was a channel. */
  readonly channelId?: string | null;
  /** The platform's own id of the command. */
  readonly eventId?: string;
  /** What was entered, where it comes by a form. */
  readonly entered?: Entered;
};

/** What became of a command. A refusal says at which field of its form it belongs: then nothing was done. */
export type Carried = Answer & { readonly refusal?: { readonly field: string; readonly message: string } };

/** The same for who hears organisers: a command of theirs, once it is known to be theirs, is carried out by a flow of its own. */
export type HeardPorts = CarryPorts & {
  readonly whoIs: (account: Account) => Promise<Asker>;
  readonly carryOut: (place: Place, command: OrganiserCommand, beside: Beside) => Promise<Carried>;
};
