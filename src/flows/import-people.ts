import { cohortForm, readCohortForm } from '../domain/cohort-forms.js';
import type { ImportDraft } from '../domain/drafts.js';
import { type Entered, enteredIn } from '../domain/entered.js';
import { firstQuestion } from '../domain/first-question.js';
import { type FormValues, type Message, say } from '../domain/message.js';
import {
  IMPORT_CANCELLED,
  importedMessage,
  importProblemsMessage,
  lookFirstMessage,
  reviewMessage,
  reviewOf,
  whoseListMessage,
} from '../domain/on-organiser-import.js';
import { noSuchCohort, type OrganiserCommand } from '../domain/organiser-command.js';
import { organiserForm } from '../domain/organiser-forms.js';
import { pageOf } from '../domain/pages.js';
import type { Cohort } from '../domain/people.js';
import { type LookUp, withLookedUp } from '../domain/people-list.js';
import { counted } from '../domain/report-layout.js';
import {
  checkRoster,
  problemLine,
  type RosterLine,
  type RosterOutcome,
  type RosterProblem,
  type RosterRow,
} from '../domain/roster.js';
import type {
  Place as AskedPlace,
  Beside,
  Carried,
  Importing,
  OrganiserPorts,
  PeopleList,
  PeopleReading,
} from '../organiser-ports.js';
import type { Answer, FormAnswer } from '../platform-ports.js';

type Place = AskedPlace & { readonly ports: OrganiserPorts; readonly people: PeopleReading };
type Command = Extract<OrganiserCommand, { kind: 'import' }>;
type Problems = readonly RosterProblem[];

const only = (answer: Message): Carried => ({ answer, form: null });

/** A form has three seconds: more than so many look-ups or lines are gone through at the press of a button. */
const AT_ONCE = { lookUps: 25, lines: 1_000 } as const;

/** Lists of people, from the file or channel to the press that brings them in. Until then nothing but the draft is written. */
export function importingOn(ports: OrganiserPorts, people: PeopleReading): Importing {
  return {
    begin: (place, command, beside) => begin({ ...place, ports, people }, command, beside),
    unasked: (place, bytes) => unasked({ ...place, ports, people }, bytes),
    choose: (place, key, draft, values) => choose({ ...place, ports, people }, key, draft, values),
    press: (place, key, draft, choice) => press({ ...place, ports, people }, key, draft, choice),
  };
}

async function begin(place: Place, command: Command, beside: Beside): Promise<Carried> {
  const { programme } = place;
  if (programme.archivedAt) return only(say(`${programme.name} is archived, so nobody can be brought in.`));
  const cohorts = await cohortsIn(place);
  const known = cohorts.find((each) => each.name.toLowerCase() === command.cohort?.toLowerCase());
  const names = cohorts.map(({ name }) => name);
  if (command.cohort !== null && command.endedOn === null && !known)
    return only(
      say(
        noSuchCohort(command.cohort, names, programme.name),
        'If it is a new one, put the day it ended behind: --ended 2023-06-30',
      ),
    );
  if (known?.archivedAt) return only(say(`${known.name} is archived, so nobody can be added to it.`));
  const file = beside.file ?? null;
  if (command.from.kind === 'file' && file === null) {
    const message = 'Attach the list: a CSV file with the columns name, slack, discord, email, timezone.';
    if (beside.entered) return { ...only(say(message)), refusal: { field: 'file', message } };
    return { answer: null, form: organiserForm('import', { programme, cohorts }, { cohort: known?.name ?? null }) };
  }
  const read =
    command.from.kind === 'file' && file
      ? place.people.file(place, file)
      : await place.people.members(place, command.from, beside);
  if (read.kind === 'say') return only(say(read.message));
  if (read.kind === 'problems') return only(await problemsAnswer(place, read.problems, beside.entered ?? null));
  const endedOn = command.endedOn ?? known?.endedOn;
  const cohort = command.cohort === null || endedOn === undefined ? null : { name: known?.name ?? command.cohort, endedOn };
  const draft = draftOf(place, read.list, cohort);
  const key = await place.ports.drafts.keep(place.asker.account, draft, place.now);
  if (cohort === null) return { answer: null, form: formOf(key, draft, cohorts) };
  return only(await lookOrReview(place, key, draft));
}

const cohortsIn = async ({ ports, programme }: Place): Promise<readonly Cohort[]> =>
  (await ports.programmes.cohortsOf(programme.id)).map((each) => each.cohort);

const formOf = (key: string, { lines }: ImportDraft, cohorts: readonly Cohort[]) =>
  cohortForm(key, counted(lines.length, 'person', 'people'), { cohorts, chosen: null });

const draftOf = ({ programme }: Place, list: PeopleList, cohort: ImportDraft['cohort']): ImportDraft => ({
  kind: 'import',
  programmeId: programme.id,
  cohort,
  notThere: [],
  review: null,
  ...list,
});

/** A file that came by itself, with a button behind which the question for its cohort is. */
async function unasked(place: Place, bytes: Uint8Array): Promise<Message> {
  const read = place.people.file(place, bytes);
  if (read.kind === 'say') return say(read.message);
  if (read.kind === 'problems') return problemsAnswer(place, read.problems, null);
  const draft = draftOf(place, read.list, null);
  return whoseListMessage(await place.ports.drafts.keep(place.asker.account, draft, place.now), draft);
}

async function choose(place: Place, key: string, draft: ImportDraft, values: FormValues): Promise<FormAnswer> {
  const cohorts = await cohortsIn(place);
  const read = readCohortForm(formOf(key, draft, cohorts), cohorts, enteredIn(values));
  if (!read.ok) return { kind: 'errors', errors: read.error };
  return { kind: 'saved', answer: await lookOrReview(place, key, { ...draft, cohort: read.value, review: null }) };
}

async function press(place: Place, key: string, draft: ImportDraft, choice: string | null): Promise<Answer> {
  const { ports, asker } = place;
  if (choice === 'cancel') {
    await ports.drafts.drop(asker.account, key);
    return only(IMPORT_CANCELLED);
  }
  if (draft.cohort === null) return { answer: null, form: formOf(key, draft, await cohortsIn(place)) };
  if (choice === 'do') return only(await bringIn(place, key, draft, draft.cohort));
  return only(draft.review === null ? await review(place, key, draft, draft.cohort) : shownReview(key, draft, choice));
}

/** What takes long is done at the press of a button, which is waited for longer than a form or a command. */
async function lookOrReview(place: Place, key: string, draft: ImportDraft): Promise<Message> {
  const lookUps = toLookUp(place, draft).length;
  if (draft.cohort && lookUps <= AT_ONCE.lookUps && draft.lines.length <= AT_ONCE.lines)
    return review(place, key, draft, draft.cohort);
  await place.ports.drafts.replace(place.asker.account, key, draft);
  return lookFirstMessage(key, draft, lookUps);
}

const toLookUp = (place: Place, { isLookedUp, lines }: ImportDraft): readonly LookUp[] =>
  isLookedUp ? [] : place.people.toLookUp(lines);

type Named = NonNullable<ImportDraft['cohort']>;

async function review(place: Place, key: string, draft: ImportDraft, cohort: Named): Promise<Message> {
  const { ports, asker } = place;
  const looked = await place.people.lookUp(toLookUp(place, draft));
  if (!looked.ok) {
    await ports.drafts.replace(asker.account, key, draft);
    return say(looked.error);
  }
  const resolved = withLookedUp(draft.lines, looked.value);
  const known: ImportDraft = {
    ...draft,
    lines: [...resolved.lines],
    leftOut: [...draft.leftOut, ...resolved.leftOut],
    notThere: [...draft.notThere, ...resolved.notThere],
    isLookedUp: true,
  };
  const rows = rowsOf(place, known.lines);
  const outcome = resolved.problems.length > 0 || !rows.ok ? null : await imported(place, known, cohort, rows.value, true);
  const problems = outcome?.kind === 'refused' ? outcome.problems : [...resolved.problems, ...(rows.ok ? [] : rows.error)];
  if (!rows.ok || outcome?.kind !== 'imported') {
    await ports.drafts.drop(asker.account, key);
    return problemsAnswer(place, problems, null);
  }
  const first = firstOf(place, cohort);
  const reviewed = { ...known, review: reviewOf({ cohort, rows: rows.value, outcome, first, draft: known }) };
  await ports.drafts.replace(asker.account, key, reviewed);
  return shownReview(key, reviewed, null);
}

const rowsOf = ({ ports }: Place, lines: readonly RosterLine[]) =>
  checkRoster({ lines, notes: [], unreadable: [] }, { emailReaches: ports.emailReaches });

const firstOf = ({ programme: { settings }, now }: Place, { endedOn }: Named) => firstQuestion(endedOn, settings, now);

function imported(
  place: Place,
  draft: ImportDraft,
  cohort: Named,
  rows: readonly RosterRow[],
  dryRun: boolean,
): Promise<RosterOutcome> {
  const { programme, now, ports } = place;
  const { name: cohortName, endedOn } = cohort;
  return ports.importRoster({ programme, cohortName, endedOn, rows, now, dryRun, cameBy: draft.cameBy });
}

function shownReview(key: string, { review: reviewed, lines }: ImportDraft, choice: string | null): Message {
  const page = Number(/^p(\d{1,6})$/.exec(choice ?? '')?.[1] ?? '1');
  return reviewMessage(key, reviewed?.sentences ?? [], lines.length, pageOf(reviewed?.people ?? [], page));
}

async function bringIn(place: Place, key: string, draft: ImportDraft, cohort: Named): Promise<Message> {
  const { ports, asker, programme, now } = place;
  const rows = rowsOf(place, draft.lines);
  if (!rows.ok) return problemsAnswer(place, rows.error, null);
  const outcome = await imported(place, draft, cohort, rows.value, false);
  if (outcome.kind === 'refused') return problemsAnswer(place, outcome.problems, null);
  // Only now: two presses at once do the same, but one that fails can be made again.
  if (await ports.drafts.drop(asker.account, key)) {
    const actor = `${asker.account.platform}:${asker.account.id}`;
    const detail = { cohortId: outcome.cohortId, added: outcome.added, changed: outcome.changed.length, cameBy: draft.cameBy };
    await ports.programmes.writeLog({ programmeId: programme.id, at: now, actor, what: 'roster_imported', detail });
  }
  ports.wakeSender();
  return importedMessage(cohort.name, outcome, firstOf(place, cohort));
}

async function problemsAnswer(place: Place, problems: Problems, entered: Entered | null): Promise<Message> {
  const { ports, asker, programme, now } = place;
  const lines = problems.map(problemLine);
  const page = pageOf(lines, 1);
  const isKept = entered !== null || page.pages > 1;
  const draft = { kind: 'problems', programmeId: programme.id, problems: lines, entered } as const;
  const key = isKept ? await ports.drafts.keep(asker.account, draft, now) : null;
  return importProblemsMessage(key, lines.length, page, entered !== null);
}
