import type { Entry } from './ledger.js';
import type { Roster } from './roster.js';

/** Somebody who has just come into a channel may see what was on its way there. */
const JUST_CAME_MS = 2_500;

/** Nobody but the person and the organisers of their programme sees a name. */
export function namesOn({ alumni, programmes, outsider }: Roster): (entry: Entry) => string | null {
  const secrets = alumni.map(({ account, name, programme }) => ({ id: account.id, parts: name.split(' '), programme }));
  const organisersOf = new Map(programmes.map((each) => [each.name, new Set(each.organisers.map(({ id }) => id))]));
  const channels = new Map(programmes.map((each) => [each.channel, each]));
  let outsiderSince: number | null = null;
  return ({ what, who, raw, real, words }) => {
    if (what === 'turned' && who === outsider.id) {
      outsiderSince = words === 'comes' ? real : null;
      return null;
    }
    if (raw === undefined) return null;
    const channel = channels.get(who);
    const mayRead = (programme: string) => {
      const isWatched = outsiderSince !== null && real - outsiderSince > JUST_CAME_MS;
      if (channel) return channel.audience === 'organisers' && channel.name === programme && !isWatched;
      return organisersOf.get(programme)?.has(who) ?? false;
    };
    const seen = secrets.find(
      ({ id, parts, programme }) => id !== who && parts.some((part) => raw.includes(part)) && !mayRead(programme),
    );
    return seen ? `somebody saw the name of ${seen.id}, an alumnus of ${seen.programme}` : null;
  };
}
