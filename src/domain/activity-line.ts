import type { Activity, Kind } from './career-update.js';
import { KIND_WORDS } from './report-words.js';
import { unreachable } from './result.js';

/** An activity in plain words, such as "Research engineer at EleutherAI on interpretability, since Feb 2024, full time". Names nobody it is said of or to. */
export function activityLine(activity: Activity): string {
  const { funder, commitment } = activity;
  const details = [
    funder && `funded by ${funder}`,
    timeWords(activity),
    commitment === null ? '' : commitment === 'full_time' ? 'full time' : 'part time',
  ];
  return capitalised([what(activity), ...details].filter(Boolean).join(', '));
}

/** A date as precise as it was given: "2024", "Feb 2024" or "5 Feb 2024". */
export function dateWords(date: string): string {
  const [year, month, day] = date.split('-');
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** What a kind is called where there is no role to name. */
const nameOf = (kind: Kind): string =>
  kind === 'employment' ? 'work' : kind === 'career_break' ? 'career break' : KIND_WORDS[kind];

/** Roles that tell by themselves that it is no ordinary job; of any other, the kind is put beside it. */
const KIND_TOLD_BY_ROLE: Partial<Record<Kind, RegExp>> = {
  internship: /\bintern/i,
  work_trial: /\btrial/i,
  fellowship: /\bfellow|\bscholar/i,
  volunteering: /\bvolunt/i,
  independent_research: /\bindependent/i,
};

function what({ kind, role, organisation, topic, people }: Activity): string {
  // A role that is looked for is not one that is held.
  const name = kind === 'job_search' ? `${nameOf(kind)}${role === null ? '' : ` as ${role}`}` : (role ?? nameOf(kind));
  const mark = role !== null && KIND_TOLD_BY_ROLE[kind]?.test(role) === false ? ` (${nameOf(kind)})` : '';
  const place = organisation === null ? '' : placeWords(kind, role !== null, organisation);
  const subject = topic === null || contains(name, topic) ? '' : ` ${topicWord(kind, role !== null)} ${topic}`;
  const company = people.length === 0 ? '' : ` with ${listed(people)}`;
  return `${name}${mark}${place}${subject}${company}`;
}

function placeWords(kind: Kind, hasRole: boolean, organisation: string): string {
  if (kind === 'founding') return hasRole ? ` of ${organisation}` : ` ${organisation}`;
  if (kind === 'collaboration' && !hasRole) return ` with ${organisation}`;
  return ` at ${organisation}`;
}

/** "Study of mathematics", "looking for work in policy", "engineer on interpretability". */
function topicWord(kind: Kind, hasRole: boolean): string {
  if (kind === 'study' && !hasRole) return 'of';
  return kind === 'job_search' ? 'in' : 'on';
}

function timeWords({ kind, status, start, end }: Activity): string {
  const [from, until] = [start && dateWords(start), end && dateWords(end)];
  switch (status) {
    case 'current':
      return [from && `since ${from}`, until && `until ${until}`].filter(Boolean).join(', ');
    case 'past':
      if (from && until) return from === until ? `in ${from}` : `${from} to ${until}`;
      if (kind === 'publication') return until ?? from ?? 'out';
      if (until) return `until ${until}`;
      return from ? `from ${from}, now over` : 'now over';
    case 'upcoming':
      return [from ? `from ${from}` : 'to come', until && `until ${until}`].filter(Boolean).join(', ');
    case 'applying':
      return ['applied', from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(', ');
    default:
      return unreachable(status);
  }
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
