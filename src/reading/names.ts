import { nameKey, type Organisation, spellingOf } from './organisations.js';

// Words that a name is said without: "Apollo" for Apollo Research, "Scale" for Scale AI, "Lambda Labs" for Lambda.
const SUFFIXES =
  /(?:[ .](?:Labs?|Research|Fellowships?|Fellows|Residency|Program(?:me)?|Institute of Technology|uni|university)|[ .]?AI)$/iu;
const SAID_SHORT = ['safety_org', 'lab', 'programme', 'university'];
const ACRONYM = /^\p{Lu}{2,6}$/u;

/**
 * The name under which a person who codes with care writes a known body: its usual one for a shortening ("Redwood"), for small
 * letters and for a lab's initials; the writer's own for other initials ("CLTR"), for a part of a larger body ("BBC World Service")
 * and for a name of its own.
 */
export function nameFor(organisation: Organisation, written: string): string {
  const said = written.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').replace(/^the (?=\p{Lu})/iu, '');
  const [own, usual] = [nameKey(said), nameKey(organisation.name)];
  const alias = spellingOf(said);
  if (own === usual || !alias) return organisation.name;
  if (ACRONYM.test(alias)) return keepsInitials(organisation, alias) ? alias : organisation.name;
  if (!/^\p{Lu}/u.test(said)) return organisation.name;
  if (usual.includes(own)) return isUsuallyLonger(organisation, alias) ? organisation.name : alias;
  if (own.includes(usual))
    return organisation.sort === 'programme' || SUFFIXES.test(said) || !/ \p{Lu}/u.test(said) ? organisation.name : alias;
  return alias;
}

function keepsInitials({ name, sort }: Organisation, initials: string): boolean {
  return sort !== 'lab' && !name.split(/[\s.]+/).includes(initials);
}

function isUsuallyLonger({ name, sort }: Organisation, alias: string): boolean {
  return SAID_SHORT.includes(sort) || SUFFIXES.test(name) || sort === 'government' || nameKey(alias).length < 4;
}

/** A name that the table does not know, without its legal form, its town and the post held there. */
export function plainName(name: string): string {
  return name
    .replace(/^.* (?:for|at) the (?=\p{Lu})/u, '')
    .replace(/,? (?:Ltd|Limited|Inc|LLC|GmbH|CIC|BV|SAS|plc)\.?$/u, '')
    .replace(/(?<= \p{Lu}?\p{L}+) in \p{Lu}[\p{L}-]+$/u, '');
}
