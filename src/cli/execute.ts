import { unreachable } from '../domain/result.js';
import { backUpInto } from './acts/backup.js';
import { listCheckIns } from './acts/checkins.js';
import { importCohort, listCohorts, markCohort } from './acts/cohort.js';
import { sayComparison } from './acts/compare.js';
import { erasePerson } from './acts/erase.js';
import { exportProgramme } from './acts/export.js';
import { changeOrganiser, listOrganisers } from './acts/organiser.js';
import {
  addPrediction,
  changePrediction,
  drawPrediction,
  listAllPredictions,
  resolvePredictions,
  sayStatement,
  showOnePrediction,
  verifyAllPredictions,
} from './acts/predict.js';
import { archiveProgramme, listProgrammes, markProgramme, setProgramme } from './acts/programme.js';
import { sayDigest, sayReport } from './acts/report.js';
import { rereadProgramme } from './acts/reread.js';
import { trainOnConfirmed } from './acts/train-on-confirmed.js';
import { type Request, requestSchema } from './request.js';
import type { Room } from './room.js';
import { DONE, Refusal, type Voice, wrongUse } from './shell.js';

/** Carries a command out where the database is open. Returns its exit code; what cannot be done is said, only bugs are thrown. */
export async function execute(room: Room, request: unknown, voice: Voice): Promise<number> {
  try {
    const parsed = requestSchema.safeParse(request);
    if (!parsed.success) throw wrongUse(...parsed.error.issues.map(({ path, message }) => `${path.join(' ')}: ${message}`));
    return await act(room, parsed.data, voice);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    voice.err(`${error.message}\n`);
    return error.exitCode;
  }
}

function act(room: Room, request: Request, voice: Voice): Promise<number> {
  switch (request.kind) {
    case 'programme_set':
      return setProgramme(room, request, voice);
    case 'programme_list':
      return listProgrammes(room, request, voice);
    case 'programme_archive':
      return archiveProgramme(room, request, voice);
    case 'programme_mark':
      return markProgramme(room, request, voice);
    case 'organiser_add':
    case 'organiser_remove':
      return changeOrganiser(room, request, voice);
    case 'organiser_list':
      return listOrganisers(room, request, voice);
    case 'cohort_import':
      return importCohort(room, request, voice);
    case 'cohort_list':
      return listCohorts(room, request, voice);
    case 'cohort_mark':
      return markCohort(room, request, voice);
    case 'checkins':
      return listCheckIns(room, request, voice);
    case 'report':
      return sayReport(room, request, voice);
    case 'compare':
      return sayComparison(room, request, voice);
    case 'digest':
      return sayDigest(room, request, voice);
    case 'predict_add':
      return addPrediction(room, request, voice);
    case 'predict_list':
      return listAllPredictions(room, request, voice);
    case 'predict_show':
      return showOnePrediction(room, request, voice);
    case 'predict_amend':
    case 'predict_withdraw':
      return changePrediction(room, request, voice);
    case 'predict_statement':
      return sayStatement(room, request, voice);
    case 'predict_picture':
      return drawPrediction(room, request, voice);
    case 'predict_verify':
      return verifyAllPredictions(room, request, voice);
    case 'predict_resolve':
      return resolvePredictions(room, request, voice);
    case 'export':
      return exportProgramme(room, request, voice);
    case 'train_on_confirmed':
      return trainOnConfirmed(room, request, voice);
    case 'reread':
      return rereadProgramme(room, request, voice);
    case 'erase':
      return erasePerson(room, request, voice);
    case 'backup':
      return backUpInto(room, request, voice);
    case 'migrate':
      voice.out('The database is up to date.\n');
      return Promise.resolve(DONE);
    default:
      return unreachable(request);
  }
}
