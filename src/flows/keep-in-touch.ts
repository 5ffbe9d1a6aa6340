import { ASK_AGAIN_SOON, decideOnKeep, whyNoInvitation, whyNotTakenIn } from '../domain/invitation.js';
import { type Message, say } from '../domain/message.js';
import { NOT_YOURS } from '../domain/pressed.js';
import { isTimeZone } from '../domain/settings.js';
import type { Answer, IncomingPress, Profile } from '../platform-ports.js';
import type { Ports } from '../ports.js';

/** Takes in a press of “Keep in touch” under an invitation: whoever presses is on the cohort's list from then on. Answers them alone. */
export async function takeInKeep(ports: Ports, { from, eventId, ref }: IncomingPress): Promise<Answer> {
  const only = (answer: Message | null): Answer => ({ answer, form: null });
  const invitation = await ports.enrolments.invitationAt(ref.key);
  if (!invitation) return only(NOT_YOURS.answer);
  const refusal = whyNoInvitation(invitation);
  if (refusal !== null) return only(say(refusal));
  const found = await ports.messengers.get(from.platform)?.directory?.profile(from.id);
  if (found && !found.ok) return only(ASK_AGAIN_SOON);
  const profile = found?.value ?? null;
  const notTaken = profile ? whyNotTakenIn(profile.standing) : null;
  if (notTaken) return only(notTaken);
  const newcomer = { ...invitation, ...known(profile), account: from, cameBy: 'invitation' } as const;
  const now = ports.clock.now();
  const event = { platform: from.platform, eventId: `press:${eventId}` };
  const kept = await ports.enrolments.enrol(
    newcomer,
    (conversation, isNew) => decideOnKeep(conversation, { ...newcomer, isNew, now }),
    event,
    now,
  );
  if (kept && kept.changes.length > 0) ports.wakeSender();
  return only(kept?.answer ?? null);
}

function known(profile: Profile | null) {
  const zone = profile?.timeZone ?? null;
  return {
    name: profile?.name ?? null,
    email: profile?.email ?? null,
    timeZone: zone !== null && isTimeZone(zone) ? zone : null,
  };
}
