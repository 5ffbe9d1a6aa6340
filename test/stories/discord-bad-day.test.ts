import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { afterwards, type Running, spawned, untilSaid } from '../cli/run-cli.js';
import { DiscordStage } from '../support/discord/discord-stage.js';
import { FakeDiscord } from '../support/discord/fake-discord.js';
import { type Person, until } from '../support/discord/people.js';
import { environmentFor, wordsIn } from '../support/discord/seen.js';
import type { Body } from '../support/discord/state.js';
import { TurnedClock } from '../support/platform-bot.js';
import { newest } from '../support/platform-stage.js';
import { describeOnBoth, freshFolder, freshPostgresUrl, hasPostgres } from '../support/test-db.js';
import { YEAR_STARTS } from './platform-year.js';

/** Starting a process takes seconds, and much longer on a busy machine. */
const SLOW_MS = 240_000;
const PATIENCE_MS = 60_000;

const running: Running[] = [];
const fakes: FakeDiscord[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) {
    each.child.kill('SIGKILL');
    await each.ended;
  }
  for (const each of fakes.splice(0)) {
    await each.close();
    expect(each.problems).toEqual([]);
  }
});

async function aFake(): Promise<FakeDiscord> {
  const fake = await FakeDiscord.open();
  fakes.push(fake);
  return fake;
}

function starting(fake: FakeDiscord, place: Readonly<Record<string, string>>): Running {
  const env = { PORT: '0', LOG_LEVEL: 'info', AFTERWARDS_RECONCILE_AFTER: '2s', ...environmentFor(fake), ...place };
  const each = spawned(['start'], { env });
  running.push(each);
  return each;
}

async function started(fake: FakeDiscord, place: Readonly<Record<string, string>>): Promise<Running> {
  const each = starting(fake, place);
  await untilSaid(each, /"ready":true/);
  return each;
}

const killed = async (each: Running) => {
  each.child.kill('SIGKILL');
  await each.ended;
};

/** A programme that asks at once, with these people in a cohort whose wave of three months is due. */
async function aCohortOf(people: readonly Person[], place: Readonly<Record<string, string>>): Promise<void> {
  const folder = freshFolder();
  const run = async (...argv: readonly string[]) => {
    const said = await afterwards(argv, { env: place, cwd: folder });
    expect(said).toMatchObject({ exitCode: 0 });
  };
  const ended = new Date(Date.now() - 95 * 86_400_000).toISOString().slice(0, 10);
  const atOnce = ['--waves', '3', '--send-window', '00:00-24:00', '--send-days', 'mon-sun', '--spread', '0s', '--settle', '1s'];
  await run('programme', 'set', 'ARENA', ...atOnce);
  writeFileSync(
    join(folder, 'roster.csv'),
    `name,discord\n${people.map(({ user }) => `${user.username},${user.id}`).join('\n')}\n`,
  );
  await run('cohort', 'import', join(folder, 'roster.csv'), '--programme', 'ARENA', '--cohort', 'ARENA 2.0', '--ended', ended);
}

const wordsTo = (person: Person) => person.inbox.map((each) => wordsIn(each as unknown as Body));
const soon = (isSo: () => boolean, what: string) => until(isSo, what, PATIENCE_MS);

describe('a bad day on Discord, in processes of their own', () => {
  it(
    'loses and repeats nothing where the process is killed after Discord took the question, and somebody answers meanwhile',
    async () => {
      const fake = await aFake();
      const mara = fake.person('mara');
      const place = { AFTERWARDS_DATA: freshFolder() };
      const first = await started(fake, place);
      fake.faults.next(/^POST \/channels\/\d+\/messages$/, { kind: 'silent' });
      await aCohortOf([mara], place);
      await soon(() => mara.inbox.length === 1, 'the question');
      await killed(first);
      mara.says('I am a research engineer at Redwood Research, full time.');
      const second = await started(fake, place);
      await soon(() => wordsTo(mara).some((words) => words.includes('Redwood Research')), 'the card');
      expect(wordsTo(mara).filter((words) => words.includes('three months'))).toHaveLength(1);
      expect(mara.inbox).toHaveLength(2);
      const listed = await afterwards(['checkins', '--json'], { env: place });
      expect(JSON.parse(listed.out)).toMatchObject([{ alumnus: 'mara', state: 'answered' }]);
      second.child.kill('SIGTERM');
      expect(await second.ended).toBe(0);
      for (const each of [first, second]) expect(each.out() + each.err()).not.toMatch(/Redwood|mara|a-token-of-the-fake/);
    },
    SLOW_MS,
  );

  it(
    'ends with one clear line where Discord does not allow the list of members after all, at its start or later',
    async () => {
      const fake = await aFake();
      const place = { AFTERWARDS_DATA: freshFolder(), LOG_LEVEL: 'silent' };
      const line = /^Discord does not allow this bot the intents that it asks for: .*\n$/;
      // The application's page says yes, and the gateway no: as where a switch waits for Discord's approval.
      fake.gateway.privileged.add('guildMembers');
      const take = fake.faults.take.bind(fake.faults);
      fake.faults.take = (route) => {
        if (route.includes('/gateway/bot')) fake.gateway.privileged.clear();
        return take(route);
      };
      const refused = starting(fake, place);
      expect(await refused.ended).toBe(1);
      expect(refused.err()).toMatch(line);
      expect(fake.gateway.identified).toBe(0);
      const bot = await started(fake, place);
      fake.gateway.closeWith(4014);
      expect(await bot.ended).toBe(1);
      expect(bot.err()).toMatch(line);
      expect(fake.gateway.identified).toBe(1);
    },
    SLOW_MS,
  );
});

describe.skipIf(!hasPostgres)('two copies on Discord', () => {
  it(
    'hear once, and the one takes over within ten seconds when the other is killed, with what was said in between',
    async () => {
      const fake = await aFake();
      const [mara, tom] = [fake.person('mara'), fake.person('tom')];
      const place = { DATABASE_URL: await freshPostgresUrl(), AFTERWARDS_SECRET: 'a secret for the tests' };
      const first = await started(fake, place);
      await started(fake, place);
      expect(fake.gateway.mostAtOnce).toBe(1);
      await aCohortOf([mara, tom], place);
      await soon(() => mara.inbox.length === 1 && tom.inbox.length === 1, 'the questions');
      await killed(first);
      const from = Date.now();
      mara.says('I am a research engineer at Redwood Research, full time.');
      await soon(() => fake.gateway.identified === 2, 'the other copy');
      expect(Date.now() - from).toBeLessThan(10_000);
      await soon(() => wordsTo(mara).some((words) => words.includes('Redwood Research')), 'the card for what was missed');
      tom.says('I joined Apollo Research, full time.');
      await soon(() => wordsTo(tom).some((words) => words.includes('Apollo Research')), 'the card');
      expect([mara.inbox.length, tom.inbox.length]).toEqual([2, 2]);
    },
    SLOW_MS,
  );
});

describeOnBoth('a bad day on Discord', (openDb) => {
  let stage: DiscordStage | undefined;
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });
  async function asked() {
    stage = await DiscordStage.open({ test: await openDb(), startsAt: YEAR_STARTS });
    const mara = stage.person('Mara Lind', { timeZone: 'Europe/Stockholm' });
    await stage.cli('programme', 'set', 'ARENA', '--waves', '3,12', '--timezone', 'Europe/London');
    await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, [mara]);
    await stage.until('2023-10-04T00:00:00Z');
    return { stage, mara, gateway: stage.discord.gateway };
  }

  it('asks nobody twice where every event comes twice, out of order, and across a connection that breaks', async () => {
    const { stage, mara, gateway } = await asked();
    gateway.deliverEach(2);
    gateway.hold();
    const first = mara.person.says('I am a research engineer at');
    const second = mara.person.says('Redwood Research, full time.');
    gateway.release();
    await stage.stored(first, 2);
    await stage.stored(second, 2);
    gateway.drop();
    await until(() => gateway.resumed > 0, 'the session', 15_000);
    await stage.pass(46_000);
    expect(mara.sees()).toHaveLength(2);
    expect(newest(mara).words).toContain('at Redwood Research');
    await mara.presses('right');
    await stage.pass(1_000);
    expect(mara.sees()).toHaveLength(2);
    expect(newest(mara).words).toContain('Saved, thank you.');
  });

  it('tells organisers of each who cannot be reached why, and what helps', async () => {
    const clock = new TurnedClock(new Date(YEAR_STARTS));
    const discord = await FakeDiscord.open({ now: clock.now });
    // Who leaves is told only to a bot with this switch.
    discord.gateway.privileged.add('guildMembers');
    stage = await DiscordStage.open({ test: await openDb(), startsAt: YEAR_STARTS, clock, discord });
    const people = ['Ada', 'Ben', 'Cai', 'Dan'].map((name) => (stage as DiscordStage).person(name));
    const [closed, gone, deleted, late] = people;
    closed?.person.closesMessages();
    gone?.person.leaves();
    deleted?.person.deletesAccount();
    stage.discord.faults.next(/^POST \/users\/@me\/channels$/, { kind: 'status', status: 403, code: 40_003 }, people.length);
    await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London', '--spread', '0s');
    await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, people);
    const olga = await stage.organiser('Olga', 'ARENA');
    await stage.until('2023-10-02T09:01:00Z');
    await olga.commands('/alumni check');
    expect(olga.told().at(-1)).toContain(
      '4 people wait to be written to for the first time: Discord lets a bot begin only a few conversations at a time.',
    );
    discord.faults.clear();
    for (let minute = 0; minute < 12; minute += 1) await stage.pass(60_000);
    expect(late?.sees()).toHaveLength(1);
    late?.person.leaves();
    let said = '';
    for (const end = Date.now() + PATIENCE_MS; !said.includes('Dan') && Date.now() < end; ) {
      await olga.commands('/alumni check');
      said = olga.told().at(-1) ?? '';
    }
    expect(said).not.toContain('wait to be written to');
    for (const [name, why] of [
      ['Ada', 'their direct messages are closed'],
      ['Ben', 'they share no server with me'],
      ['Cai', 'no account of theirs is there, or not any more'],
      ['Dan', 'they have left the workspace or server'],
    ])
      expect(said).toContain(`${name} (ARENA 2.0): ${why}`);
    for (const help of ['or press “Keep in touch”', 'invited onto it first', 'the list may be wrong', 'once they are back'])
      expect(said).toContain(help);
  });
});
