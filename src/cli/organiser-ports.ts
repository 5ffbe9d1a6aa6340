import { readRosterCsv } from '../../adapters/roster-csv.js';
import { draftsIn } from '../../db/drafts.js';
import { organiserListsIn } from '../../db/organiser-lists.js';
import { carryOut } from '../flows/carry-out-command.js';
import { carryOutPrediction } from '../flows/change-mind.js';
import { changeOrganisers } from '../flows/change-organisers.js';
import { amendPrediction, verifyPredictions, withdrawPrediction } from '../flows/change-prediction.js';
import { enterThirdParty } from '../flows/enter-third-party.js';
import { importingOn } from '../flows/import-people.js';
import { invite } from '../flows/invite-people.js';
import { listPredictions, registerPrediction } from '../flows/predict.js';
import { digestNow } from '../flows/publish-digests.js';
import { peopleReadingOn } from '../flows/read-people.js';
import { makeReport } from '../flows/report.js';
import { sendExport } from '../flows/send-export.js';
import { showList } from '../flows/show-list.js';
import { whoIs } from '../flows/who-is.js';
import type { CarryPorts, HeardPorts, OrganiserPorts } from '../organiser-ports.js';
import type { OpenRoom } from './open.js';
import { CODEBOOK_VERSION } from './room.js';

type Needs = Pick<OpenRoom, 'ports' | 'importRoster' | 'readerVersion' | 'emailReaches'> & {
  readonly connection: Pick<OpenRoom['connection'], 'db'>;
};

/** What the answers to organisers are handed: the flows that they lead to are bound here, since no flow calls another. */
export function organiserPortsOn({ ports, importRoster, emailReaches, connection, readerVersion }: Needs): HeardPorts {
  const versions = { codebookVersion: CODEBOOK_VERSION, readerVersion };
  const organisers: OrganiserPorts = {
    ...ports,
    importRoster,
    readRoster: readRosterCsv,
    emailReaches,
    lists: organiserListsIn(connection.db),
    drafts: draftsIn(connection.db, ports.random.token),
    numbers: {
      report: (request) => makeReport(ports, request),
      publicReport: async (programme, cohort, waveMonths) => {
        const made = await makeReport(ports, { programme, cohorts: [cohort], waveMonths, audience: 'public' });
        return made.ok ? made.value : null;
      },
      predict: (request) => registerPrediction(ports, { ...request, ...versions }),
      predictions: (programme) => listPredictions(ports, programme),
      amend: (change) => amendPrediction(ports, change),
      withdraw: (change) => withdrawPrediction(ports, change),
      verify: (programme, hash) => verifyPredictions(ports, programme, hash),
      digest: (programme, now) => digestNow(ports, programme, now, { audience: 'organisers' }),
    },
  };
  return heardOn(organisers);
}

/** The flows that a command leads to, bound to the same ports as the one that hears it. */
export function heardOn(organisers: OrganiserPorts): HeardPorts {
  const carrying: CarryPorts = {
    ...organisers,
    importing: importingOn(organisers, peopleReadingOn(organisers)),
    invite: (place, command, beside) => invite(organisers, place, command, beside),
    showList: (place, list, page) => showList(organisers, place, list, page),
    sendExport: (place, eventId) => sendExport(organisers, place, eventId),
    enter: (place, command) => enterThirdParty(organisers, place, command),
    onPrediction: (place, command) => carryOutPrediction(organisers, place, command),
    changeOrganisers: (place, change, typed) => changeOrganisers(organisers, place, change, typed),
  };
  return {
    ...carrying,
    whoIs: (account) => whoIs(organisers, account),
    carryOut: (place, command, beside) => carryOut(carrying, place, command, beside),
  };
}
