import { selectedActivity } from '../domain/card.js';
import type { Activity, Kind } from '../domain/career-update.js';
import { kindNamed, type OwnOrganisation, type Trigger } from '../domain/own-words.js';
import type { Reading } from '../domain/reply.js';
import { type OwnTracks, trackNamed } from '../domain/tracks.js';
import { inOwnTracks } from './own-tracks.js';
import { words } from './words.js';

/** What a programme adds to what readers know. */
export type OwnKnowledge = {
  readonly organisations: readonly OwnOrganisation[];
  readonly triggers: readonly Trigger[];
  readonly tracks: OwnTracks;
};

/** How sure a field or kind is that an organiser's own words say: enough to be put to the person, too little to be believed unseen. */
const BY_WORDS = 0.6;
const WITHOUT_ORGANISATION: readonly Kind[] = ['job_search', 'career_break', 'independent_research'];

/** A reading with the programme's own organisations, words and fields put in; whatever read it knows none of these. */
export function inOwnWords(reading: Reading, own: OwnKnowledge): Reading {
  return withWords(inOwnTracks(withOrganisations(reading, own), own.tracks), own);
}

function withOrganisations(reading: Reading, { organisations, tracks }: OwnKnowledge): Reading {
  if (organisations.length === 0) return reading;
  return changed(reading, (activity) => {
    const found = WITHOUT_ORGANISATION.includes(activity.kind) ? undefined : organisationIn(activity, organisations);
    if (!found) return activity;
    const isBare = activity.topic === null && found.track !== null && tracks === null;
    return { ...activity, organisation: found.name, track: isBare ? (found.track ?? activity.track) : activity.track };
  });
}

/** Named in the statement itself, where that names nothing else, or less of the same name. */
function organisationIn({ organisation, evidence }: Activity, all: readonly OwnOrganisation[]): OwnOrganisation | undefined {
  return all.find((own) =>
    [own.name, ...own.also].some((spelling) => {
      if (!ruleFor(spelling).test(evidence)) return false;
      return organisation === null || ruleFor(organisation).test(spelling) || ruleFor(spelling).test(organisation);
    }),
  );
}

function withWords(reading: Reading, { triggers, organisations, tracks }: OwnKnowledge): Reading {
  if (triggers.length === 0 && (tracks === null || organisations.length === 0)) return reading;
  return changed(reading, (activity) => {
    const means = triggers.filter((trigger) => trigger.words.some((word) => ruleFor(word).test(activity.evidence)));
    const said = means.map((each) => trackNamed(each.means, tracks)).find((track) => track !== undefined);
    const kind = means.map((each) => kindNamed(each.means)).find((each) => each !== undefined);
    // The field of an own organisation in a programme with own fields: only where none of their words stands there.
    const its = activity.track === 'unclear' ? organisations.find(({ name }) => name === activity.organisation)?.track : null;
    return { ...activity, kind: kind ?? activity.kind, track: said ?? trackNamed(its ?? '', tracks) ?? activity.track };
  });
}

/** What an organiser's words made of the main activity is as sure as such words are. */
function changed(reading: Reading, change: (activity: Activity) => Activity): Reading {
  const activities = reading.update.activities.map(change);
  const update = { ...reading.update, activities };
  const place = selectedActivity(update) ?? -1;
  const [before, after] = [reading.update.activities[place], activities[place]];
  const sure = (field: 'kind' | 'track') => (before?.[field] === after?.[field] ? reading.confidence[field] : BY_WORDS);
  return { ...reading, update, confidence: { ...reading.confidence, kind: sure('kind'), track: sure('track') } };
}

const rules = new Map<string, RegExp>();
const MOST_RULES = 2_000;

/** Whole words, whatever the capitals and the blanks between; kept, since the same few are asked for at every reply. */
function ruleFor(spelling: string): RegExp {
  const known = rules.get(spelling);
  if (known) return known;
  const rule = words(spelling.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+'));
  if (rules.size >= MOST_RULES) rules.clear();
  rules.set(spelling, rule);
  return rule;
}
