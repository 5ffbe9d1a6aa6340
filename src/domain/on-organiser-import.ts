import type { ImportDraft } from './drafts.js';
import { type FirstQuestion, firstQuestionWords } from './first-question.js';
import { button, type Control, controls, type Message, note, type Part, paragraph, say } from './message.js';
import { planPart } from './on-organiser-settings.js';
import { type PageOf, pager } from './pages.js';
import { counted } from './report-layout.js';
import type { RosterChange, RosterOutcome, RosterRow } from './roster.js';
import { dayInWords } from './wording.js';

type Imported = Extract<RosterOutcome, { kind: 'imported' }>;
const people = (count: number) => counted(count, 'person', 'people');

export type ReviewFacts = {
  readonly cohort: { readonly name: string; readonly endedOn: string };
  readonly rows: readonly RosterRow[];
  /** What a dry run came to. */
  readonly outcome: Imported;
  readonly first: FirstQuestion | null;
  readonly draft: Pick<ImportDraft, 'leftOut' | 'notThere' | 'notes'>;
};

/** What an import would do: in sentences, and then a line a person, those first of whom something changes. */
export function reviewOf({ cohort, rows, outcome, first, draft }: ReviewFacts): NonNullable<ImportDraft['review']> {
  const { added, changed, unchanged, erased, created, redated, notInFile } = outcome;
  const isNew = created ? ', a new cohort' : '';
  const changedLines = new Set(changed.map(({ line }) => line));
  const sentences = [
    `${people(rows.length)} for ${cohort.name}${isNew}, which ended on ${dayInWords(cohort.endedOn)}: ${firstQuestionWords(first)}.`,
    [
      `${added} would be new to it`,
      ...(unchanged > 0 ? [`${unchanged} ${unchanged === 1 ? 'is' : 'are'} on its list as they stand here`] : []),
      ...(changedLines.size > 0 ? [`of ${changedLines.size} something changes`] : []),
      ...(notInFile > 0
        ? [
            `${notInFile} of the cohort ${notInFile === 1 ? 'is' : 'are'} not in this list, and ${notInFile === 1 ? 'stays' : 'stay'} in it`,
          ]
        : []),
    ]
      .join('; ')
      .concat('.'),
    ...(erased > 0
      ? [
          `${people(erased)} had everything about them erased, so ${erased === 1 ? 'that one is' : 'they are'} left out and not written to.`,
        ]
      : []),
    ...(redated ? [`Its end would move from ${dayInWords(redated.from)} to ${dayInWords(redated.to)}.`] : []),
  ];
  const lines = [
    ...changedPeople(changed),
    ...rows.filter(({ line }) => !changedLines.has(line)).map((row) => `${row.name}${wayTo(row)}`),
    ...draft.notThere.map((each) => `Cannot be written to: ${each}. On the list all the same, since totals must count everybody`),
    ...draft.leftOut.map(({ name, why }) => `Left out: ${name} (${why})`),
  ];
  const counts = [
    ...(draft.notThere.length > 0
      ? [
          `I cannot write to ${people(draft.notThere.length)}: nobody is there under that address or id, or no longer. They are on the list all the same, and count as not reached.`,
        ]
      : []),
    ...(draft.leftOut.length > 0 ? [`${draft.leftOut.length} left out: ${reasons(draft.leftOut)}.`] : []),
    ...draft.notes.map((each) => `${each.charAt(0).toUpperCase()}${each.slice(1)}.`),
  ];
  return { sentences: [...sentences, ...counts], people: lines };
}

function changedPeople(changed: readonly RosterChange[]): readonly string[] {
  const byLine = new Map<number, RosterChange[]>();
  for (const each of changed) byLine.set(each.line, [...(byLine.get(each.line) ?? []), each]);
  return [...byLine.values()].map((changes) => {
    const what = changes.map(({ field, from, to }) => `${field} ${from ?? 'unknown'} → ${to}`).join('; ');
    return `${changes[0]?.name ?? ''}: ${what}`;
  });
}

const wayTo = ({ slack, discord, email }: RosterRow) => {
  const ways = [slack && 'Slack', discord && 'Discord', email].filter((each) => each !== null);
  return ways.length === 0 ? '' : ` (${ways.join(', ')})`;
};

function reasons(leftOut: ImportDraft['leftOut']): string {
  const counts = new Map<string, number>();
  for (const { why } of leftOut) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(([why, count]) => `${count} ${why}`).join(', ');
}

/** The list under review, with what to press. */
export function reviewMessage(key: string, sentences: readonly string[], count: number, page: PageOf<string>): Message {
  const doIt = button('ask', key, count === 1 ? 'Import this one' : `Import these ${count}`, { choice: 'do', style: 'primary' });
  const cancel = button('ask', key, 'Cancel', { choice: 'cancel' });
  return {
    parts: [
      ...sentences.map(paragraph),
      ...(page.items.length > 0 ? [{ kind: 'list', items: page.items } as const] : []),
      ...pager(key, page),
      controls(...(count > 0 ? [doIt] : []), cancel),
      note('Nothing has happened yet. Nobody is asked before their cohort’s next wave is due.'),
    ],
  };
}

/** What is to be done first with a list that takes a while. */
export function lookFirstMessage(key: string, { lines }: Pick<ImportDraft, 'lines'>, lookUps: number): Message {
  const what = lookUps > 0 ? `I look ${lookUps} of them up first` : 'I go through it first';
  return {
    parts: [
      paragraph(`A list of ${people(lines.length)}. ${what}, which may take a minute or two; then I show you what would happen.`),
      controls(
        button('ask', key, 'Look at it', { choice: 'look', style: 'primary' }),
        button('ask', key, 'Cancel', { choice: 'cancel' }),
      ),
    ],
  };
}

/** A list whose cohort nobody has named, where no form can be opened unasked. */
export const whoseListMessage = (key: string, { lines }: Pick<ImportDraft, 'lines'>): Message => ({
  parts: [
    paragraph(`A list of ${people(lines.length)}. Which cohort are they of?`),
    controls(
      button('ask', key, 'Choose the cohort', { choice: 'cohort', style: 'primary' }),
      button('ask', key, 'Cancel', { choice: 'cancel' }),
    ),
  ],
});

export const IMPORT_CANCELLED = say('Nobody was imported.');
export const NOT_LOOKED_UP = 'I could not look everybody up just now, so nothing has happened. Please try again in a minute.';

export function importedMessage(cohort: string, outcome: Imported, first: FirstQuestion | null): Message {
  const { added, changed, erased, replanned } = outcome;
  const changedPeopleCount = new Set(changed.map(({ line }) => line)).size;
  const done = [
    `${people(added)} added to ${cohort}`,
    ...(changedPeopleCount > 0 ? [`${changedPeopleCount} corrected`] : []),
    ...(erased > 0 ? [`${erased} left out who had themselves erased`] : []),
  ];
  const replan: readonly Part[] = replanned.length > 0 ? [paragraph('Of what has not been sent yet:'), planPart(replanned)] : [];
  return {
    parts: [
      paragraph(`Done: ${done.join(', ')}. ${capitalised(firstQuestionWords(first))}.`),
      ...replan,
      note(`“status ${cohort}” shows where everybody stands.`),
    ],
  };
}

const capitalised = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Everything that is wrong with a list, a page at a time. */
export function importProblemsMessage(key: string | null, all: number, page: PageOf<string>, isFromForm: boolean): Message {
  return {
    parts: [
      paragraph(`Nothing was imported: there ${all === 1 ? 'is one thing' : `are ${all} things`} to mend in the list.`),
      { kind: 'list', items: page.items },
      ...(key === null ? [] : pager(key, page)),
      ...(key !== null && isFromForm
        ? [controls(button('ask', key, 'Try again', { choice: 'again', style: 'primary' }))]
        : [note('Mend it and send it again; with one bad line nothing is imported, so that no half of a list is.')]),
    ],
  };
}

/** The same list for each programme of somebody who organises several: they say which. */
export function whichList(of: readonly { readonly name: string; readonly answer: Message }[]): Message {
  const [first] = of;
  const opening = (message: Message) =>
    message.parts.flatMap((part) => (part.kind === 'controls' ? part.controls : [])).find((each) => each.id.endsWith('.cohort'));
  const buttons = of.flatMap(({ name, answer }) => {
    const control = opening(answer);
    return control ? [{ ...control, label: name } as Control] : [];
  });
  if (!first || buttons.length === 0) return first?.answer ?? say();
  return {
    parts: [
      ...first.answer.parts.filter(({ kind }) => kind === 'paragraph'),
      paragraph('And of which programme?'),
      controls(...buttons),
    ],
  };
}
