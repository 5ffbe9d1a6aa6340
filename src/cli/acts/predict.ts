import { reported } from '../../domain/prediction.js';
import { aligned, counted, wrapped } from '../../domain/report-layout.js';
import { predictionLines } from '../../domain/report-predictions.js';
import { waveWords } from '../../domain/report-words.js';
import type { Result } from '../../domain/result.js';
import { listInWords } from '../../domain/wording.js';
import {
  listPredictions,
  type PredictionView,
  type PredictRefusal,
  registerPrediction,
  resolveDue,
  resolvePrediction,
  scoreboardByAuthor,
  showPrediction,
} from '../../flows/predict.js';
import type { RequestOf } from '../request.js';
import { CODEBOOK_VERSION, COMMAND_LINE, type Room } from '../room.js';
import { DONE, failed, jsonText, type Voice } from '../shell.js';
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
  voice.out(json ? jsonText(view) : `On record as ${view.id}:\n${viewLines(view).join('\n')}\n`);
  return DONE;
}

export async function listAllPredictions({ ports }: Room, request: RequestOf<'predict_list'>, voice: Voice): Promise<number> {
  const programme = await theProgramme(ports.programmes, request.programme);
  const all = await listPredictions(ports, programme);
  const authors = await scoreboardByAuthor(ports, programme);
  if (request.json) voice.out(jsonText(all));
  else if (all.length === 0)
    voice.err(`Nobody has predicted anything about ${programme.name} yet: afterwards predict add --help\n`);
  else {
    const scores = authors.map(({ author, decided, of, brier }) => [
      author,
      `decided ${decided} of ${of}`,
      brier === null ? '' : `Brier ${brier.toFixed(3)}`,
    ]);
    const lines = all.flatMap((each) => [each.id, ...viewLines(each)]);
    voice.out(`${[...lines, '', 'SCORES (0 is best, 0.25 is a coin)', ...aligned(scores, ['left'])].join('\n')}\n`);
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

function granted(made: Result<PredictionView, PredictRefusal>): PredictionView {
  if (made.ok) return made.value;
  throw failed(made.error.message);
}

/** As reports put it, without their heading. */
function viewLines(view: PredictionView): readonly string[] {
  const [, ...lines] = predictionLines([reported(view, view.resolution)]);
  return view.withdrawnAt === null ? lines : [...lines, ...wrapped('Withdrawn.', 4)];
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
