import { readRosterCsv } from '../../adapters/roster-csv.js';
import { draftsIn } from '../../db/drafts.js';
import { organiserListsIn } from '../../db/organiser-lists.js';
import { importRoster } from '../../db/roster.js';
import { heardOn } from '../../src/cli/organiser-ports.js';
import { type Form, type Message, parseControlId, say } from '../../src/domain/message.js';
import type { Account } from '../../src/domain/people.js';
import { answerOrganiser, pressOrganiser, submitOrganiser } from '../../src/flows/answer-organiser.js';
import type { OrganiserPorts } from '../../src/organiser-ports.js';
import type { Answer, FormAnswer, IncomingCommand } from '../../src/platform-ports.js';
import { FakeDirectory } from './fake-directory.js';
import { controlsIn, wordsIn } from './fake-messenger.js';
import type { TestDb } from './test-db.js';
import { fingerprintOf, World } from './world.js';

/** Who organises ARENA. */
export const ADA: Account = { platform: 'slack', id: 'UADA' };

type Sending = { readonly from?: Account; readonly eventId?: string; readonly file?: Uint8Array };

/** ARENA with a cohort of three that ended three months ago, organised by Ada; with what is needed to ask, press and fill in as an organiser. */
export async function organiserDesk(test: TestDb, startsAt = '2024-05-06T09:00:00Z') {
  const world = new World(test, startsAt);
  const people = [
    { name: 'Mara Lindqvist', slack: 'UMARA' },
    { name: 'Jun Watanabe', slack: 'UJUN', timeZone: 'Asia/Tokyo' },
    { name: 'Ada Lovelace', slack: 'UADA', email: 'ada@example.org' },
  ];
  const { programme, cohort } = await world.cohort('2024-02-06', people, { waves: [3, 6, 12] });
  await world.ports.programmes.addOrganiser(programme.id, { kind: 'account', account: ADA }, world.time);
  let woken = 0;
  const asked: unknown[] = [];
  const organisers: OrganiserPorts = {
    ...world.ports,
    wakeSender: () => {
      woken += 1;
    },
    lists: organiserListsIn(test.db),
    drafts: draftsIn(test.db, world.ports.random.token),
    readRoster: readRosterCsv,
    emailReaches: true,
    importRoster: (order) => importRoster(test.db, { ...order, fingerprint: fingerprintOf }),
    numbers: {
      report: async (wanted) => {
        asked.push(wanted);
        return { ok: false, error: { message: 'No report in this test.' } };
      },
      predict: async (forecast) => {
        asked.push(forecast);
        return { ok: false, error: { kind: 'bad_close_date', message: 'No prediction in this test.' } };
      },
      publicReport: async () => null,
      predictions: async () => [],
      amend: async () => ({ ok: false, error: { message: 'No prediction in this test.' } }),
      withdraw: async () => ({ ok: false, error: { message: 'No prediction in this test.' } }),
      verify: async () => ({ chain: { kind: 'whole', entries: 0, lastHash: null }, lists: [] }),
      digest: async () => null,
    },
  };
  const ports = heardOn(organisers);
  const directory = new FakeDirectory('slack');
  world.messenger.directory = directory;
  let events = 0;
  const asks = (text: string, from: Account = ADA, beside: Partial<IncomingCommand> = {}) =>
    answerOrganiser(ports, { from, text, eventId: `c${++events}`, channelId: null, file: null, ...beside });
  const says = async (text: string, from: Account = ADA) => {
    const { answer } = await asks(text, from);
    return answer ? wordsIn(answer) : 'a form';
  };
  const refOf = (id: string) => {
    const ref = parseControlId(id);
    if (!ref) throw new Error(`${id} is no control of ours`);
    return ref;
  };
  /** Presses the button of this label under an answer. */
  const presses = async (message: Message | null, label: string, from: Account = ADA) => {
    const control = controlsIn(message ?? say()).find((each) => each.kind === 'button' && each.label === label);
    if (!control) throw new Error(`there is no button ${label} under:\n${message ? wordsIn(message) : ''}`);
    return pressOrganiser(ports, { from, eventId: `p${++events}`, ref: refOf(control.id), value: null });
  };
  /** Fills in fields of a form, leaves the others as they stand, and sends it. */
  const fills = (
    form: Form | null,
    fields: Readonly<Record<string, string>>,
    { from = ADA, eventId = `f${++events}`, file }: Sending = {},
  ) => {
    if (!form) throw new Error('there is no form to fill in');
    const values = form.sections.map((section) =>
      Object.fromEntries(section.fields.map(({ name, value }) => [name, fields[name] ?? value ?? ''])),
    );
    return submitOrganiser(ports, { from, eventId, ref: refOf(form.id), values, files: file ? { file } : {} });
  };
  const log = () => world.ports.programmes.readLog(programme.id, 20);
  return { world, programme, cohort, ports, directory, asks, says, presses, fills, log, asked, woken: () => woken };
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is said in an answer, or back to a form. */
export function saidIn(answer: Answer | FormAnswer): string {
  if ('kind' in answer && answer.kind !== 'saved') return JSON.stringify(answer);
  return answer.answer ? wordsIn(answer.answer) : 'form' in answer && answer.form ? 'a form' : '';
}
export const messageIn = (answer: Answer | FormAnswer): Message | null =>
  'kind' in answer && answer.kind !== 'saved' ? null : answer.answer;
