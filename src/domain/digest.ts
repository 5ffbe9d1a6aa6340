import type { Message, Part } from './message.js';
import { paragraph } from './message.js';
import type { Audience } from './people.js';
import type { ReportedPrediction } from './prediction.js';
import { counted } from './report-layout.js';
import { outcomeLine } from './report-predictions.js';
import { claimWords, waveWords } from './report-words.js';
import { dayInWords, listInWords } from './wording.js';

/** An answer that came in. `who` is null where the person has not agreed to be named beside it: then only that it came is told. */
export type DigestUpdate = {
  readonly who: string | null;
  readonly cohort: string;
  /** Null for news of no wave. */
  readonly waveMonths: number | null;
  /** A line an activity, see `activityLine`. */
  readonly lines: readonly string[];
  /** "Nothing changed": the lines are those of the time before. */
  readonly carriedForward: boolean;
};

export type DigestInput = {
  readonly programme: string;
  /** Such as "1 to 7 July 2024". */
  readonly weekLabel: string;
  readonly audience: Audience;
  readonly newUpdates: readonly DigestUpdate[];
  /** People, this week. */
  readonly counts: { readonly asked: number; readonly answered: number; readonly confirmed: number };
  readonly standings: readonly {
    readonly cohort: string;
    readonly waveMonths: number;
    readonly answered: number;
    readonly asked: number;
    readonly roster: number;
  }[];
  /** Help wanted, of people who agreed to have it passed on. */
  readonly asks: readonly { readonly who: string; readonly text: string }[];
  readonly needsHuman: readonly { readonly name: string; readonly why: string; readonly whatToDo: string }[];
  /** `dueOn` is an ISO day. */
  readonly comingUp: readonly {
    readonly cohort: string;
    readonly waveMonths: number;
    readonly dueOn: string;
    readonly people: number;
  }[];
  /** Resolved this week. */
  readonly resolved: readonly ReportedPrediction[];
  /** Where the whole picture is to be had; for organisers. */
  readonly reportLine: string | null;
};

/** Longer lists would be cut by the platforms, in the wrong place. */
const MOST_LISTED = 20;

/** The week in a message for one audience; null where the week held nothing. The public is told counts of answers, and nothing of anybody. */
export function digestMessage(input: DigestInput): Message | null {
  if (!heldSomething(input)) return null;
  const isPublic = input.audience === 'public';
  return {
    parts: [
      { kind: 'heading', text: `${input.programme}, ${input.weekLabel}` },
      ...weekInCounts(input),
      ...(isPublic ? [] : cameIn(input)),
      ...soFar(input),
      ...(isPublic ? resolvedCount(input) : [...resolved(input), ...asks(input), ...needsHuman(input)]),
      ...comingUp(input),
      ...closing(input),
    ],
  };
}

function heldSomething({
  audience,
  newUpdates,
  counts,
  asks: wanted,
  needsHuman: problems,
  resolved: decided,
}: DigestInput): boolean {
  const happened = [newUpdates.length, counts.asked, counts.answered, counts.confirmed, decided.length];
  const forOrganisers = audience === 'public' ? [] : [wanted.length, problems.length];
  return [...happened, ...forOrganisers].some((count) => count > 0);
}

function weekInCounts({ counts: { asked, answered, confirmed } }: DigestInput): readonly Part[] {
  const acts = [
    { count: asked, one: 'was asked', many: 'were asked' },
    { count: answered, one: 'answered', many: 'answered' },
    { count: confirmed, one: 'confirmed what was understood', many: 'confirmed what was understood' },
  ].filter(({ count }) => count > 0);
  if (acts.length === 0) return [];
  const clauses = acts.map(
    ({ count, one, many }, place) => `${place === 0 ? counted(count, 'person', 'people') : count} ${count === 1 ? one : many}`,
  );
  return [paragraph(`${listInWords(clauses)}.`)];
}

function cameIn({ newUpdates }: DigestInput): readonly Part[] {
  const named = newUpdates.filter(({ who }) => who !== null);
  const unnamed = newUpdates.length - named.length;
  const items = named.map(({ who, cohort, waveMonths, lines, carriedForward }) => {
    const when = waveMonths === null ? 'between waves' : waveWords(waveMonths);
    const said = lines.length === 0 ? 'nothing that can be listed' : lines.join('; ');
    return `${who} (${cohort}, ${when}): ${carriedForward ? `still the same. ${said}` : said}`;
  });
  const more = named.length === 0 ? 'answer' : 'more answer';
  const anonymous =
    unnamed === 0
      ? []
      : [paragraph(`${counted(unnamed, more)} came in that ${unnamed === 1 ? 'counts' : 'count'} only in the totals.`)];
  return [...section('What came in', items), ...anonymous];
}

function soFar({ standings }: DigestInput): readonly Part[] {
  if (standings.length === 0) return [];
  const fields = standings.map(({ cohort, waveMonths, answered, asked, roster }) => ({
    label: `${cohort}, ${waveWords(waveMonths)}`,
    value: `${answered} of ${roster} answered, ${asked} asked`,
  }));
  return [{ kind: 'heading', text: 'So far' }, { kind: 'fields', fields: fields.slice(0, MOST_LISTED) }, ...andMore(fields)];
}

function resolved({ resolved: predictions }: DigestInput): readonly Part[] {
  const items = predictions.map((each) => `${each.author} predicted ${claimWords(each, each.class)}. ${outcomeLine(each)}`);
  return section(predictions.length === 1 ? 'A prediction came due' : 'Predictions that came due', items);
}

function resolvedCount({ resolved: { length } }: DigestInput): readonly Part[] {
  return length === 0
    ? []
    : [paragraph(`${counted(length, 'prediction')} came due and ${length === 1 ? 'was' : 'were'} resolved.`)];
}

function asks({ asks: wanted }: DigestInput): readonly Part[] {
  return section(
    'Where you could help',
    wanted.map(({ who, text }) => `${who}: ${text}`),
  );
}

function needsHuman({ needsHuman: problems }: DigestInput): readonly Part[] {
  return section(
    'Needs one of you',
    problems.map(({ name, why, whatToDo }) => `${name}: ${why}. ${whatToDo}`),
  );
}

function comingUp({ comingUp: waves }: DigestInput): readonly Part[] {
  return section(
    'Coming up',
    waves.map(
      ({ cohort, waveMonths, dueOn, people }) =>
        `${cohort}, ${waveWords(waveMonths)}: ${counted(people, 'person', 'people')} from ${dayInWords(dueOn)}`,
    ),
  );
}

function closing({ audience, reportLine }: DigestInput): readonly Part[] {
  if (audience === 'public') return [{ kind: 'note', text: 'Only counts of answers are shown here, nothing that anybody said.' }];
  const note: Part = { kind: 'note', text: 'Names stand beside answers only where people agreed to it.' };
  return reportLine === null ? [note] : [paragraph(reportLine), note];
}

function section(heading: string, items: readonly string[]): readonly Part[] {
  if (items.length === 0) return [];
  return [{ kind: 'heading', text: heading }, { kind: 'list', items: items.slice(0, MOST_LISTED) }, ...andMore(items)];
}

function andMore(items: readonly unknown[]): readonly Part[] {
  return items.length > MOST_LISTED ? [paragraph(`And ${items.length - MOST_LISTED} more.`)] : [];
}
