import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openChat } from '../../adapters/terminal/chat.js';
import type { ChatPorts } from '../../adapters/terminal/chat-ports.js';
import { openTerminalMessenger } from '../../adapters/terminal/messenger.js';
import { digestStoreIn } from '../../db/digests.js';
import { organiserListsIn } from '../../db/organiser-lists.js';
import { predictionStoreIn } from '../../db/predictions.js';
import { reportStoreIn } from '../../db/reports.js';
import { importRoster } from '../../db/roster.js';
import { storeIn } from '../../db/store.js';
import { hearingOn } from '../../src/cli/hearing.js';
import { organiserPortsOn } from '../../src/cli/organiser-ports.js';
import type { Room } from '../../src/cli/room.js';
import { makeSample } from '../../src/cli/sample.js';
import { deliver } from '../../src/flows/deliver.js';
import { planCheckIns } from '../../src/flows/plan-check-ins.js';
import { settleReplies } from '../../src/flows/settle-replies.js';
import type { Log, Ports } from '../../src/ports.js';
import { readReplyOffline } from '../../src/reading/read-reply.js';
import type { ReportPorts } from '../../src/report-ports.js';
import { describeOnBoth, type TestDb } from '../support/test-db.js';

/** The whole bot behind a chat, on a turned clock. `plays` pipes lines in and returns what the screen shows. */
async function chatOn({ db }: TestDb, startsAt = '2026-05-18T10:00:00Z') {
  let time = Date.parse(startsAt);
  let tokens = 0;
  const logged: unknown[] = [];
  const files = new Map<string, Uint8Array>();
  const clock = { now: () => new Date(time) };
  const token = () => `key-${String(++tokens).padStart(6, '0')}`;
  const fingerprint = (identifier: string) => createHash('sha256').update(`secret ${identifier}`).digest('hex');
  const note: Log['info'] = (event, detail) => void logged.push({ event, detail });
  const log = { info: note, warn: note, error: note };
  const messenger = await openTerminalMessenger({ clock, folder: null });
  const ports: Ports = {
    ...storeIn({ db, token, fingerprint }),
    messengers: new Map([['terminal', messenger]]),
    readReply: async (text) => readReplyOffline(text),
    model: null,
    clock,
    random: { token },
    log,
    wakeSender: () => {},
  };
  const numbers: ReportPorts = {
    reports: reportStoreIn(db),
    predictions: predictionStoreIn(db),
    digests: digestStoreIn(db, token),
    clock,
    random: { token },
    log,
  };
  const lists = organiserListsIn(db);
  const room: Room = {
    ports: { ...ports, ...numbers },
    importRoster: (order) => importRoster(db, { ...order, fingerprint }),
    emailReaches: false,
    readerVersion: '1',
    backUp: async () => [],
  };
  const tick = async () => {
    await planCheckIns(ports);
    await settleReplies(ports);
    await deliver(ports, { batch: 50, atOnce: 1, leaseMs: 60_000 });
  };
  const chatPorts: ChatPorts = {
    messenger,
    clock,
    random: { token },
    findPeople: lists.findPeople,
    programmes: async () => (await ports.programmes.allProgrammes()).map((each) => each.name),
    hearing: hearingOn(ports, organiserPortsOn({ ...room, connection: { db } })),
    readFile: async (path) => files.get(path) ?? null,
    makeSample: () => makeSample(room),
    settle: async () => {
      await tick();
      time += 46_000;
      await tick();
    },
  };
  const plays = async (...lines: readonly string[]) => {
    const output = new PassThrough();
    const shown: Buffer[] = [];
    output.on('data', (chunk: Buffer) => shown.push(chunk));
    await openChat(chatPorts, { input: Readable.from(`${lines.join('\n')}\n`), output, colour: false }).done;
    return Buffer.concat(shown).toString('utf8');
  };
  return {
    plays,
    files,
    logged,
    ports,
    turn: (days: number) => {
      time += days * 86_400_000;
    },
  };
}

/** What the screen shows after a line was typed, until the next prompt. */
function after(screen: string, typed: string): string {
  const lines = screen.split('\n');
  const at = lines.findLastIndex((line) => PROMPT.test(line) && line.endsWith(`> ${typed}`));
  if (at < 0) throw new Error(`nobody typed ${typed} in:\n${screen}`);
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => PROMPT.test(line));
  return rest.slice(0, end < 0 ? undefined : end).join('\n');
}
const PROMPT = /^(organiser( of [^>]+)?|\p{L}+)> /u;
/** Without the bars and line ends that a narrow screen puts into sentences. */
const flat = (text: string) => text.replace(/\n\| /g, ' ');

describeOnBoth('a chat in the terminal', (open) => {
  it('shows somebody new how to begin, and asks the sample at once', async () => {
    const { plays } = await chatOn(await open());
    const screen = await plays('/sample', '/people', '/be Ana');
    expect(screen.split('/sample\n')[0]).toContain('/sample      a programme with five invented people');
    expect(flat(after(screen, '/sample'))).toContain('They are being asked now');
    expect(after(screen, '/sample')).toMatch(/Ana Duarte, .* have a new message: \/be Ana/);
    expect(after(screen, '/people')).toContain('Ana Duarte  (Sample cohort)');
    expect(after(screen, '/be Ana')).toContain('What are you doing these days?');
    expect(after(screen, '/be Ana')).toMatch(/\[2\] Nothing changed {3}\[3\] Ask me later {3}\[4\] Stop these/);
    expect(screen.trimEnd().endsWith('Goodbye.')).toBe(true);
  });

  it('plays an alumnus who answers, puts it right in words, by number and in the form, and confirms', async () => {
    const { plays } = await chatOn(await open());
    await plays('/sample');
    const first = await plays('/be ana', "I'm working as a research engineer at Conjecture");
    const card = after(first, "I'm working as a research engineer at Conjecture");
    expect(card).toContain('This is what I understood:');
    expect(card).toContain('> ');
    expect(card).toMatch(/\[2\] Which field comes closest\? >/);
    const second = await plays('/be ana', '2 1', 'actually it is part time', '4');
    expect(after(second, '2 1')).toContain('Which field comes closest? > Technical AI safety');
    expect(after(second, 'actually it is part time')).toContain('part time');
    expect(second).toContain('Change something. Enter keeps what stands there');
    const form = await plays('/be ana', '4', '', '', '', 'EleutherAI', '/save', '3', '/quit');
    expect(form).toContain('Where [Conjecture]');
    const saved = form.split('> /save\n')[1] ?? '';
    expect(saved).toContain('Saved, thank you.');
    expect(saved).toContain('Research engineer at EleutherAI, part time');
    expect(saved).not.toContain('Looks right');
  });

  it('asks a field of the form again, with what was wrong with it', async () => {
    const { plays } = await chatOn(await open());
    await plays('/sample', '/be ana', 'I work at Conjecture as a research engineer');
    const from = ['', '', '', '', '', ''];
    const screen = await plays('/be ana', '4', ...from, 'some time ago', '/save', 'Feb 2024');
    expect(screen).toContain('“some time ago” is not a date I can read');
    expect(screen).toContain('since Feb 2024');
  });

  it('asks which choice is meant where only the select was named', async () => {
    const { plays } = await chatOn(await open());
    await plays('/sample', '/be ana', 'I work at Conjecture as a research engineer');
    const screen = await plays('/be ana', '/press 2', '2');
    expect(screen).toContain('2 AI policy and governance');
    expect(screen).toContain('Which field comes closest? > AI policy and governance');
    const none = await plays('/be ana', '/press 2', '99', '77');
    expect(none).toContain('The choices are 1 to 7, so nothing has changed.');
    expect(none).toMatch(/There are only the numbers 1 to \d\./);
  });

  it('takes an edit and a deletion of what was written last', async () => {
    const { plays } = await chatOn(await open());
    await plays('/sample');
    const screen = await plays(
      '/be ana',
      'I work at Conjecture as an engineer',
      '/edit I work at Anthropic as an engineer',
      '/delete',
    );
    expect(after(screen, '/edit I work at Anthropic as an engineer')).toContain('at Anthropic');
    expect(after(screen, '/delete')).toContain('Taken back');
    expect(await plays('/be dev', '/edit nothing')).toContain('You have not written anything here yet');
  });

  it('stops for good on one word, and erases with one press', async () => {
    const { plays } = await chatOn(await open());
    await plays('/sample');
    expect(after(await plays('/be dev', 'stop'), 'stop')).toContain('I will not write to you about Sample programme again');
    const erased = await plays('/be ben', '/checkin erase', '1', '/people ben');
    expect(after(erased, '/checkin erase')).toContain('[1] Yes, erase everything');
    expect(after(erased, '1')).toContain('Everything I held about you is erased');
    expect(after(erased, '/people ben')).toContain('Nobody here is called “ben”');
  });

  it('counts what is new for others, and shows it to them alone', async () => {
    const { plays } = await chatOn(await open());
    const screen = await plays('/sample', '/be ana', 'I work at Conjecture', '/be emi', '/messages');
    expect(after(screen, '/be emi')).toContain('Hi Emi');
    expect(after(screen, '/messages')).not.toContain('Conjecture');
  });

  it('shows text that would move the cursor as plain text', async () => {
    const { plays } = await chatOn(await open());
    await plays('/sample');
    const screen = await plays('/be ana', 'I work at \u001b[31mConjecture\u001b[0m\u0007 as an engineer', '/checkin data');
    expect([...after(screen, '/checkin data')].some((each) => each !== '\n' && /\p{Cc}/u.test(each))).toBe(false);
  });

  it('plays an organiser, in plain words', async () => {
    const { plays } = await chatOn(await open());
    await plays('/sample', '/be ana', "I'm a research engineer at Conjecture, on interpretability", '6');
    const screen = await plays('status', '/alumni status Sample cohort', 'check', 'report', 'settings show', 'help', 'cohorts');
    expect(after(screen, 'status')).toContain('1 of 5 answered');
    expect(after(screen, '/alumni status Sample cohort')).toContain('Ana Duarte');
    expect(after(screen, 'check')).toContain('Ana Duarte');
    expect(after(screen, 'report')).toContain('WHO ANSWERED');
    expect(after(screen, 'settings show')).toContain('waves');
    expect(after(screen, 'help')).toContain('Only you see the answer');
    expect(after(screen, 'cohorts')).toContain('Sample cohort');
  });

  it('fills in an organiser’s forms: a cohort, a list of people from a file, and settings that are shown before they change', async () => {
    const { plays, files } = await chatOn(await open());
    files.set('list.csv', new TextEncoder().encode('name,slack\nZoe Adams,UZOE\nYan Li,UYAN\n'));
    await plays('/sample');
    const added = await plays('add', 'Autumn', 'soon', '2026-03-31');
    expect(added).toContain('“soon” is not a day: write it as 2023-06-30.');
    expect(flat(added)).toContain('Autumn is there now, with nobody in it yet.');
    const listed = await plays('import', 'Autumn', '', '', 'nowhere.csv', 'list.csv', '1', 'status Autumn');
    expect(flat(listed)).toContain('Attach the list: a CSV file');
    expect(flat(listed)).toContain('2 people for Autumn, which ended on 31 March 2026');
    expect(listed).toContain('[1] Import these 2');
    expect(flat(listed)).toContain('2 people added to Autumn');
    expect(after(listed, 'status Autumn')).toContain('Zoe Adams');
    const changed = await plays('settings', '', '3,24', '/save', '1', 'settings waves');
    expect(flat(changed)).toContain('waves would go from');
    expect(flat(after(changed, 'settings waves'))).toContain('waves is 3,24');
    const cancelled = await plays('predict', '/cancel', 'predictions');
    expect(flat(after(cancelled, 'predictions'))).toContain('Nobody has predicted anything');
  });

  it('refuses an alumnus who asks as an organiser, and keeps nothing of what they asked', async () => {
    const { plays, logged } = await chatOn(await open());
    await plays('/sample');
    const screen = await plays('/be ana', '/alumni check on everybody');
    expect(after(screen, '/alumni check on everybody')).toContain('you are not on the list of one');
    expect(JSON.stringify(logged)).not.toContain('everybody');
  });

  it('lets nobody press what is not there, and knows its own commands', async () => {
    const { plays } = await chatOn(await open());
    const screen = await plays('/press 1', '/dance', '/be Nobody', '/help', '/be');
    expect(after(screen, '/press 1')).toContain('There is nothing to press just now.');
    expect(after(screen, '/dance')).toContain('There is no /dance.');
    expect(after(screen, '/be Nobody')).toContain('Nobody here is called “Nobody”');
    expect(after(screen, '/help')).toContain('AFTERWARDS_CLOCK_OFFSET');
  });
});

describe('a chat at its end', () => {
  it('leaves no listener behind', async () => {
    const messenger = await openTerminalMessenger({ clock: { now: () => new Date() }, folder: null });
    let listening = 0;
    const listen: typeof messenger.listen = (hear) => {
      listening += 1;
      const leave = messenger.listen(hear);
      return () => {
        listening -= 1;
        leave();
      };
    };
    const nothing = async () => {
      throw new Error('not asked for here');
    };
    const ports: ChatPorts = {
      messenger: { ...messenger, listen },
      clock: { now: () => new Date() },
      random: { token: () => 'token' },
      findPeople: async () => [],
      programmes: async () => [],
      hearing: { message: nothing, press: nothing, form: nothing, alumnusCommand: nothing, organiserCommand: nothing },
      readFile: nothing,
      makeSample: nothing,
      settle: async () => {},
    };
    const chat = openChat(ports, { input: new PassThrough(), output: new PassThrough(), colour: false });
    chat.close();
    chat.close();
    await chat.done;
    expect(listening).toBe(0);
  });
});
