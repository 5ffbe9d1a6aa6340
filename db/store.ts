import type { Outbox, Ports } from '../src/ports.js';
import type { ProgrammeStore } from '../src/programme-ports.js';
import { eachCheckIn } from './check-in-list.js';
import { conversationsIn, keysOf, type Tools } from './conversation-store.js';
import { beginTry, claimDue, recordTry } from './deliveries.js';
import { enrolmentsIn } from './enrolments.js';
import { addOrganiser, organiserGroups, organisersOf, programmesOrganisedBy, removeOrganiser } from './people.js';
import {
  allProgrammes,
  archiveProgramme,
  cohortNamed,
  cohortsOf,
  createProgramme,
  markCohort,
  markProgramme,
  programmeNamed,
  readLog,
  responseOf,
  saveSettings,
  writeLog,
} from './programmes.js';
import { silencesIn } from './silences.js';

export type { Tools } from './conversation-store.js';

/** The ports that are tables, on an open database. */
export function storeIn(tools: Tools): Pick<Ports, 'conversations' | 'outbox' | 'programmes' | 'enrolments' | 'silences'> {
  const conversations = conversationsIn(tools);
  return {
    conversations,
    outbox: outboxIn(tools),
    programmes: programmesIn(tools),
    enrolments: enrolmentsIn(tools),
    silences: silencesIn(tools.db),
  };
}

function outboxIn(tools: Tools): Outbox {
  const { db } = tools;
  const keys = keysOf(tools);
  return {
    claimDue: (now, limit, leaseMs) => claimDue(db, now, limit, leaseMs),
    beginTry: (claimed, now, leaseMs, look) => beginTry(db, keys, claimed, now, leaseMs, look),
    recordTry: (claimed, recorded, now, changes) => recordTry(db, keys, claimed, recorded, now, changes),
  };
}

function programmesIn({ db }: Tools): ProgrammeStore {
  return {
    allProgrammes: () => allProgrammes(db),
    programmeNamed: (name) => programmeNamed(db, name),
    createProgramme: (name, settings, now) => createProgramme(db, name, settings, now),
    saveSettings: (programme, settings, now) => saveSettings(db, programme, settings, now),
    archiveProgramme: (id, now) => archiveProgramme(db, id, now),
    markProgramme: (id, mark, now) => markProgramme(db, id, mark, now),
    cohortNamed: (programmeId, name) => cohortNamed(db, programmeId, name),
    cohortsOf: (programmeId) => cohortsOf(db, programmeId),
    markCohort: (id, mark, now) => markCohort(db, id, mark, now),
    addOrganiser: (programmeId, name, now) => addOrganiser(db, programmeId, name, now),
    removeOrganiser: (programmeId, name) => removeOrganiser(db, programmeId, name),
    organisersOf: (programmeId) => organisersOf(db, programmeId),
    programmesOrganisedBy: (asker) => programmesOrganisedBy(db, asker),
    organiserGroups: (platform) => organiserGroups(db, platform),
    responseOf: (cohortId, waveMonths) => responseOf(db, cohortId, waveMonths),
    writeLog: (entry) => writeLog(db, entry),
    readLog: (programmeId, limit, offset) => readLog(db, programmeId, limit, offset),
    eachCheckIn: (programmeId, each) => eachCheckIn(db, programmeId, each),
  };
}
