import { scoreLines } from '../../domain/reader-score.js';
import { confirmedReplies } from '../../flows/confirmed-replies.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';
import { DONE, jsonText, type Voice } from '../shell.js';
import { theProgramme } from './find.js';

/** The labelled lines go to the result, the score to the messages; as JSON both are in the result. */
export async function trainOnConfirmed(room: Room, request: RequestOf<'train_on_confirmed'>, voice: Voice): Promise<number> {
  const { ports } = room;
  const programme = await theProgramme(ports.programmes, request.programme);
  const { lines, score, withoutConsent } = await confirmedReplies(ports, programme);
  const detail = { replies: lines.length };
  await ports.programmes.writeLog({
    programmeId: programme.id,
    at: ports.clock.now(),
    actor: COMMAND_LINE,
    what: 'confirmed_exported',
    detail,
  });
  if (request.json) voice.out(jsonText({ programme: programme.name, score, withoutConsent, lines }));
  else {
    voice.out(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    voice.err(`${(lines.length > 0 ? scoreLines(score) : [NOTHING]).join('\n')}\n`);
    if (withoutConsent > 0)
      voice.err(`Left out: ${withoutConsent} confirmed by people who did not agree to be named beside their answers.\n`);
    if (lines.length > 0)
      voice.err('Nothing was trained. The names in the lines are masked; other words are as they were written.\n');
  }
  return DONE;
}

const NOTHING = 'There is nothing yet that somebody wrote, confirmed, and agreed to be named with.';
