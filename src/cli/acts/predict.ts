import { boundsPicture } from '../../domain/bounds-picture.js';
import { verdictLines } from '../../domain/on-organiser-predictions.js';
import { reported } from '../../domain/prediction.js';
import { changeLines, type PredictionView, scoresByAuthor, statementText } from '../../domain/prediction-record.js';
import { aligned, counted, wrapped } from '../../domain/report-layout.js';
import { claimLine, outcomeLine } from '../../domain/report-predictions.js';
import { waveWords } from '../../domain/report-words.js';
import type { Result } from '../../domain/result.js';
import { listInWords } from '../../domain/wording.js';
import { amendPrediction, type ChangeRefusal, verifyPredictions, withdrawPrediction } from '../../flows/change-prediction.js';
import {
  listPredictions,
  type PredictRefusal,
  registerPrediction,
  resolveDue,
  resolvePrediction,
  showPrediction,
} from '../../flows/predict.js';
import { boundsOverTime } from '../../flows/prediction-history.js';
import type { RequestOf } from '../request.js';
import { CODEBOOK_VERSION, COMMAND_LINE, type Room } from '../room.js';
import { DONE, FAILED, failed, jsonText, type Voice } from '../shell.js';
import { activeProgramme, theProgramme } from './find.js';

export async function addPrediction(room: Room, request: RequestOf<'predict_add'>, voice: Voice): Promise<number> {
  const { ports, readerVersion } = room;
  const { forecast, json } = request;
  const programme = await activeProgramme(ports.programmes, request.programme);
  const { text, ...claim } = forecast;
  const versions = { codebookVersion: CODEBOOK_VERSION, readerVersion };
  // Reports asked for here were opened by whoever sits at this machine, who may well be the author.
  const made = await registerPrediction(ports, {
    ...claim,
    programme,
    authorAlso: [COMMAND_LINE],
    ...versions,
    ...(text === null ? {} : { text }),
  });
  const view = granted(made);
  const statement = `To put anywhere public before the answers come in, so that nobody has to trust this database:\n\n${statementText(view)}`;
  voice.out(json ? jsonText(view) : `On record as ${view.id}:\n${viewLines(view).join('\n')}\n\n${statement}`);
  return DONE;
}

export async function listAllPredictions({ ports }: Room, request: RequestOf<'predict_list'>, voice: Voice): Promise<number> {
  const programme = await theProgramme(ports.programmes, request.programme);
  const all = await listPredictions(ports, programme);
  if (request.json) voice.out(jsonText(all));
  else if (all.length === 0)
    voice.err(`Nobody has predicted anything about ${programme.name} yet: afterwards predict add --help\n`);
  else {
    const scores = scoresByAuthor(all).map(({ author, decided, of, brier, log }) => [
      author,
      `decided ${decided} of ${of}`,
      brier === null ? '' : `Brier ${brier.toFixed(3)}`,
      log === null ? '' : `log ${log.toFixed(3)}`,
    ]);
    const lines = all.flatMap((each) => [each.id, ...viewLines(each)]);
    voice.out(
      `${[...lines, '', 'SCORES (Brier: 0 is best, 0.25 is a coin; log: 0 is best, -0.693 is a coin)', ...aligned(scores, ['left'])].join('\n')}\n`,
    );
  }
  return DONE;
}

export async function showOnePrediction({ ports }: Room, { id, json }: RequestOf<'predict_show'>, voice: Voice): Promise<number> {
  const view = granted(await showPrediction(ports, id));
  voice.out(json ? jsonText(view) : `${[view.id, ...viewLines(view), ...detailLines(view)].join('\n')}\n`);
  return DONE;
}

export async function resolvePredictions(
  { ports }: Room,
  { id, json }: RequestOf<'predict_resolve'>,
  voice: Voice,
): Promise<number> {
  if (id === null) {
    const resolved = await resolveDue(ports);
    voice.out(json ? jsonText({ resolved }) : `Resolved ${counted(resolved, 'prediction')} whose close date is over.\n`);
    return DONE;
  }
  const view = granted(await resolvePrediction(ports, id));
  voice.out(json ? jsonText(view) : `${[view.id, ...viewLines(view), ...detailLines(view)].join('\n')}\n`);
  return DONE;
}

export async function changePrediction(
  { ports }: Room,
  request: RequestOf<'predict_amend' | 'predict_withdraw'>,
  voice: Voice,
): Promise<number> {
  const { id, reason, by, json } = request;
  const change = { id, reason, ...(by === null ? {} : { by }) };
  const view = granted(
    request.kind === 'predict_amend'
      ? await amendPrediction(ports, { ...change, probability: request.probability, text: request.text })
      : await withdrawPrediction(ports, change),
  );
  voice.out(json ? jsonText(view) : `${[view.id, ...viewLines(view)].join('\n')}\n`);
  return DONE;
}

export async function sayStatement({ ports }: Room, { id }: RequestOf<'predict_statement'>, voice: Voice): Promise<number> {
  voice.out(statementText(granted(await showPrediction(ports, id))));
  return DONE;
}

export async function drawPrediction({ ports }: Room, { id }: RequestOf<'predict_picture'>, voice: Voice): Promise<number> {
  const found = await ports.predictions.find(id);
  if (!found) throw failed(`There is no prediction "${id}": predict list shows their ids, such as p3`);
  const picture = boundsPicture(found.reported, await boundsOverTime(ports, found, ports.clock.now()));
  if (picture === null) throw failed('There is nothing to draw before the day after it was made');
  const { drawPng } = await import('../../../adapters/charts/draw.js');
  voice.out(Buffer.from(await drawPng(picture)).toString('base64'));
  voice.err(`${picture.alt}\n`);
  return DONE;
}

export async function verifyAllPredictions({ ports }: Room, request: RequestOf<'predict_verify'>, voice: Voice): Promise<number> {
  const programme = await theProgramme(ports.programmes, request.programme);
  const verified = await verifyPredictions(ports, programme, request.hash);
  const { chain, lists, noted } = verified;
  const isWhole = chain.kind === 'whole' && lists.every(({ list }) => list !== 'changed') && noted !== null;
  voice.out(
    request.json
      ? jsonText({ programme: programme.name, whole: isWhole, ...verified })
      : `${verdictLines(verified).join('\n')}\n`,
  );
  return isWhole ? DONE : FAILED;
}

function granted(made: Result<PredictionView, PredictRefusal | ChangeRefusal>): PredictionView {
  if (made.ok) return made.value;
  throw failed(made.error.message);
}

/** As reports put it; withdrawn, it is no longer open until anything. */
function viewLines(view: PredictionView): readonly string[] {
  const each = reported(view, view.resolution);
  const outcome = view.withdrawal === null ? wrapped(outcomeLine(each), 4) : [];
  return [...wrapped(claimLine(each)), ...outcome, ...changeLines(view).flatMap((line) => wrapped(line, 4))];
}

function detailLines({ cohorts, roster, waveMonths, seenData, score, createdAt, hash }: PredictionView): readonly string[] {
  const { declared, computed } = seenData;
  const rows = [
    ['about', `${listInWords(cohorts)}, ${waveWords(waveMonths)}, ${counted(roster, 'person', 'people')} on the roster`],
    ['made', createdAt],
    ['by then', `${counted(computed.answers, 'answer')} in, ${counted(computed.reportsOpened, 'report')} opened by the author`],
    ['data seen', declared ? 'yes, by the author’s own word' : 'no, by the author’s own word'],
    ...(score ? [['Brier', score.brier.toFixed(3)]] : []),
    ...(score
      ? [['log', score.log === null ? 'without bound: said to be impossible, and it happened' : score.log.toFixed(3)]]
      : []),
    ['hash', hash],
  ];
  return aligned(rows, ['left', 'left'], 4);
}
