import { NOT_LOOKED_UP } from '../domain/on-organiser-import.js';
import type { ImportFrom } from '../domain/organiser-command.js';
import { earlyProblems, type IdColumn, type LookedUp, type LookUp, linesOfMembers, lookUpsOf } from '../domain/people-list.js';
import { counted } from '../domain/report-layout.js';
import { fail, ok, type Result } from '../domain/result.js';
import type { SendFailure } from '../domain/send-failure.js';
import type { Place as AskedPlace, Beside, OrganiserPorts, PeopleReading, ReadPeople } from '../organiser-ports.js';
import type { Directory, Profile } from '../platform-ports.js';

type Place = AskedPlace & { readonly ports: OrganiserPorts };

const LOOKED_UP_AT_ONCE = 8;

/** Where lists of people come from: a file, or everybody in a channel or with a role; and who is who on their platforms. */
export function peopleReadingOn(ports: OrganiserPorts): PeopleReading {
  return {
    file: (place, bytes) => readList({ ...place, ports }, bytes),
    members: (place, from, beside) => membersList({ ...place, ports }, from, beside),
    toLookUp: (lines) => lookUpsOf(lines, platformsOf(ports)),
    lookUp: (wanted) => lookUp(ports, wanted),
  };
}

/** The platforms on which people can be looked up. */
const platformsOf = (ports: OrganiserPorts): readonly IdColumn[] =>
  (['slack', 'discord'] as const).filter((each) => ports.messengers.get(each)?.directory !== undefined);

function readList(place: Place, bytes: Uint8Array): ReadPeople {
  const { ports } = place;
  const table = ports.readRoster(bytes);
  if (!table.ok) return { kind: 'problems', problems: table.error };
  const { lines, notes } = table.value;
  const problems = earlyProblems(table.value, { emailReaches: ports.emailReaches }, platformsOf(ports));
  const nobody = lines.length === 0 ? notes.map((message) => ({ line: null, column: null, message })) : [];
  if (problems.length > 0 || lines.length === 0) return { kind: 'problems', problems: [...problems, ...nobody] };
  return { kind: 'list', list: { cameBy: 'roster', lines: [...lines], notes: [...notes], leftOut: [], isLookedUp: false } };
}

const says = (message: string): ReadPeople => ({ kind: 'say', message });

/** Everybody of a channel, or with a role; who they are is known by that. */
async function membersList(place: Place, from: ImportFrom, { channelId }: Beside): Promise<ReadPeople> {
  const directory = place.ports.messengers.get(place.asker.account.platform)?.directory;
  if (!directory) return says('That works where people are in channels, on Slack and Discord. Here, use a list: import');
  const group = await groupMeant(directory, from, channelId ?? null);
  if (!group.ok) return says(group.error);
  const members = await directory.membersOf(group.value);
  if (!members.ok) return says(whyNotLookedUp(members.error));
  const { lines, leftOut } = linesOfMembers(members.value, await organisersAmong(place, members.value));
  if (lines.length === 0)
    return says(`Nobody there can be brought in: ${counted(leftOut.length, 'account')}, and none of an alumnus.`);
  const cameBy = from.kind === 'group' ? 'role' : 'channel';
  return { kind: 'list', list: { cameBy, lines: [...lines], notes: [], leftOut: [...leftOut], isLookedUp: true } };
}

type Group = { readonly what: 'channel' | 'group'; readonly id: string };

async function groupMeant(directory: Directory, from: ImportFrom, channelId: string | null): Promise<Result<Group, string>> {
  if (from.kind !== 'group') {
    const id = (from.kind === 'channel' ? from.channel : null) ?? channelId;
    return id === null
      ? fail('Which channel? Write it in the channel of the cohort, where its people are: import members ARENA 2.0')
      : ok({ what: 'channel', id });
  }
  const id = /^(?:<!subteam\^)?(S[A-Z0-9]{4,})(?:\|[^>]*)?>?$|^(?:<@&)?(\d{5,})>?$/.exec(from.group)?.slice(1).find(Boolean);
  if (id !== undefined) return ok({ what: 'group', id });
  const name = from.group.replace(/^@/, '');
  const found = await directory.groupNamed?.(name);
  if (found && !found.ok) return fail(whyNotLookedUp(found.error));
  return found?.value ? ok({ what: 'group', id: found.value }) : fail(`I know no user group or role “${name}”.`);
}

const whyNotLookedUp = (failure: SendFailure) => (failure.kind === 'refused' ? failure.detail : NOT_LOOKED_UP);

async function organisersAmong({ ports, programme, asker }: Place, members: readonly Profile[]): Promise<ReadonlySet<string>> {
  const { platform } = asker.account;
  const ids = new Set([asker.account.id]);
  for (const name of await ports.programmes.organisersOf(programme.id)) {
    if (name.kind === 'account' && name.account.platform === platform) ids.add(name.account.id);
    if (name.kind === 'email')
      for (const { account, email } of members) if (email?.toLowerCase() === name.email) ids.add(account.id);
    if (name.kind === 'group' && name.group.platform === platform) {
      const group = await ports.messengers.get(platform)?.directory?.membersOf({ what: 'group', id: name.group.id });
      if (group?.ok) for (const { account } of group.value) ids.add(account.id);
    }
  }
  return ids;
}

/** Everything that was to be looked up; why not, where one of it could not be. */
async function lookUp(ports: OrganiserPorts, wanted: readonly LookUp[]): Promise<Result<readonly LookedUp[], string>> {
  const waiting = [...wanted];
  const looked: LookedUp[] = [];
  let problem: string | null = null;
  const worker = async () => {
    for (let next = waiting.shift(); next && problem === null; next = waiting.shift()) {
      const directory = ports.messengers.get(next.platform)?.directory;
      const answer = await directory?.[LOOK[next.by]](next.value);
      if (answer?.ok === false) problem = whyNotLookedUp(answer.error);
      else looked.push({ ...next, found: answer?.value ?? null });
    }
  };
  await Promise.all(Array.from({ length: LOOKED_UP_AT_ONCE }, worker));
  return problem === null ? ok(looked) : fail(problem);
}

const LOOK = { id: 'profile', handle: 'byHandle', email: 'byEmail' } as const;
