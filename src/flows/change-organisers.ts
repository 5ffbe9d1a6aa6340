import { type Message, say } from '../domain/message.js';
import { readOrganiserName } from '../domain/organiser-names.js';
import { type OrganiserName, organiserText } from '../domain/people.js';
import { fail, ok, type Result } from '../domain/result.js';
import type { OrganiserPorts, Place } from '../organiser-ports.js';

const LOOK_UP_FAILED = 'I could not look them up just now, so nothing has changed. Please try again in a minute.';

/** Puts somebody on the list of organisers, or takes them off it; the last one stays. */
export async function changeOrganisers(
  ports: OrganiserPorts,
  { programme, asker, now }: Place,
  change: 'add' | 'remove',
  typed: string,
): Promise<Message> {
  if (programme.archivedAt && change === 'add') return say(`${programme.name} is archived, so nobody can be added to it.`);
  const named = await nameMeant(ports, asker.account.platform, typed);
  if (!named.ok) return say(named.error);
  const who = organiserText(named.value);
  const all = await ports.programmes.organisersOf(programme.id);
  if (change === 'remove') {
    const isOne = all.some((each) => organiserText(each) === who);
    if (!isOne) return say(`${who} is not on the list. “organisers” shows who is.`);
    if (all.length === 1)
      return say(`${who} is the last one on the list, and somebody has to be. First add another: organisers add …`);
    await ports.programmes.removeOrganiser(programme.id, named.value);
  } else if (!(await ports.programmes.addOrganiser(programme.id, named.value, now)))
    return say(`${who} is an organiser of ${programme.name} already.`);
  const detail = named.value.kind === 'email' ? {} : { account: who };
  const actor = `${asker.account.platform}:${asker.account.id}`;
  const what = change === 'add' ? 'organiser_added' : 'organiser_removed';
  await ports.programmes.writeLog({ programmeId: programme.id, at: now, actor, what, detail });
  return change === 'add'
    ? say(`${who} is an organiser of ${programme.name} from now on, and may ask me all that you may.`)
    : say(`${who} is no longer an organiser of ${programme.name}.`);
}

/** By mention, id or address; else by the name behind an @, of a person or of a group. */
async function nameMeant(
  { messengers }: OrganiserPorts,
  platform: 'slack' | 'discord' | 'terminal',
  typed: string,
): Promise<Result<OrganiserName, string>> {
  const name = readOrganiserName(typed);
  if (name) return ok(name);
  const handle = typed.trim().replace(/^@/, '');
  const directory = messengers.get(platform)?.directory;
  const person = await directory?.byHandle(handle);
  if (person?.ok && person.value) return ok({ kind: 'account', account: person.value.account });
  const group = await directory?.groupNamed?.(handle);
  if (group?.ok && group.value) return ok({ kind: 'group', group: { platform, id: group.value } });
  if (person?.ok === false || group?.ok === false) return fail(LOOK_UP_FAILED);
  return fail(
    `I do not know who “${typed}” is. Write @ and their name, an e-mail address, or the name of a user group or role, such as: organisers add ada@example.org`,
  );
}
