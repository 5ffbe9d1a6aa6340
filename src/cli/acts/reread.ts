import { activityLine } from '../../domain/activity-line.js';
import type { CareerUpdate } from '../../domain/career-update.js';
import { monthsInWords } from '../../domain/wording.js';
import { type RereadReply, type RereadSummary, rereadReplies } from '../../flows/reread-replies.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';
import { DONE, jsonText, type Voice } from '../shell.js';
import { activeProgramme } from './find.js';
import { quoted } from './programme.js';

/** Reads old replies again; people are not named, their replies are told apart by number. */
export async function rereadProgramme(room: Room, request: RequestOf<'reread'>, voice: Voice): Promise<number> {
  const { ports } = room;
  const programme = await activeProgramme(ports.programmes, request.programme);
  const summary = await rereadReplies(ports, programme, request.dryRun);
  const { changed, unchanged, failed, optOuts } = summary;
  if (!request.dryRun) {
    const detail = { changed: changed.length, unchanged, failed };
    await ports.programmes.writeLog({
      programmeId: programme.id,
      at: ports.clock.now(),
      actor: COMMAND_LINE,
      what: 'reread',
      detail,
    });
  }
  if (request.json) voice.out(jsonText({ programme: programme.name, dryRun: request.dryRun, ...summary }));
  else voice.out(`${told(programme.name, summary, request.dryRun).join('\n')}\n`);
  if (failed > 0) voice.err(`${failed} could not be read just now and stay as they are: try again.\n`);
  if (optOuts.length > 0)
    voice.err(
      `Reply ${optOuts.join(', ')}: read today, the words ask to be left alone. Nothing is stopped by this: look at them with: afterwards checkins --programme ${quoted(programme.name)}\n`,
    );
  return DONE;
}

function told(name: string, { changed, unchanged, leftAlone }: RereadSummary, isTrial: boolean): readonly string[] {
  const read = changed.length + unchanged;
  const count = `${changed.length} ${isTrial ? 'would be' : changed.length === 1 ? 'is' : 'are'} different`;
  const rest = [
    leftAlone.settled_by_the_person > 0 ? `${leftAlone.settled_by_the_person} that people confirmed or put right` : '',
    leftAlone.carried_forward > 0 ? `${leftAlone.carried_forward} that said nothing had changed` : '',
    leftAlone.no_record > 0 ? `${leftAlone.no_record} of which nothing was noted` : '',
  ].filter(Boolean);
  return [
    `${name}: ${read} ${read === 1 ? 'reply' : 'replies'} read again; ${count}.`,
    ...changed.flatMap(lines),
    ...(rest.length > 0 ? [`Not touched: ${rest.join(', ')}.`] : []),
    ...(isTrial && changed.length > 0
      ? ['Nothing was changed. Leave out --dry-run to do it; the earlier records are kept.']
      : []),
  ];
}

function lines({ replyId, cohort, waveMonths, before, after, isSurer, reader }: RereadReply): readonly string[] {
  const at = cohort === null || waveMonths === null ? '' : `, ${cohort} after ${monthsInWords(waveMonths)}`;
  const [was, is] = [inWords(before), inWords(after)];
  const surer = isSurer ? ', and surer of its field' : '';
  return [`  Reply ${replyId}${at}, read by ${reader}`, `    was: ${was}`, `    now: ${was === is ? 'the same' : is}${surer}`];
}

const inWords = ({ activities }: CareerUpdate) =>
  activities.length === 0
    ? 'nothing'
    : activities.map((each) => `${activityLine(each)} [${each.kind}, ${each.track}]`).join('; ');
