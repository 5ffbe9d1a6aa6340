import type { InviteCommand } from '../domain/cohort-commands.js';
import { type Invitation, invitationMessage, invitedText, whyNoInvitation } from '../domain/invitation.js';
import { type Message, say } from '../domain/message.js';
import { cohortsThereAre, noSuchCohort } from '../domain/organiser-command.js';
import type { Address } from '../domain/people.js';
import type { Beside, OrganiserPorts, Place } from '../organiser-ports.js';

const WHERE = say(
  'In which channel? Write it there, or add the channel behind it, such as: invite ARENA 2.0 --channel slack:C0123',
);

/** Posts the invitation of a cohort into the channel where that was asked for, or another; once for each time it is asked. */
export async function invite(ports: OrganiserPorts, place: Place, command: InviteCommand, beside: Beside): Promise<Message> {
  const { programme, asker, now } = place;
  const { platform } = asker.account;
  const here = beside.channelId ? { platform, id: beside.channelId } : null;
  const channel = command.channel ?? here;
  if (channel === null) return WHERE;
  if (!ports.messengers.has(channel.platform)) return say(`I am not connected to ${channel.platform} here.`);
  const found = await invitationFor(ports, place, command.cohort);
  if ('parts' in found) return found;
  const refusal = whyNoInvitation(found);
  if (refusal !== null) return say(refusal);
  const to: Address = { ...channel, what: 'channel' };
  const event = { platform, eventId: beside.eventId ?? now.toISOString() };
  await ports.enrolments.invite(found, to, invitationMessage(found), event, now);
  const detail = { cohortId: found.cohort.id, channel: `${channel.platform}:${channel.id}` };
  const actor = `${platform}:${asker.account.id}`;
  await ports.programmes.writeLog({ programmeId: programme.id, at: now, actor, what: 'invitation_posted', detail });
  ports.wakeSender();
  return invitedText(found.cohort.name);
}

/** Without a name the only cohort there is. */
async function invitationFor(ports: OrganiserPorts, { programme }: Place, name: string | null): Promise<Invitation | Message> {
  const all = (await ports.programmes.cohortsOf(programme.id)).map((each) => each.cohort);
  const going = all.filter((each) => each.archivedAt === null);
  const names = all.map((each) => each.name);
  if (name === null) {
    const [only] = going.length === 1 ? going : [];
    return only ? { programme, cohort: only } : say(`Which cohort? Write its name behind “invite”. ${cohortsThereAre(names)}`);
  }
  const cohort = all.find((each) => each.name.toLowerCase() === name.toLowerCase());
  return cohort ? { programme, cohort } : say(noSuchCohort(name, names, programme.name));
}
