import type { Change } from './conversation.js';
import { button, controls, type Message, OWN_KEY, paragraph } from './message.js';
import type { Reading } from './reply.js';
import { closeCheckIn, type Place, readNow, showCard, tell } from './reply-changes.js';
import { asPut, record } from './reply-record.js';
import { stopped } from './transitions.js';
import { ASK_ERASE_TEXT, ASK_STOP_TEXT, LABELS, stoppedText } from './wording.js';

/** Somebody wants out: at once where they say so clearly, asked back where they may have meant something else. */
export function onOptOut(place: Place, reading: Reading): readonly Change[] {
  const { conversation, reply, now } = place;
  const wants = reading.optOut?.wants ?? 'stop';
  const isClear = reading.optOut?.certainty === 'clear';
  const told = reading.update.activities.length > 0;
  const kept = told ? [record(reply, asPut(reading)), ...closeCheckIn(place)] : [];
  if (wants === 'stop' && isClear) {
    const all = conversation.participations.map((each) => each.programme);
    const ending = stopped(
      conversation,
      all.map((each) => each.id),
      now,
    ).filter((change) => !(change.kind === 'check_in' && told && change.checkIn.id === reply.checkInId));
    const message = {
      parts: [paragraph(stoppedText(all.map((each) => each.name))), controls(button('resume', OWN_KEY, LABELS.resume))],
    };
    return [readNow(place, told ? 'read' : 'closed'), ...kept, ...ending, tell(place, message)];
  }
  const question =
    wants === 'erase'
      ? yesOrNo('erase', ASK_ERASE_TEXT, LABELS.yesErase, LABELS.noErase)
      : yesOrNo('stop', ASK_STOP_TEXT, LABELS.yesStop, LABELS.noStop);
  return [
    readNow(place, told ? 'read' : 'closed'),
    ...kept,
    tell(place, question),
    ...(told ? showCard(conversation, reply, now) : []),
  ];
}

export function yesOrNo(verb: 'erase' | 'stop', text: string, yes: string, no: string): Message {
  return {
    parts: [
      paragraph(text),
      controls(button(verb, OWN_KEY, yes, { choice: 'yes', style: 'danger' }), button(verb, OWN_KEY, no, { choice: 'no' })),
    ],
  };
}
