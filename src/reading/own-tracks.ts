import { selectedActivity } from '../domain/card.js';
import type { Activity, CareerUpdate, Track } from '../domain/career-update.js';
import type { Reading } from '../domain/reply.js';
import { type OwnTrack, type OwnTracks, trackId } from '../domain/tracks.js';

/** How sure a track is that was found by words an organiser thought of: enough to be put to the person, too little to be believed unseen. */
const BY_WORDS = 0.6;

const escaped = (word: string) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The different words of a track that stand in the text: whole words, whatever the capitals, in the plural too. */
const hits = ({ name, words }: OwnTrack, text: string): number =>
  [name.toLowerCase(), ...words].filter((word) =>
    new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word).replaceAll(' ', '\\s+')}(?:e?s)?(?![\\p{L}\\p{N}])`, 'iu').test(text),
  ).length;

/** The track whose words stand in the text most; null where there is none, or two are as good. */
function trackOf(text: string, own: readonly OwnTrack[]): Track | null {
  const counts = own.map((track) => ({ track, count: hits(track, text) }));
  const most = Math.max(...counts.map(({ count }) => count));
  const best = counts.filter(({ count }) => count === most);
  return most > 0 && best.length === 1 && best[0] ? trackId(best[0].track.name) : null;
}

const textOf = ({ role, topic, organisation, evidence }: Activity) =>
  [role, topic, organisation, evidence].filter((each) => each !== null).join(' · ');

/** A reading with each activity in the programme's own tracks, by their words; whatever read it knows those of the codebook alone. */
export function inOwnTracks(reading: Reading, own: OwnTracks): Reading {
  if (own === null) return reading;
  const activities = reading.update.activities.map((each) => ({ ...each, track: trackOf(textOf(each), own) ?? 'unclear' }));
  const update = { ...reading.update, activities };
  const main = activities[selectedActivity(update) ?? -1];
  return { ...reading, update, confidence: { ...reading.confidence, track: main && main.track !== 'unclear' ? BY_WORDS : 0 } };
}

/**
 * A correction in words where the programme has tracks of its own: "no, it's midwifery" names one; a track of the codebook that was read out of the
 * words means nothing there. `corrected`: what was made of them; null where they are no correction.
 */
export function correctedInOwnTracks(
  before: CareerUpdate,
  corrected: CareerUpdate | null,
  words: readonly string[],
  own: OwnTracks,
): CareerUpdate | null {
  if (own === null) return corrected;
  const named = isCorrection(words) ? trackOf(words.join(' '), own) : null;
  if (corrected === null && named === null) return null;
  const base = corrected ?? before;
  const selected = selectedActivity(base);
  const activities = base.activities.map((each, place) => ({
    ...each,
    track: place === selected && named !== null ? named : (before.activities[place]?.track ?? 'unclear'),
  }));
  return activities.length === 0 ? corrected : { ...base, activities };
}

/** Short, and put as one: else it is a statement of its own. */
const isCorrection = (words: readonly string[]) => {
  const text = words.join(' ').trim();
  return (
    text.split(/\s+/).length <= 8 &&
    /^(?:no|nope|actually|sorry|rather|not quite|more like|it['’]?s|i meant|i mean)\b/i.test(text)
  );
};
