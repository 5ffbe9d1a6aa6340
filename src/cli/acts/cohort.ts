import { firstQuestion, firstQuestionWords } from '../../domain/first-question.js';
import type { Cohort, Programme } from '../../domain/people.js';
import { aligned, counted } from '../../domain/report-layout.js';
import { checkRoster, type RosterOutcome, rosterText } from '../../domain/roster.js';
import { dayInWords } from '../../domain/wording.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';
import { DONE, failed, jsonText, type Voice } from '../shell.js';
import { activeProgramme, theCohort, theProgramme } from './find.js';
import { planLines } from './plan-lines.js';

type Imported = Extract<RosterOutcome, { kind: 'imported' }>;

export async function importCohort(room: Room, request: RequestOf<'cohort_import'>, voice: Voice): Promise<number> {
  const { programmes, clock } = room.ports;
  const { cohort: cohortName, endedOn, dryRun } = request;
  const programme = await activeProgramme(programmes, request.programme);
  const rows = checkRoster(request.table, { emailReaches: room.emailReaches });
  if (!rows.ok) throw failed(rosterText(rows.error), `Nothing was imported: ${counted(rows.error.length, 'problem')} to mend.`);
  for (const note of request.table.notes) voice.err(`${note}\n`);
  const existing = await programmes.cohortNamed(programme.id, cohortName);
  const before = await peopleIn(room, programme, existing);
  const now = clock.now();
  const outcome = await room.importRoster({ programme, cohortName, endedOn, rows: rows.value, now, dryRun });
  if (outcome.kind === 'refused')
    throw failed(rosterText(outcome.problems), `Nothing was imported: ${counted(outcome.problems.length, 'problem')} to mend.`);
  if (!dryRun) {
    const detail = { cohortId: outcome.cohortId, added: outcome.added, changed: outcome.changed.length };
    await programmes.writeLog({ programmeId: programme.id, at: now, actor: COMMAND_LINE, what: 'roster_imported', detail });
  }
  const people = before + outcome.added;
  const first = firstQuestion(endedOn, programme.settings, now);
  const name = existing?.name ?? cohortName;
  if (request.json) {
    const { kind: _, cohortId: _id, ...rest } = outcome;
    voice.out(
      jsonText({
        programme: programme.name,
        cohort: name,
        endedOn,
        dryRun,
        people,
        firstQuestionOn: first?.leavesOn ?? null,
        ...rest,
      }),
    );
  } else voice.out(importText({ name, endedOn, people, outcome, first, dryRun }));
  return DONE;
}

async function peopleIn({ ports }: Room, programme: Programme, cohort: Cohort | null): Promise<number> {
  if (cohort === null) return 0;
  return (await ports.programmes.cohortsOf(programme.id)).find((each) => each.cohort.id === cohort.id)?.people ?? 0;
}

type ImportFacts = {
  readonly name: string;
  readonly endedOn: string;
  readonly people: number;
  readonly outcome: Imported;
  readonly first: ReturnType<typeof firstQuestion>;
  readonly dryRun: boolean;
};

function importText({ name, endedOn, people, outcome, first, dryRun }: ImportFacts): string {
  const { added, changed, unchanged, notInFile, erased, redated, replanned } = outcome;
  const lines = [
    `${name} (ended ${dayInWords(endedOn)}): ${counted(people, 'person', 'people')}, ${firstQuestionWords(first)}.`,
    ...(added > 0 ? [`  ${added} added`] : []),
    ...(unchanged > 0 ? [`  ${unchanged} as before`] : []),
    ...changed.map((each) => `  line ${each.line}, ${each.name}: ${each.field} ${each.from ?? 'unknown'} → ${each.to}`),
    ...(notInFile > 0 ? [`  ${notInFile} of the cohort not in the file: they stay in it`] : []),
    ...(erased > 0 ? [`  ${erased} left out: they had everything about them erased`] : []),
    ...(redated ? [`  end date ${dayInWords(redated.from)} → ${dayInWords(redated.to)}`] : []),
    ...planLines(replanned),
    dryRun ? 'This was a dry run: nothing was changed. Leave --dry-run out to import.' : 'Imported. See: afterwards checkins',
  ];
  return `${lines.join('\n')}\n`;
}

export async function listCohorts({ ports }: Room, request: RequestOf<'cohort_list'>, voice: Voice): Promise<number> {
  const { programmes } = ports;
  const chosen =
    request.programme === null ? await programmes.allProgrammes() : [await theProgramme(programmes, request.programme)];
  const all = await Promise.all(
    chosen.map(async ({ id, name }) =>
      (await programmes.cohortsOf(id)).map(({ cohort, people }) => ({
        programme: name,
        cohort: cohort.name,
        endedOn: cohort.endedOn,
        people,
        pausedAt: cohort.pausedAt,
        archivedAt: cohort.archivedAt,
      })),
    ),
  );
  const cohorts = all.flat();
  if (request.json) voice.out(jsonText(cohorts));
  else if (cohorts.length === 0) voice.err('There are no cohorts yet: afterwards cohort import --help\n');
  else {
    const rows = cohorts.map((each) => [
      each.programme,
      each.cohort,
      each.endedOn,
      String(each.people),
      each.archivedAt ? 'archived' : each.pausedAt ? 'paused' : '',
    ]);
    const header = ['programme', 'cohort', 'ended', 'people', ''];
    voice.out(`${aligned([header, ...rows], ['left', 'left', 'left', 'right', 'left'], 0).join('\n')}\n`);
  }
  return DONE;
}

const MARKED = {
  archive: 'is archived: it sends nothing more; its answers and predictions stay',
  pause: 'is paused: nothing is sent until: afterwards cohort resume',
  resume: 'goes on: what fell due meanwhile is looked at now',
} as const;

export async function markCohort({ ports }: Room, request: RequestOf<'cohort_mark'>, voice: Voice): Promise<number> {
  const { programmes, clock } = ports;
  const { mark } = request;
  const programme = await activeProgramme(programmes, request.programme);
  const cohort = await theCohort(programmes, programme, request.cohort);
  if (cohort.archivedAt !== null && mark !== 'archive') throw failed(`${cohort.name} is archived: it stays so`);
  const isSo = { archive: cohort.archivedAt !== null, pause: cohort.pausedAt !== null, resume: cohort.pausedAt === null }[mark];
  if (isSo) {
    voice.out(
      `${cohort.name} ${{ archive: 'is archived already', pause: 'is paused already', resume: 'is not paused' }[mark]}.\n`,
    );
    return DONE;
  }
  const now = clock.now();
  await programmes.markCohort(cohort.id, mark, now);
  const what = { archive: 'cohort_archived', pause: 'cohort_paused', resume: 'cohort_resumed' }[mark];
  const detail = { cohortId: cohort.id };
  await programmes.writeLog({ programmeId: programme.id, at: now, actor: COMMAND_LINE, what, detail });
  voice.out(`${cohort.name} ${MARKED[mark]}.\n`);
  return DONE;
}
