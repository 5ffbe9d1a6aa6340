import { createHash } from 'node:crypto';
import { mainActivity, placeOf } from './main-activity.js';
import { groupOf, type PersonAtWave } from './partition.js';
import type { NamesConsent } from './people.js';
import type { CellValue } from './report-rows.js';

/** Every column of an export with what it means: the data dictionary. */
export const EXPORT_COLUMNS = {
  person: 'A made-up key, the same in all rows of one person in this export, and another one in the next export.',
  name: 'Only of people who agreed to be named beside their answers; empty for all others.',
  cohort: 'The cohort.',
  wave_months: 'The wave: months after the end of the cohort.',
  group: 'Where the person falls at that wave: answered, partial, refused, unreachable, notAsked, silent or erased.',
  asked: 'Whether a question reached them.',
  basis: 'What the answer rests on: confirmed by the person; shown, and left to stand; or read, by the program alone.',
  carried_forward: 'Whether they said that nothing had changed.',
  place: 'What they mainly do: a track, seeking or on_break; empty where it is not known.',
  main_kind: 'The kind of their main activity, as in the codebook.',
  main_track: 'The track of their main activity, unclear among them.',
  main_commitment: 'full_time, part_time or empty: not said.',
  organisation: 'Where, in their words; only with a name.',
  role: 'As what, in their words; only with a name.',
  influence_rating: 'What the programme had to do with it, from 1 (nothing) to 5 (it would not have happened otherwise).',
  influence_channels: 'By what, separated by blanks: connections, motivation, skills, credential.',
  third_party: 'Whether an organiser has entered what they do; counts in no headline number.',
  third_party_place:
    'What an organiser has entered that they mainly do: a track, seeking, on_break or unclear; empty where nothing was entered.',
  planned_place:
    'What they planned when the cohort ended, as they said then: a track, seeking or on_break; empty where that is not known.',
} as const;
export type ExportColumn = keyof typeof EXPORT_COLUMNS;
export const EXPORT_HEADER = Object.keys(EXPORT_COLUMNS) as readonly ExportColumn[];

export type ExportedPerson = PersonAtWave & {
  readonly personId: number;
  readonly name: string | null;
  readonly namesConsent: NamesConsent;
  readonly cohortName: string;
};
export type ExportRow = Readonly<Record<ExportColumn, CellValue>>;

/**
 * One person at one wave. Who did not agree to be named is there without name and without words of theirs: what is left is what the totals tell.
 * `salt`: random, and forgotten after the export.
 */
export function exportRow(person: ExportedPerson, waveMonths: number, salt: string): ExportRow {
  const { record, checkIn, thirdParty, planned, erased } = person;
  const isNamed = person.namesConsent === 'named' && !erased;
  const group = groupOf(person);
  const answer = group === 'erased' ? null : record;
  const main = answer === null ? null : mainActivity(answer.activities);
  return {
    person: createHash('sha256').update(`${salt}:${person.personId}`, 'utf8').digest('hex').slice(0, 12),
    name: isNamed ? person.name : null,
    cohort: person.cohortName,
    wave_months: waveMonths,
    group,
    asked: checkIn?.asked ?? false,
    basis: answer?.basis ?? null,
    carried_forward: answer?.carriedForward ?? null,
    place: answer === null || answer.basis === 'read' ? null : placeOf(answer.activities),
    main_kind: main?.kind ?? null,
    main_track: main?.track ?? null,
    main_commitment: main?.commitment ?? null,
    organisation: isNamed ? (main?.organisation ?? null) : null,
    role: isNamed ? (main?.role ?? null) : null,
    influence_rating: answer?.influence.rating ?? null,
    influence_channels: answer?.influence.channels.join(' ') || null,
    third_party: thirdParty !== null,
    third_party_place: thirdParty === null ? null : (placeOf(thirdParty.activities) ?? 'unclear'),
    planned_place: planned === null || planned.basis === 'read' ? null : placeOf(planned.activities),
  };
}

/** In an order that says nothing of the roster's. */
export function inNoOrder(rows: readonly ExportRow[]): readonly ExportRow[] {
  const key = ({ cohort, person, wave_months: wave }: ExportRow) => `${cohort} ${person} ${String(wave).padStart(3, '0')}`;
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
