import { isHidden } from './estimate.js';
import type { Place } from './main-activity.js';
import type { Report } from './report.js';
import { placeWords } from './report-words.js';
import { listInWords } from './wording.js';

/** In a few lines what the people of a public report mainly do, with words where a number is hidden; none where nobody is known. */
export function publicLines({ people, tracks, seeking, onBreak }: Report): readonly string[] {
  if (people.answered === 0) return [];
  const places = [
    ...Object.entries(tracks).map(([track, { main }]) => [track, main] as const),
    ['seeking', seeking] as const,
    ['on_break', onBreak] as const,
  ];
  const untold: Place[] = [];
  const told = places.flatMap(([place, each]): readonly string[] => {
    if (!isHidden(each)) return each.count === 0 ? [] : [`${placeWords(place)}: ${each.count} of ${each.known} known`];
    if (each.fewerThan !== null) return [`${placeWords(place)}: fewer than ${each.fewerThan}`];
    untold.push(place);
    return [];
  });
  if (untold.length === 0) return told;
  if (told.length === 0) return ['What they mainly do is not shown: it could be told of whom the numbers speak.'];
  return [...told, `${listInWords(untold.map(placeWords))}: not shown, since the rest would follow from it`];
}
