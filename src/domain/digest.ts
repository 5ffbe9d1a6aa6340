import { afterCohort, headline, standingInHeadline } from './digest-headline.js';
import type { Message, Part } from './message.js';
import { paragraph } from './message.js';
import type { Audience } from './people.js';
import type { ReportedPrediction } from './prediction.js';
import { counted } from './report-layout.js';
import { outcomeLine } from './report-predictions.js';
import { claimWords, waveWords } from './report-words.js';
import { dayInWords, listInWords } from './wording.js';

/** Who is listed where no name is known. */
const SOMEBODY = 'Somebody without a name on the list';

/** An answer that came in. `who` is null where the person has not agreed to be named beside it: then only that it came is told. */
export type DigestUpdate = {
  readonly who: string | null;
  /** Tells apart two people of one name. */
  readonly personId: number;
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
  /** People whom no question reaches; `why` is half a sentence. */
  readonly needsHuman: readonly { readonly name: string | null; readonly why: string; readonly cohort: string }[];
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

/** More is not read in a channel; the platforms would cut it too, in the wrong place. */
const MOST_LISTED = 8;

/** The week in a message for one audience; null where the week held nothing. The public is told counts of answers, and nothing of anybody. */
export function digestMessage(input: DigestInput): Message | null {
  if (!heldSomething(input)) return null;
  const isPublic = input.audience === 'public';
  return {
    parts: [
      { kind: 'heading', text: `${input.programme}, ${input.weekLabel}` },
      paragraph(headline(input)),
      ...(isPublic ? [] : [...whatChanged(input), ...resolved(input)]),
      ...soFar(input),
      ...(isPublic ? [] : [...asks(input), ...needsHuman(input)]),
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

type Named = DigestUpdate & { readonly who: string };

function whatChanged({ newUpdates }: DigestInput): readonly Part[] {
  const named = newUpdates.filter((each): each is Named => each.who !== null);
  const [same, changed] = [named.filter((each) => each.carriedForward), named.filter((each) => !each.carriedForward)];
  const places = new Set(changed.map(placeOf));
  const [onlyPlace] = places;
  const where = places.size === 1 && onlyPlace ? `, ${onlyPlace}` : '';
  const items = changed.map((each) => {
    const said = each.lines.length === 0 ? 'nothing that can be listed' : each.lines.join('; ');
    return `${nameOf(each, named)}${where === '' ? ` (${placeOf(each)})` : ''}: ${said}`;
  });
  const names = [...new Set(same.map((each) => nameOf(each, named)))];
  const unchanged = names.length === 0 ? [] : [`Nothing has changed for ${listInWords(shortened(names))}.`];
  const unnamed = newUpdates.length - named.length;
  const totals =
    unnamed === 0
      ? []
      : [
          `${counted(unnamed, named.length === 0 ? 'answer' : 'more answer')} ${unnamed === 1 ? 'counts' : 'count'} only in the totals.`,
        ];
  return [...section(`What changed${where}`, items), ...[...unchanged, ...totals].map(paragraph)];
}

function placeOf({ cohort, waveMonths }: DigestUpdate): string {
  return waveMonths === null ? `${cohort}, between waves` : afterCohort(cohort, waveMonths);
}

function nameOf({ who, personId }: Named, all: readonly Named[]): string {
  const isShared = all.some((other) => other.who === who && other.personId !== personId);
  return isShared ? `${who} (one of several of that name)` : who;
}

function shortened(names: readonly string[]): readonly string[] {
  return names.length <= MOST_LISTED ? names : [...names.slice(0, MOST_LISTED - 1), `${names.length - MOST_LISTED + 1} more`];
}

function soFar(input: DigestInput): readonly Part[] {
  const { standings } = input;
  if (standings.length === 0 || standingInHeadline(input)) return [];
  const fields = standings.map(({ cohort, waveMonths, answered, asked, roster }) => ({
    label: `${cohort}, ${waveWords(waveMonths)}`,
    value: `${answered} of ${roster} answered, ${asked} asked`,
  }));
  return [
    { kind: 'heading', text: 'Response so far' },
    { kind: 'fields', fields: fields.slice(0, MOST_LISTED) },
    ...andMore(fields),
  ];
}

function resolved({ resolved: predictions }: DigestInput): readonly Part[] {
  const items = predictions.map((each) => `${each.author} predicted ${claimWords(each, each.class)}. ${outcomeLine(each)}`);
  return section(predictions.length === 1 ? 'A prediction came due' : 'Predictions that came due', items);
}

function asks({ asks: wanted }: DigestInput): readonly Part[] {
  return section(
    'Where you could help',
    wanted.map(({ who, text }) => `${who}: ${text}`),
  );
}

function needsHuman({ needsHuman: problems, programme }: DigestInput): readonly Part[] {
  const [first] = problems;
  if (!first) return [];
  const items = [...new Set(problems.map(({ why }) => why))].map((why) => {
    const names = problems.filter((each) => each.why === why).map(({ name }) => name ?? SOMEBODY);
    return `${listInWords(shortened(names))}: ${why}`;
  });
  const greeting = problems.length === 1 ? first.name?.trim().split(/\s+/)[0] : '…';
  const cohorts = new Set(problems.map(({ cohort }) => cohort));
  const since = cohorts.size === 1 ? first.cohort : 'the programme';
  const note = `Hi${greeting ? ` ${greeting}` : ''}, ${programme} would like to know how you have been since ${since}. Could you tell me where to reach you?`;
  return [...section('Needs one of you', items), paragraph(`A note to copy: “${note}”`)];
}

function comingUp({ comingUp: waves }: DigestInput): readonly Part[] {
  return section(
    'Coming up',
    waves.map(
      ({ cohort, waveMonths, dueOn, people }) =>
        `${counted(people, 'person', 'people')} from ${dayInWords(dueOn)}, ${afterCohort(cohort, waveMonths)}`,
    ),
  );
}

function closing({ audience, newUpdates, reportLine }: DigestInput): readonly Part[] {
  if (audience === 'public') return [{ kind: 'note', text: 'Only counts of answers are shown here, nothing that anybody said.' }];
  const names: readonly Part[] =
    newUpdates.length === 0 ? [] : [{ kind: 'note', text: 'Names stand beside answers only where people agreed to it.' }];
  return reportLine === null ? names : [paragraph(reportLine), ...names];
}

function section(heading: string, items: readonly string[]): readonly Part[] {
  if (items.length === 0) return [];
  return [{ kind: 'heading', text: heading }, { kind: 'list', items: items.slice(0, MOST_LISTED) }, ...andMore(items)];
}

function andMore(items: readonly unknown[]): readonly Part[] {
  return items.length > MOST_LISTED ? [paragraph(`And ${items.length - MOST_LISTED} more.`)] : [];
}
