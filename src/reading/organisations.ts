import { readFileSync } from 'node:fs';
import { TRACKS, type Track } from '../domain/career-update.js';
import { bare, type Token } from './words.js';

/** A body known by name. `track`: what a bare mention of it means; null where it does several things. */
export type Organisation = {
  readonly name: string;
  readonly sort: string;
  readonly track: Track | null;
  /** Its name is a common word, a city or a product too. */
  readonly ambiguous: boolean;
};

/** Tokens `from` up to but not including `to` that spell a known name. */
export type KnownName = {
  readonly from: number;
  readonly to: number;
  readonly organisation: Organisation;
  readonly isAlias: boolean;
};

type Entry = { readonly organisation: Organisation; readonly spelling: string; readonly isAlias: boolean };

const LONGEST_NAME = 7;

let index: Map<string, Entry> | undefined;
let wordCounts: Map<string, number> | undefined;

/** How common a word is in the names of known bodies, from 0 (in none) to 3 ("Institute"): what a name of its kind is made of. */
export function nameWordWeight(word: string): number {
  table();
  const count = wordCounts?.get(bare(word)) ?? 0;
  return count === 0 ? 0 : count < 4 ? 1 : count < 25 ? 2 : 3;
}

/** Letters and digits alone, lower case, no accents, no leading article: two spellings of one name agree on it. */
export function nameKey(name: string): string {
  return bare(name)
    .replace(/^the /, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The organisation of this name or alias, in whatever spelling; null where it is not in the table. */
export function organisationNamed(name: string): Organisation | null {
  return table().get(nameKey(name))?.organisation ?? null;
}

/** How the table spells this name or alias; null where it is not in the table. */
export function spellingOf(name: string): string | null {
  return table().get(nameKey(name))?.spelling ?? null;
}

/** The usual name of a body and all that it is called, by any of these; null where it is not in the table. */
export function namesOf(name: string): { readonly usual: string; readonly all: readonly string[] } | null {
  const organisation = organisationNamed(name);
  if (organisation === null) return null;
  const all = [...table().values()].filter((entry) => entry.organisation === organisation).map(({ spelling }) => spelling);
  return { usual: organisation.name, all };
}

/** The known names in a run of tokens, the longest at each place, left to right. */
export function knownNames(tokens: readonly Token[]): readonly KnownName[] {
  const names: KnownName[] = [];
  for (let from = 0; from < tokens.length; from++) {
    const found = longestNameAt(tokens, from);
    if (!found) continue;
    names.push(found);
    from = found.to - 1;
  }
  return names;
}

function longestNameAt(tokens: readonly Token[], from: number): KnownName | null {
  let key = '';
  let longest: KnownName | null = null;
  for (let to = from + 1; to <= Math.min(tokens.length, from + LONGEST_NAME); to++) {
    const token = tokens[to - 1];
    if (!token || token.text === '\n' || token.text === '.' || token.text === ',') break;
    key += token.lower === 'the' && to === from + 1 ? '' : nameKey(token.lower);
    const entry = key === '' ? undefined : table().get(key);
    if (entry && fits(entry, tokens.slice(from, to)))
      longest = { from, to, organisation: entry.organisation, isAlias: entry.isAlias };
  }
  return longest;
}

/** Short names and names that are words count only in their own spelling: "ARC", not "arc"; "Meta", not "meta". */
function fits({ spelling, organisation }: Entry, tokens: readonly Token[]): boolean {
  const written = tokens.map(({ text }) => text).join(' ');
  const letters = spelling.replace(/[^\p{L}]/gu, '');
  if (letters.length <= 2) return written === spelling;
  if (letters.length === 3 && spelling === spelling.toUpperCase())
    return written === spelling || !COMMON_THREE.has(written.toLowerCase());
  return !organisation.ambiguous || /\p{Lu}/u.test(written) || !COMMON_WORDS.has(written.toLowerCase());
}

const COMMON_THREE = new Set(
  'all and any are arc art ask big bis bit can car cat did dog eat end far few for fun get got had has her him his how its job lab law let lot map may mit new not now off old one our out own pay per put ran run sad saw say see set she sit six ten the too top try two use via was way who why win yes yet you aim alt air arb ria act ace add age ago aid cop dad mum mom kid led net odd pet pie pop raw red sun tea tip und van war web'.split(
    ' ',
  ),
);

// Names of the table that are everyday words when written small.
const COMMON_WORDS = new Set(
  'accel adapt adept adjust affirm alchemy altair anthem apart arcadia arena argos astra atlas aurora away band bath beam benchling block blackboard boots bolt bounce box branch brave breeze bright bridge bristol canvas caption cash chapter character chime circle clear climate coda common compass conjecture convergence cohere context course craft current deel deep digital discord elastic element encode epoch era every everyday express faculty figure flow focus forge form forward foundry founders frame front general generation glean gradient guardian harbour haven helix hive home horizon hub impact index insider instant institute interim justice kaggle labs lancet light lighthouse lime linear loom mail make manifold maps mars measure mention merit meta method metro mint mirror mission modal monday motion nature next notion nova nuance observer open orbit otter oxford pace palm partners patch path pattern peak people perplexity pilot pioneer pivotal plaid post press prime princess prism progress promise proof public pulse quanta quest ramp range reach reading relay replicate report research respond resolve ripple robin rock root runway sage scale science scout seed sequence shell shift signal silo slack slate snap society spar spark speed spin split spring sprout square stage standard star state station stem stripe summit sun surge swift target tech together times torch touch track transformer trust tune turn twist unity upwork valley verge vice view vision watch wave wayfair whoop wing wise work world writer zoom lead next apply timely toast'.split(
    ' ',
  ),
);

function table(): Map<string, Entry> {
  index ??= readTable();
  return index;
}

function readTable(): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const aliases: [string, Entry][] = [];
  const words = new Map<string, number>();
  const lines = readFileSync(new URL('./data/organisations.tsv', import.meta.url), 'utf8').split('\n');
  for (const line of lines) {
    const [name, sort = '', track = '', ambiguous, ...others] = line.split('\t');
    if (!name) continue;
    const organisation: Organisation = {
      name,
      sort,
      track: TRACKS.find((known) => known === track) ?? null,
      ambiguous: ambiguous === '1',
    };
    for (const word of new Set(bare(name).split(/[^\p{L}\p{N}]+/u))) words.set(word, (words.get(word) ?? 0) + 1);
    entries.set(nameKey(name), { organisation, spelling: name, isAlias: false });
    for (const alias of others) aliases.push([nameKey(alias), { organisation, spelling: alias, isAlias: true }]);
  }
  wordCounts = words;
  // A usual name wins over another body's alias.
  for (const [key, entry] of aliases) if (key && !entries.has(key)) entries.set(key, entry);
  return entries;
}
