import { csvText } from '../../../adapters/csv-text.js';
import { renderMessage } from '../../../adapters/terminal/render.js';
import { peoplePicture } from '../../domain/pictures.js';
import { WIDTH } from '../../domain/report-layout.js';
import { reportPage } from '../../domain/report-page.js';
import { reportRows } from '../../domain/report-rows.js';
import { reportText } from '../../domain/report-text.js';
import { unreachable } from '../../domain/result.js';
import { digestNow, postDigestNow } from '../../flows/publish-digests.js';
import { makeReport } from '../../flows/report.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';
import { DONE, failed, jsonText, type Voice } from '../shell.js';
import { theProgramme } from './find.js';
import { boundsPictures, drawAll, reportsByWave } from './pictured.js';
import { quoted } from './programme.js';

export async function sayReport(room: Room, request: RequestOf<'report'>, voice: Voice): Promise<number> {
  const { ports } = room;
  const { cohorts, waveMonths, asOf, audience, format } = request;
  const programme = await theProgramme(ports.programmes, request.programme);
  const made = await makeReport(ports, {
    programme,
    cohorts,
    audience,
    openedBy: COMMAND_LINE,
    ...(waveMonths === null ? {} : { waveMonths }),
    ...(asOf === null ? {} : { asOf }),
  });
  if (!made.ok) throw failed(made.error.message);
  const report = made.value;
  switch (format) {
    case 'text':
      voice.out(reportText(report));
      break;
    case 'json':
      voice.out(jsonText(report));
      break;
    case 'csv':
      voice.out(csvText(reportRows([report])));
      break;
    case 'png': {
      const picture = peoplePicture(await reportsByWave(room, programme, request, report));
      if (picture === null) throw failed('Nobody is on the roster yet: there is nothing to draw');
      const { drawPng } = await import('../../../adapters/charts/draw.js');
      voice.out(Buffer.from(await drawPng(picture)).toString('base64'));
      voice.err(`${picture.alt}\n`);
      break;
    }
    case 'html':
      voice.out(
        reportPage(
          report,
          await drawAll(await reportsByWave(room, programme, request, report), await boundsPictures(room, report)),
        ),
      );
      break;
    default:
      return unreachable(format);
  }
  return DONE;
}

export async function sayDigest({ ports }: Room, request: RequestOf<'digest'>, voice: Voice): Promise<number> {
  const programme = await theProgramme(ports.programmes, request.programme);
  const { name, settings } = programme;
  const now = ports.clock.now();
  if (request.post) {
    const { kind } = await postDigestNow(ports, programme, now);
    switch (kind) {
      case 'no_channel':
        throw failed(`${name} has no channel to post it in: afterwards programme set ${quoted(name)} --channel slack:C0123`);
      case 'posted_already':
        throw failed(`This week's digest of ${name} is posted already`);
      case 'nothing':
      case 'posted':
        if (kind === 'posted') ports.wakeSender();
        voice.out(
          request.json
            ? jsonText({ programme: name, posted: kind === 'posted' })
            : kind === 'posted'
              ? 'It is on its way to the channel.\n'
              : `${NOTHING}\n`,
        );
        return DONE;
    }
  }
  const audience = request.audience ?? settings.channelAudience;
  const message = await digestNow(ports, programme, now, { audience });
  if (request.json) voice.out(jsonText({ programme: name, audience, message }));
  else if (message === null) voice.err(`${NOTHING}\n`);
  else voice.out(`${renderMessage(message, { colour: false, width: WIDTH, numbered: false })}\n`);
  return DONE;
}

const NOTHING = 'Nothing has happened since the last digest: there is nothing to post.';
