import type { Activity } from '../../src/domain/career-update.js';
import type { ReplyText } from '../../src/domain/reply.js';
import { nameKey, organisationNamed } from '../../src/reading/organisations.js';

export type Pair = { readonly gold: Activity; readonly read: Activity };

/**
 * Pairs what was read with what is true, best pairs first. A pair must share words of evidence (half of the shorter one),
 * or else state the same kind at the same named organisation.
 */
export function pairUp(reply: ReplyText, gold: readonly Activity[], read: readonly Activity[]): readonly Pair[] {
  const possible = gold
    .flatMap((one, g) => read.map((other, r) => ({ g, r, fitness: fitnessOf(reply, one, other) })))
    .filter(({ fitness }) => fitness > 0);
  possible.sort((a, b) => b.fitness - a.fitness || a.g - b.g || a.r - b.r);
  const usedGold = new Set<number>();
  const usedRead = new Set<number>();
  return possible.flatMap(({ g, r }) => {
    const [one, other] = [gold[g], read[r]];
    if (usedGold.has(g) || usedRead.has(r) || !one || !other) return [];
    usedGold.add(g);
    usedRead.add(r);
    return [{ gold: one, read: other }];
  });
}

function fitnessOf(reply: ReplyText, gold: Activity, read: Activity): number {
  const shared = overlap(reply, gold.evidence, read.evidence);
  const kind = gold.kind === read.kind ? 0.5 : 0;
  const organisation = sameOrganisation(gold.organisation, read.organisation) ? 0.5 : 0;
  const sameThing = kind > 0 && organisation > 0 && gold.organisation !== null;
  return shared >= 0.5 || sameThing ? shared + kind + organisation : 0;
}

/** The share of the shorter run of text that both cover, in the message where the first stands. */
function overlap(reply: ReplyText, one: string, other: string): number {
  const message = reply.messages.find((text) => text.includes(one) && text.includes(other));
  if (message === undefined) return 0;
  const [a, b] = [message.indexOf(one), message.indexOf(other)];
  const shared = Math.min(a + one.length, b + other.length) - Math.max(a, b);
  return Math.max(0, shared) / Math.min(one.length, other.length);
}

/** Case, accents, marks and a leading article aside; null equals null. */
export function sameText(one: string | null, other: string | null): boolean {
  return one === null || other === null ? one === other : nameKey(one) === nameKey(other);
}

/** As `sameText`, and two names that the table knows for one body are the same: "CAIS" and "Center for AI Safety". */
export function sameOrganisation(one: string | null, other: string | null): boolean {
  if (sameText(one, other)) return true;
  const known = one === null ? null : organisationNamed(one);
  return known !== null && other !== null && known === organisationNamed(other);
}

export function isCore({ gold, read }: Pair): boolean {
  return (
    gold.kind === read.kind &&
    gold.status === read.status &&
    gold.track === read.track &&
    sameOrganisation(gold.organisation, read.organisation)
  );
}

/** The same with organisations compared as they are written, aliases told apart. */
export function isStrictCore(pair: Pair): boolean {
  return isCore(pair) && sameText(pair.gold.organisation, pair.read.organisation);
}
