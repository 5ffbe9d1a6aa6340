import { organiserListsIn } from '../../db/organiser-lists.js';
import type { OrganiserPorts } from '../flows/answer-organiser.js';
import { listPredictions, registerPrediction } from '../flows/predict.js';
import { digestNow } from '../flows/publish-digests.js';
import { makeReport } from '../flows/report.js';
import type { OpenRoom } from './open.js';
import { CODEBOOK_VERSION } from './room.js';

/** What the answers to organisers are handed: the flows on reports and predictions are bound here, since no flow calls another. */
export function organiserPortsOn({ ports, importRoster, connection, readerVersion }: OpenRoom): OrganiserPorts {
  const versions = { codebookVersion: CODEBOOK_VERSION, readerVersion };
  return {
    ...ports,
    importRoster,
    lists: organiserListsIn(connection.db),
    numbers: {
      report: (request) => makeReport(ports, request),
      predict: (request) => registerPrediction(ports, { ...request, ...versions }),
      predictions: (programme) => listPredictions(ports, programme),
      digest: (programme, now) => digestNow(ports, programme, now, { audience: 'organisers' }),
    },
  };
}
