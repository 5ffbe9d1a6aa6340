import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serve } from '../../adapters/local-socket.js';
import { deliveries, replies } from '../../db/schema.js';
import { controlId, parseControlId, VERBS, type Verb } from '../../src/domain/message.js';
import { COMMAND_WORDS, FORM_NAMES } from '../../src/domain/organiser-command.js';
import { formKey } from '../../src/domain/organiser-forms.js';
import type { Account } from '../../src/domain/people.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import { pressOrganiser, submitOrganiser } from '../../src/flows/answer-organiser.js';
import { takeInPress } from '../../src/flows/take-in.js';
import { afterwards } from '../cli/run-cli.js';
import { everythingIn } from '../support/everything.js';
import { wordsIn } from '../support/fake-messenger.js';
import { organiserDesk, saidIn } from '../support/organiser-desk.js';
import { describeOnBoth, freshFolder } from '../support/test-db.js';
import { World } from '../support/world.js';

const SLOW_MS = 180_000;
/** What was heard, begun or held: told apart by ids alone. */
const EVENTS = ['inbound_events', 'drafts', 'leases'];
const slack = (id: string): Account => ({ platform: 'slack', id });
/** All that gives ARENA away to somebody who has no business with it. */
const ARENA_ONLY = /Mara|Jun|Lovelace|ARENA 2\.0|asked|answered/;

/** What a command may stand with, so that it would do something for whoever may give it. */
const AFTER: Readonly<Record<string, string>> = {
  add: ' ARENA 9 --ended 2024-01-01',
  import: ' members ARENA 2.0',
  invite: ' ARENA 2.0 slack:C1',
  pause: ' ARENA 2.0',
  resume: ' ARENA 2.0',
  'ask-now': ' ARENA 2.0',
  settings: ' waves 3',
  organisers: ' add eve@example.org',
};

describeOnBoth('whoever has no business with a programme', (open) => {
  const strangers = {
    'a stranger': slack('USTRANGER'),
    'an alumnus of it': slack('UMARA'),
    'another team’s organiser': slack('UEVE'),
  };

  async function scene() {
    const desk = await organiserDesk(await open());
    const { world } = desk;
    const other = await world.ports.programmes.createProgramme('MATS', DEFAULT_SETTINGS, world.time);
    await world.ports.programmes.addOrganiser(other.id, { kind: 'account', account: slack('UEVE') }, world.time);
    await desk.asks('status');
    return { ...desk, other };
  }

  it(
    'gets nothing out of any command, and changes nothing by one',
    async () => {
      const { asks, world } = await scene();
      const before = await everythingIn(world.test.db, EVENTS);
      for (const [who, from] of Object.entries(strangers))
        for (const word of COMMAND_WORDS)
          for (const text of [`ARENA ${word}${AFTER[word] ?? ''}`, `${word} ARENA`]) {
            const heard = saidIn(await asks(text, from));
            // What they typed themselves may be said back to them.
            expect(heard.replaceAll(text, '').replaceAll('ARENA 2.0', ''), `${who}: ${text}`).not.toMatch(/Mara|Jun|Lovelace/);
          }
      const after = await everythingIn(world.test.db, EVENTS);
      const isOfArena = (line: string) => !line.startsWith('activity_log') && !/UEVE|MATS|"programme_id": 2/.test(line);
      expect(after.split('\n').filter(isOfArena)).toEqual(before.split('\n').filter(isOfArena));
    },
    SLOW_MS,
  );

  it(
    'can send none of its forms, nor press what opens one',
    async () => {
      const { ports, programme, world } = await scene();
      const before = await everythingIn(world.test.db, EVENTS);
      for (const from of Object.values(strangers))
        for (const form of FORM_NAMES) {
          const ref = { verb: 'ask' as const, key: formKey(form, programme), choice: null };
          const values = [{ name: 'ARENA 9', ended: '2024-01-01', waves: '3', cohort: 'ARENA 2.0' }];
          const sent = await submitOrganiser(ports, { from, eventId: `${from.id}-${form}`, ref, values, files: {} });
          const pressed = await pressOrganiser(ports, { from, eventId: `p-${from.id}-${form}`, ref, value: null });
          for (const answer of [sent, pressed]) expect(saidIn(answer)).not.toMatch(ARENA_ONLY);
          expect(saidIn(pressed)).not.toBe('a form');
        }
      expect(await everythingIn(world.test.db, EVENTS)).toBe(before);
    },
    SLOW_MS,
  );
});

describeOnBoth('buttons that are not one’s own', (open) => {
  it(
    'do nothing, whichever they are: those of others, forged ones, and those of messages that were never sent',
    async () => {
      const world = new World(await open(), '2023-07-01T08:00:00Z');
      await world.cohort(
        '2023-06-30',
        [
          { name: 'Mara', slack: 'U1' },
          { name: 'Tom', slack: 'U2' },
        ],
        { waves: [3] },
      );
      await world.until('2023-10-03T12:00:00Z');
      await world.answers('U1', 'I am a research engineer at Redwood, full time. Could somebody introduce me to METR?');
      const before = await everythingIn(world.test.db, EVENTS);
      const keys = (await world.test.db.select({ key: deliveries.key, person: deliveries.personId }).from(deliveries)).filter(
        (each) => each.person === 1,
      );
      expect(keys.length).toBeGreaterThan(1);
      const verbs = VERBS.filter(
        (verb): verb is Exclude<Verb, 'ask' | 'form' | 'keep'> => !['ask', 'form', 'keep'].includes(verb),
      );
      let event = 0;
      for (const verb of verbs)
        for (const key of [...keys.map((each) => each.key), 'AAAAAAAAAAAAAAAAAAAAAA', '1'])
          for (const choice of [null, 'yes', 'named-1', '5', 'do']) {
            const press = { from: slack('U2'), eventId: `e${++event}`, ref: { verb, key, choice }, value: 'alignment' };
            const { answer, form } = await takeInPress(world.ports, press);
            expect(form).toBeNull();
            expect(answer && wordsIn(answer)).not.toMatch(/Redwood|METR/);
          }
      expect(await everythingIn(world.test.db, EVENTS)).toBe(before);
    },
    SLOW_MS,
  );

  it('have ids that are read exactly, or not at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((each) => `aw:${each}`),
        ),
        (id) => {
          const ref = parseControlId(id);
          return ref === null || controlId(ref.verb, ref.key, ref.choice ?? undefined) === id;
        },
      ),
    );
  });
});

describeOnBoth('somebody who sends ten thousand messages', (open) => {
  it(
    'gets one card for them, and keeps nobody else waiting',
    async () => {
      const world = new World(await open(), '2023-07-01T08:00:00Z');
      await world.cohort(
        '2023-06-30',
        [
          { name: 'Mara', slack: 'U1' },
          { name: 'Tom', slack: 'U2' },
        ],
        { waves: [3] },
      );
      await world.until('2023-10-03T12:00:00Z');
      for (let nth = 0; nth < 20; nth += 1) await world.says('U1', `I teach physics, I think. ${nth}`);
      const [reply] = await world.test.db.select({ id: replies.id }).from(replies);
      await world.test.db.execute(sql`
        insert into messages (person_id, platform, external_id, reply_id, text, sent_at, kept_at)
        select 1, 'slack', 'flood-' || n, ${reply?.id}::bigint, 'I teach physics, I think, number ' || n, ${world.time.toISOString()}::timestamptz, now()
        from generate_series(1, 9980) n`);
      await world.says('U2', 'I work at a bank, full time.');
      const sent = world.messenger.taken.length;
      const began = performance.now();
      await world.pass(46_000);
      expect(performance.now() - began).toBeLessThan(60_000);
      expect(
        world.messenger.taken
          .slice(sent)
          .map((each) => each.to)
          .sort(),
      ).toEqual(['U1', 'U2']);
      expect(wordsIn(world.last('U1').message).length).toBeLessThan(10_000);
      expect(wordsIn(world.last('U2').message)).toContain('bank');
    },
    SLOW_MS,
  );
});

describe('a file that an export names', () => {
  it('lands in the folder that was asked for, or nowhere', async () => {
    const cwd = freshFolder();
    const data = join(cwd, 'data');
    mkdirSync(data);
    for (const name of ['../evil.txt', '/tmp/evil.txt', 'a/../../evil.txt', '..', 'evil.txt/..']) {
      const answer = { exitCode: 0, stdout: JSON.stringify({ files: [{ name, text: 'gotcha' }] }), stderr: '' };
      const stop = await serve(data, async () => answer);
      await expect(afterwards(['export', 'ARENA', '--out', 'out'], { env: { AFTERWARDS_DATA: data }, cwd })).rejects.toThrow();
      await stop();
    }
    expect(existsSync(join(cwd, 'evil.txt'))).toBe(false);
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });
});

describeOnBoth('an organiser’s account in the wrong hands', (open) => {
  it('leaves a line in the log for every act that changes something or shows names', async () => {
    const { says, log } = await organiserDesk(await open());
    for (const each of [
      'status',
      'check',
      'asks',
      'add ARENA 9 --ended 2024-01-01',
      'pause ARENA 2.0',
      'resume ARENA 2.0',
      'ask-now ARENA 2.0',
      'organisers add eve@example.org',
    ])
      await says(each);
    const lines = await log();
    expect(lines.map((each) => each.what).reverse()).toEqual([
      'names_shown',
      'names_shown',
      'names_shown',
      'cohort_added',
      'cohort_paused',
      'cohort_resumed',
      'asked_now',
      'organiser_added',
    ]);
    expect(new Set(lines.map((each) => each.actor))).toEqual(new Set(['slack:UADA']));
    expect(await says('log')).toContain('names shown');
  });
});

describe('the page on security', () => {
  it('names a test for each line, and each is there', () => {
    const root = new URL('../../', import.meta.url);
    const page = readFileSync(new URL('docs/security.md', root), 'utf8');
    const rows = page.split('\n').filter((line) => /^\| (?!---|who|it )/.test(line));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const named = [...row.matchAll(/`(test\/[\w/.-]+\.ts)` “([^”]+)”/g)];
      expect(named.length, `no test is named: ${row}`).toBeGreaterThan(0);
      for (const [, file = '', name = ''] of named) {
        const text = readFileSync(new URL(file, root), 'utf8').replaceAll("\\'", '’');
        expect(text.includes(name), `${file} has no test “${name}”`).toBe(true);
      }
    }
  });
});
