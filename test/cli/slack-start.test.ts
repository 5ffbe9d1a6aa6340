import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/platform-bot.js';
import { elementsIn, FakeSlack, seenIn } from '../support/slack/fake-slack.js';
import { environmentFor } from '../support/slack/seen.js';
import { freshFolder, freshPostgresUrl, hasPostgres } from '../support/test-db.js';

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
/** A process starts in seconds, and in many more on a busy machine. */
const SLOW_MS = 60_000;
const DAY_MS = 86_400_000;

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The built program in a process of its own. */
function run(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [MAIN, ...argv], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    cwd: freshFolder(),
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => (signal ?? code) as number | string);
  closing.push(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, said, ended };
}

async function madeUpSlack() {
  const slack = await FakeSlack.open(() => new Date());
  closing.push(() => slack.close());
  return slack;
}

const ready = async ({ said, ended }: ReturnType<typeof run>): Promise<{ port: number; platforms: string[] }> => {
  void ended.then(() => {});
  const line = await eventually(() => /^\{"ready":.*\}$/m.exec(said.out)?.[0], `the ready line: ${said.err}`, SLOW_MS);
  return JSON.parse(line);
};

describe.skipIf(!hasPostgres || !existsSync(MAIN))('the built bot on Slack', () => {
  it('ends with one line where Slack does not take its token', async () => {
    const slack = await madeUpSlack();
    const env = { DATABASE_URL: await freshPostgresUrl(), AFTERWARDS_SECRET: 'a secret for the tests', PORT: '0' };
    const started = run(['start'], { ...env, ...environmentFor(slack), SLACK_BOT_TOKEN: 'xoxb-wrong' });
    expect(await started.ended).toBe(1);
    expect(started.said.out).toBe('');
    expect(started.said.err).toMatch(
      /^Slack does not accept SLACK_BOT_TOKEN \(invalid_auth\): copy the "Bot User OAuth Token".*\n$/,
    );
  }, 120_000);

  it('says when it is ready, asks and answers, is killed after Slack took a message, asks nobody twice, and ends on SIGTERM', async () => {
    const slack = await madeUpSlack();
    const mara = slack.workspace.addUser({ name: 'Mara Lind', timeZone: 'Europe/Stockholm' }).id;
    const tom = slack.workspace.addUser({ name: 'Tom Okafor', timeZone: 'Europe/London' }).id;
    const env = {
      DATABASE_URL: await freshPostgresUrl(),
      AFTERWARDS_SECRET: 'a secret for the tests',
      AFTERWARDS_CLOCK_OFFSET: '95d',
      AFTERWARDS_RECONCILE_AFTER: '2s',
      PORT: '0',
      ...environmentFor(slack),
    };
    const cli = async (...argv: string[]) => {
      const { said, ended } = run(argv, env);
      const code = await ended;
      if (code !== 0) throw new Error(`${argv.join(' ')}: ${said.err}`);
      return said.out;
    };
    const settings = [
      '--waves',
      '3',
      '--send-window',
      '00:00-24:00',
      '--send-days',
      'mon-sun',
      '--spread',
      '0s',
      '--settle',
      '2s',
    ];
    await cli('programme', 'set', 'ARENA', ...settings);
    const roster = join(freshFolder(), 'roster.csv');
    writeFileSync(roster, `name,slack,timezone\nMara Lind,${mara},Europe/Stockholm\n`);
    const ended = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
    await cli('cohort', 'import', roster, '--programme', 'ARENA', '--cohort', 'C1', '--ended', ended);

    const first = run(['start'], env);
    const { port, platforms } = await ready(first);
    expect(platforms).toEqual(['slack']);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    const question = await eventually(() => slack.fromBot(mara)[0], 'a question', SLOW_MS);
    expect(question.text).toContain('three months');
    await slack.says(mara, 'I am a research engineer at Redwood Research, full time.');
    const card = await eventually(
      () => slack.fromBot(mara).find((each) => seenIn(each.blocks).includes('Redwood')),
      'a card',
      SLOW_MS,
    );
    expect(elementsIn(card.blocks).length).toBeGreaterThan(3);

    // Slack takes Tom's question, and the bot never hears of it.
    slack.faults.add('chat.postMessage', { kind: 'lose' }, 1, (args) => args.channel === slack.workspace.directWith(tom)?.id);
    writeFileSync(roster, `name,slack,timezone\nTom Okafor,${tom},Europe/London\n`);
    await cli('cohort', 'import', roster, '--programme', 'ARENA', '--cohort', 'C1', '--ended', ended);
    await eventually(() => slack.fromBot(tom).length === 1, 'Tom’s question', SLOW_MS);
    first.child.kill('SIGKILL');
    await first.ended;
    slack.writes(tom, 'I teach mathematics at a school in Leeds, full time.');

    const second = run(['start'], env);
    await ready(second);
    const stateOfTom = async () => {
      const rows = JSON.parse(await cli('checkins', '--programme', 'ARENA', '--json')) as readonly {
        alumnus: string;
        state: string;
      }[];
      return rows.find((each) => each.alumnus === 'Tom Okafor')?.state;
    };
    const until = Date.now() + SLOW_MS;
    while ((await stateOfTom()) === 'sending' && Date.now() < until) await new Promise((again) => setTimeout(again, 500));
    expect(await stateOfTom(), second.said.err).toMatch(/^(delivered|answered)$/);
    await eventually(() => slack.fromBot(tom).some((each) => /Leeds/.test(seenIn(each.blocks))), 'what was missed', SLOW_MS);
    expect(slack.fromBot(tom).filter((each) => each.text.includes('three months'))).toHaveLength(1);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    for (const { said } of [first, second]) expect(said.err).not.toMatch(/Mara|Redwood|xoxb|xapp|Leeds/);
    expect(slack.refused).toEqual([]);
  }, 400_000);
});
