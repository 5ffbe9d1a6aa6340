import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { digestStoreIn } from '../../db/digests.js';
import { predictionStoreIn } from '../../db/predictions.js';
import { reportStoreIn } from '../../db/reports.js';
import { importRoster } from '../../db/roster.js';
import { messages } from '../../db/schema.js';
import { hearingOn } from '../../src/cli/hearing.js';
import { organiserPortsOn } from '../../src/cli/organiser-ports.js';
import { parseControlId } from '../../src/domain/message.js';
import type { Answer, Hearing } from '../../src/platform-ports.js';
import type { IncomingFile } from '../../src/ports.js';
import { controlsIn, wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'UMARA' };
const OTHERS = ['Ann', 'Ben', 'Cleo', 'Dov'].map((name) => ({ name, slack: `U${name.toUpperCase()}` }));
const WORK = 'I joined Redwood Research as a research engineer in August.';
const CV: IncomingFile = { name: 'cv.pdf', read: () => Promise.reject(new Error('nobody asked for it')) };
const LIST: IncomingFile = {
  name: 'roster.csv',
  read: async () => new TextEncoder().encode('name,slack,discord,email,timezone\nTom Okafor,UTOM,,,\n'),
};
const at = (id: string) => ({ platform: 'slack', id }) as const;
const said = (answer: Answer) => wordsIn(answer.answer ?? { parts: [] });

/** A world with everything that hears. ADA organises and is no alumna, MARA is both. */
async function heard(open: () => Promise<World['test']>) {
  const test = await open();
  const world = new World(test, '2023-09-25T00:00:00Z');
  const { programme } = await world.cohort('2023-06-30', [MARA, { name: 'Jun Watanabe', slack: 'UJUN' }, ...OTHERS], {
    waves: [3, 6],
  });
  for (const id of ['UADA', 'UMARA'])
    await world.ports.programmes.addOrganiser(programme.id, { kind: 'account', account: at(id) }, world.time);
  const { db } = test;
  const fingerprint = (identifier: string) => createHash('sha256').update(`secret ${identifier}`).digest('hex');
  const stores = {
    reports: reportStoreIn(db),
    predictions: predictionStoreIn(db),
    digests: digestStoreIn(db, world.ports.random.token),
  };
  const room = {
    ports: { ...world.ports, ...stores },
    importRoster: (order: Omit<Parameters<typeof importRoster>[1], 'fingerprint'>) => importRoster(db, { ...order, fingerprint }),
    emailReaches: true,
    connection: { db },
    readerVersion: '1',
  };
  const hearing: Hearing = hearingOn(room.ports, organiserPortsOn(room));
  let events = 0;
  const writes = async (id: string, text: string, files: readonly IncomingFile[] = [], externalId = `m-${++events}`) => {
    await hearing.message({ kind: 'new', from: at(id), externalId, text, sentAt: world.time, files });
    await world.tick();
    return world.messenger.to(id).length === 0 ? '' : wordsIn(world.last(id).message);
  };
  const asks = async (id: string, text: string, channelId: string | null = null) => {
    const answer = await hearing.organiserCommand({ from: at(id), eventId: `c-${++events}`, text, channelId, file: null });
    await world.tick();
    return said(answer);
  };
  return Object.assign(world, { hearing, writes, asks });
}

describeOnBoth('what comes beside an answer', (open) => {
  it('keeps the words of a message with a file, and says once that the file was not taken', async () => {
    const world = await heard(open);
    await world.until('2023-10-03T00:00:00Z');
    await world.writes('UJUN', WORK, [CV], 'one');
    expect(await world.writes('UJUN', WORK, [CV], 'one')).toBe('I cannot take files, so I have only kept your words.');
    await world.pass(46_000);
    expect(world.messenger.to('UJUN').map((each) => wordsIn(each.message).split('\n')[0])).toEqual([
      'Hi Jun.',
      'I cannot take files, so I have only kept your words.',
      'This is what I understood:',
    ]);
  });

  it('makes no card of a file alone', async () => {
    const world = await heard(open);
    await world.until('2023-10-03T00:00:00Z');
    expect(await world.writes('UJUN', ' ', [CV])).toContain('I cannot take files. Tell me in a line');
    await world.pass(46_000);
    expect(world.messenger.to('UJUN')).toHaveLength(2);
    expect(await world.test.db.select().from(messages)).toEqual([]);
  });

  it('answers an organiser who is on no list whatever they write, once', async () => {
    const world = await heard(open);
    expect(await world.writes('UADA', 'cohorts', [], 'm')).toContain('ARENA 2.0');
    await world.writes('UADA', 'cohorts', [], 'm');
    expect(world.messenger.to('UADA')).toHaveLength(1);
    expect(await world.writes('UADA', 'statsu')).toContain('Did you mean “status”?');
    await world.writes('UADA', 'add');
    expect(wordsIn(world.last('UADA').message)).toMatch(/^That takes a form:\n\[.+\]$/);
    expect(parseControlId(controlsIn(world.last('UADA').message)[0]?.id ?? '')?.verb).toBe('ask');
  });

  it('takes what an organiser who took part writes for a reply, unless “alumni” stands in front', async () => {
    const world = await heard(open);
    await world.until('2023-10-03T00:00:00Z');
    expect(await world.writes('UMARA', 'alumni cohorts')).toContain('ARENA 2.0');
    expect(await world.writes('UMARA', '/alumni status')).toContain('ARENA');
    expect(await world.test.db.select().from(messages)).toEqual([]);
    await world.writes('UMARA', 'cohorts of robots are what I build now, at Redwood Research.');
    expect(await world.test.db.select().from(messages)).toHaveLength(1);
  });

  it('takes a list of an organiser for a list, and that of anybody else for a file', async () => {
    const world = await heard(open);
    await world.until('2023-10-03T00:00:00Z');
    expect(await world.writes('UMARA', 'here they are', [LIST])).toContain('1 person');
    expect(await world.test.db.select().from(messages)).toEqual([]);
    expect(await world.writes('UJUN', 'here they are', [LIST])).toContain('I cannot take files');
  });

  it('tells an alumnus who organises nothing that a slash command is not theirs, and takes their sentence for an answer', async () => {
    const world = await heard(open);
    await world.until('2023-10-03T00:00:00Z');
    expect(await world.writes('UJUN', '/alumni report')).toContain('That is for the organisers of a programme');
    await world.writes('UJUN', 'Alumni of my lab and I have founded a company.');
    expect(await world.test.db.select().from(messages)).toHaveLength(1);
    expect(await world.writes('UNOBODY', 'cohorts')).toContain('I do not find you on any list of mine.');
  });

  it('posts an invitation into the channel where it is asked for, or the one that is named', async () => {
    const world = await heard(open);
    expect(await world.asks('UADA', 'invite')).toContain('In which channel?');
    expect(await world.asks('UADA', 'invite arena 2.0', 'C1')).toContain('The invitation for ARENA 2.0 is on its way.');
    expect(await world.asks('UADA', 'invite --channel slack:C2')).toContain('is on its way');
    expect(await world.asks('UADA', 'invite ARENA 3', 'C1')).toContain('There is ARENA 2.0.');
    expect(wordsIn(world.last('C1').message)).toContain('[Keep in touch]');
    expect(world.messenger.to('C2')).toHaveLength(1);
    const pressed = await world.hearing.press({
      from: at('UNEW'),
      eventId: 'k',
      ref: parseControlId(controlsIn(world.last('C2').message)[0]?.id ?? '') as never,
      value: null,
    });
    expect(said(pressed)).toContain('Good, you are on the list.');
  });

  it('asks nobody while the whole programme is paused, and goes on after it', async () => {
    const world = await heard(open);
    expect(await world.asks('UADA', 'pause')).toContain('ARENA is paused');
    expect(await world.asks('UADA', 'pause')).toContain('paused already');
    await world.until('2023-10-10T00:00:00Z');
    expect(world.messenger.to('UJUN')).toEqual([]);
    expect(await world.asks('UADA', 'resume')).toContain('ARENA goes on.');
    await world.until('2023-10-11T00:00:00Z');
    expect(world.messenger.to('UJUN')).toHaveLength(1);
  });

  it('shows somebody at home what is held and what they can do, and to a stranger what this is', async () => {
    const world = await heard(open);
    expect(wordsIn(await world.hearing.home(at('UNOBODY'))).split('\n')).toHaveLength(2);
    const first = wordsIn(await world.hearing.home(at('UJUN')));
    expect(first).toContain('Name: Jun Watanabe');
    expect(first).not.toContain('have answered');
    await world.until('2023-10-03T00:00:00Z');
    await world.writes('UJUN', WORK);
    await world.pass(46_000);
    const home = await world.hearing.home(at('UJUN'));
    expect(wordsIn(home)).toContain('ARENA 2.0, three months after its end: Fewer than 5 of 6 have answered.');
    const press = (verb: string, value: string | null = null) => {
      const found = controlsIn(home).find((each) => parseControlId(each.id)?.verb === verb);
      return world.hearing.press({ from: at('UJUN'), eventId: verb, ref: parseControlId(found?.id ?? '') as never, value });
    };
    expect((await press('change')).form?.sections.length).toBeGreaterThan(0);
    expect(said(await press('erase'))).toContain('Shall I erase everything I hold about you');
    expect(said(await press('pause', 'three_months'))).toContain('I will be quiet until 3 January 2024.');
    expect(wordsIn(await world.hearing.home(at('UJUN')))).toContain('[Start again]');
  });
});
