import { servedTogether } from './check-in.js';
import type { Change } from './conversation.js';
import { button, controls, type Message, OWN_KEY, paragraph, withKey } from './message.js';
import { ME_KEY } from './pressed.js';
import type { OptOut } from './reply.js';
import { closeCheckIn, type Place, readNow, tell } from './reply-changes.js';
import { type NewRecord, record } from './reply-record.js';
import { stopped } from './transitions.js';
import { ASK_ERASE_TEXT, ASK_STOP_TEXT, LABELS, stoppedText } from './wording.js';

/**
 * Somebody wants out, and says so clearly. A stop is carried out at once, an erasure once they have said yes to it. What they told
 * beside it is kept, without a card; `told` is null where they told nothing.
 */
export function onOptOut(place: Place, wants: OptOut['wants'], told: NewRecord | null): readonly Change[] {
  const { conversation, reply, now } = place;
  const state = told ? 'read' : reply.stored ? reply.state : 'closed';
  const kept = told ? [record(reply, told), ...closeCheckIn(place)] : [];
  if (wants === 'erase') return [readNow(place, state), ...kept, ...askBack(place, wants)];
  const programmes = conversation.participations.map((each) => each.programme);
  const ids = programmes.map((each) => each.id);
  const answeredIds =
    told && reply.checkInId !== null ? servedTogether(conversation, reply.checkInId).map((each) => each.id) : [];
  const ending = stopped(conversation, ids, now).filter(
    (change) => !(change.kind === 'check_in' && answeredIds.includes(change.checkIn.id)),
  );
  const message = stoppedMessage(
    programmes.map((each) => each.name),
    OWN_KEY,
  );
  return [readNow(place, state), ...kept, ...ending, ...tell(place, message)];
}

/** What may have been meant as a stop or an erasure is asked back, never guessed. */
export function askBack(place: Place, wants: OptOut['wants']): readonly Change[] {
  const question =
    wants === 'erase'
      ? yesOrNo('erase', ASK_ERASE_TEXT, LABELS.yesErase, LABELS.noErase)
      : yesOrNo('stop', ASK_STOP_TEXT, LABELS.yesStop, LABELS.noStop);
  return tell(place, question);
}

export const stoppedMessage = (programmes: readonly string[], key: string): Message => ({
  parts: [paragraph(stoppedText(programmes)), controls(button('resume', key, LABELS.resume))],
});

export function yesOrNo(verb: 'erase' | 'stop', text: string, yes: string, no: string): Message {
  return {
    parts: [
      paragraph(text),
      controls(button(verb, OWN_KEY, yes, { choice: 'yes', style: 'danger' }), button(verb, OWN_KEY, no, { choice: 'no' })),
    ],
  };
}

/** In an answer that is no delivery of its own: it speaks for whoever presses it. */
export const ASK_ERASE: Message = withKey(yesOrNo('erase', ASK_ERASE_TEXT, LABELS.yesErase, LABELS.noErase), ME_KEY);
