import type { Account } from './people.js';
import { checkRoster, type Reach, type RosterColumn, type RosterLine, type RosterProblem, type RosterTable } from './roster.js';
import { isBlank, readDiscordId, readSlackId, shown } from './roster-fields.js';
import { isTimeZone } from './settings.js';

/** What a platform says of somebody who may be on a list. */
export type Found = {
  readonly account: Account;
  readonly name: string;
  readonly email: string | null;
  readonly timeZone: string | null;
  readonly standing: 'member' | 'guest' | 'external' | 'bot' | 'deactivated' | 'left';
};

/** Somebody who is not brought in, and why, in words. */
export type LeftOut = { readonly name: string; readonly why: string };

const WHY_LEFT_OUT = {
  bot: 'a bot',
  deactivated: 'the account is switched off',
  left: 'no longer here',
  external: 'of another workspace, where I cannot write',
  organiser: 'an organiser of this programme; a list can bring them in, if they took part',
} as const;

/** Everybody of a channel or group as lines of a list; who cannot be written to, or is there to organise, is told apart. */
export function linesOfMembers(
  members: readonly Found[],
  organisers: ReadonlySet<string>,
): { readonly lines: readonly RosterLine[]; readonly leftOut: readonly LeftOut[] } {
  const lines: RosterLine[] = [];
  const leftOut: LeftOut[] = [];
  for (const { account, name, email, timeZone, standing } of members) {
    const why = standing === 'member' || standing === 'guest' ? (organisers.has(account.id) ? 'organiser' : null) : standing;
    if (why !== null) leftOut.push({ name, why: WHY_LEFT_OUT[why] });
    else {
      const id = { slack: '', discord: '', [account.platform]: account.id };
      const cells = {
        name,
        slack: id.slack,
        discord: id.discord,
        email: email ?? '',
        timezone: timeZone !== null && isTimeZone(timeZone) ? timeZone : '',
      };
      lines.push({ line: lines.length + 1, cells });
    }
  }
  return { lines, leftOut };
}

export type IdColumn = 'slack' | 'discord';
/** Something to be looked up on a platform before a line can be taken in. */
export type LookUp = {
  readonly line: number;
  readonly platform: IdColumn;
  readonly by: 'id' | 'handle' | 'email';
  readonly value: string;
};

const READ_ID = { slack: readSlackId, discord: readDiscordId } as const;

/** The name behind an @, where that stands in a column for ids; null where there is none. */
export function handleIn(column: IdColumn, cell: string): string | null {
  const typed = cell.trim();
  if (READ_ID[column](typed).ok) return null;
  const [, name] = /^@?([\p{L}\p{N}][\p{L}\p{N}._-]{0,79})$/u.exec(typed) ?? [];
  // Without the @, capitals or digits alone are an id that went wrong rather than a name.
  if (name === undefined || (!typed.startsWith('@') && (name !== name.toLowerCase() || /^[\d.]+$/.test(name)))) return null;
  return name;
}

/** Ids are looked up to tell bots and people who are gone; on a longer list that would take too long. */
const MOST_IDS = 500;

/** What has to be looked up: names behind an @, e-mail addresses of people with no Slack account named, and ids of a list that is not long. */
export function lookUpsOf(lines: readonly RosterLine[], platforms: readonly IdColumn[]): readonly LookUp[] {
  return lines.flatMap(({ line, cells }) =>
    platforms.flatMap((platform): LookUp[] => {
      const cell = cells[platform];
      const handle = handleIn(platform, cell);
      if (handle !== null) return [{ line, platform, by: 'handle', value: handle }];
      const id = READ_ID[platform](cell);
      if (id.ok) return lines.length > MOST_IDS ? [] : [{ line, platform, by: 'id', value: id.value }];
      const email = cells.email.trim();
      return platform === 'slack' && isBlank(cell) && email !== '' ? [{ line, platform, by: 'email', value: email }] : [];
    }),
  );
}

export type LookedUp = LookUp & { readonly found: Found | null };

/** The lines with everything filled in that was found. */
export type Resolved = {
  readonly lines: readonly RosterLine[];
  readonly leftOut: readonly LeftOut[];
  /** People who are on the list all the same, but are not on the platform, as far as it tells. */
  readonly notThere: readonly string[];
  readonly problems: readonly RosterProblem[];
};

export function withLookedUp(lines: readonly RosterLine[], looked: readonly LookedUp[]): Resolved {
  const ofLine = new Map<number, LookedUp[]>();
  for (const each of looked) ofLine.set(each.line, [...(ofLine.get(each.line) ?? []), each]);
  const all = lines.map((line) => resolvedLine(line, ofLine.get(line.line) ?? []));
  return {
    lines: all.flatMap((each) => each.lines),
    leftOut: all.flatMap((each) => each.leftOut),
    notThere: all.flatMap((each) => each.notThere),
    problems: all.flatMap((each) => each.problems),
  };
}

function resolvedLine({ line, cells }: RosterLine, theirs: readonly LookedUp[]): Resolved {
  const name = cells.name.trim();
  const bot = theirs.find(({ found }) => found?.standing === 'bot')?.found;
  if (bot) return { lines: [], leftOut: [{ name: name || bot.name, why: WHY_LEFT_OUT.bot }], notThere: [], problems: [] };
  const filled: Record<RosterColumn, string> = { ...cells };
  const notThere: string[] = [];
  const problems: RosterProblem[] = [];
  for (const { by, platform, value, found } of theirs) {
    if (found) {
      filled[platform] = found.account.id;
      if (isBlank(filled.name)) filled.name = found.name;
      notThere.push(...unreachableNow(filled.name, found));
    } else if (by === 'handle') problems.push({ line, column: platform, message: noSuchHandle(platform, value) });
    else notThere.push(`${name || value} (${by === 'email' ? value : `${platform} ${value}`})`);
  }
  return { lines: [{ line, cells: filled }], leftOut: [], notThere, problems };
}

/** They took part, so they stay in every count, as somebody who cannot be reached. */
const unreachableNow = (name: string, { standing }: Found): readonly string[] =>
  standing === 'deactivated' || standing === 'left' || standing === 'external' ? [`${name} (${WHY_LEFT_OUT[standing]})`] : [];

const noSuchHandle = (platform: IdColumn, handle: string) =>
  `${shown(`@${handle}`)} is nobody on ${platform === 'slack' ? 'Slack' : 'Discord'}: expected the name behind the @ as it is now, or the id`;

/** What is wrong with a list whatever is found: so that nobody waits for look-ups to be told of a slip. */
export function earlyProblems(table: RosterTable, reach: Reach, platforms: readonly IdColumn[]): readonly RosterProblem[] {
  const withHandle = new Set<number>();
  const lines = table.lines.map(({ line, cells }) => {
    const handles = platforms.filter((platform) => handleIn(platform, cells[platform]) !== null);
    if (handles.length > 0) withHandle.add(line);
    return { line, cells: { ...cells, ...Object.fromEntries(handles.map((each) => [each, ''])) } };
  });
  const checked = checkRoster({ ...table, lines }, reach);
  // Somebody named by a handle can be reached, once that is looked up.
  return checked.ok ? [] : checked.error.filter(({ line, column }) => column !== null || line === null || !withHandle.has(line));
}
