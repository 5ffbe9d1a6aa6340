import { describe, expect, it } from 'vitest';
import { type Environment, readConfig } from '../src/config.js';

function configured(environment: Environment) {
  const config = readConfig(environment);
  if (!config.ok) throw new Error(config.error.join('\n'));
  return config.value;
}

function problems(environment: Environment): readonly string[] {
  const config = readConfig(environment);
  return config.ok ? [] : config.error;
}

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const DISCORD = { DISCORD_TOKEN: 'token', DISCORD_GUILD_ID: '123' };

describe('the configuration', () => {
  it('needs nothing: the embedded database in ./data, no platform, port 8080', () => {
    expect(configured({})).toEqual({
      database: { kind: 'embedded', folder: './data' },
      dataFolder: './data',
      secret: null,
      slack: null,
      discord: null,
      model: null,
      port: { number: 8080, isChosen: false },
      logLevel: null,
      clockOffsetMs: 0,
      reconcileAfterMs: 60_000,
    });
  });

  it('counts an empty value as unset, as compose files leave it', () => {
    expect(configured({ DATABASE_URL: '', SLACK_BOT_TOKEN: ' ', PORT: '', LOG_LEVEL: '' })).toEqual(configured({}));
  });

  it('takes PostgreSQL where DATABASE_URL is set', () => {
    expect(configured({ DATABASE_URL: 'postgres://a:b@localhost/x' }).database).toEqual({
      kind: 'postgres',
      url: 'postgres://a:b@localhost/x',
    });
  });

  it('knows Slack by socket and by HTTP', () => {
    expect(configured(SLACK).slack).toEqual({
      botToken: 'xoxb-1',
      mode: { kind: 'socket', appToken: 'xapp-1' },
      apiUrl: 'https://slack.com/api/',
    });
    expect(configured({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }).slack?.mode).toEqual({
      kind: 'http',
      signingSecret: 's',
    });
  });

  it('lists every problem at once, each with where to find the value', () => {
    const found = problems({
      DATABASE_URL: 'mysql://x',
      SLACK_APP_TOKEN: 'xapp-1',
      DISCORD_TOKEN: 'token',
      AFTERWARDS_LLM_MODEL: 'm',
      PORT: '70000',
      LOG_LEVEL: 'loud',
      AFTERWARDS_SECRET: 'short',
    });
    for (const name of [
      'DATABASE_URL',
      'SLACK_BOT_TOKEN',
      'DISCORD_GUILD_ID',
      'AFTERWARDS_LLM_PROVIDER',
      'PORT',
      'LOG_LEVEL',
      'AFTERWARDS_SECRET',
    ])
      expect(found.filter((problem) => problem.startsWith(name))).toHaveLength(1);
    expect(found.find((problem) => problem.startsWith('SLACK_BOT_TOKEN'))).toContain('OAuth & Permissions');
  });

  it('never repeats a value, which may be a secret', () => {
    expect(problems({ SLACK_BOT_TOKEN: 'xoxp-secret', AFTERWARDS_SECRET: 'hush', DATABASE_URL: 'x://hush' }).join()).not.toMatch(
      /xoxp-secret|hush/,
    );
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN is missing'],
    [{ ...SLACK, SLACK_SIGNING_SECRET: 's' }, 'both set'],
    [{ DISCORD_GUILD_ID: '1' }, 'DISCORD_TOKEN is missing'],
    [{ AFTERWARDS_LLM_PROVIDER: 'openai-compatible', AFTERWARDS_LLM_MODEL: 'm' }, 'AFTERWARDS_LLM_BASE_URL is missing'],
    [{ AFTERWARDS_LLM_PROVIDER: 'anthropic', AFTERWARDS_LLM_MODEL: 'm' }, 'AFTERWARDS_LLM_API_KEY is missing'],
    [{ AFTERWARDS_LLM_PROVIDER: 'anthropic', AFTERWARDS_LLM_API_KEY: 'k' }, 'AFTERWARDS_LLM_MODEL is missing'],
  ])('says what is missing of what is set by halves: %o', (environment, words) => {
    expect(problems(environment)).toEqual([expect.stringContaining(words)]);
  });

  it('takes a clock offset forward and back, while no real platform is configured', () => {
    expect(configured({ AFTERWARDS_CLOCK_OFFSET: '180d' }).clockOffsetMs).toBe(180 * 86_400_000);
    expect(configured({ AFTERWARDS_CLOCK_OFFSET: '-2h' }).clockOffsetMs).toBe(-7_200_000);
    const local = { SLACK_API_URL: 'http://127.0.0.1:9000/api/', DISCORD_API_URL: 'http://localhost:9001/api' };
    expect(configured({ ...SLACK, ...DISCORD, ...local, AFTERWARDS_CLOCK_OFFSET: '1d' }).clockOffsetMs).toBe(86_400_000);
  });

  it.each([
    [SLACK, 'SLACK_API_URL'],
    [{ ...SLACK, ...DISCORD, SLACK_API_URL: 'http://127.0.0.1:1/' }, 'DISCORD_API_URL'],
    [{ ...SLACK, SLACK_API_URL: 'http://127.0.0.1.evil.example/' }, 'SLACK_API_URL'],
  ])('refuses a clock offset or an early look-up on a platform that may be real', (environment, name) => {
    expect(problems({ ...environment, AFTERWARDS_CLOCK_OFFSET: '1d' })).toEqual([expect.stringContaining(name)]);
    expect(problems({ ...environment, AFTERWARDS_RECONCILE_AFTER: '2s' })).toEqual([expect.stringContaining(name)]);
  });

  it('looks an unknown outcome up after a minute, or sooner in trials', () => {
    expect(configured({}).reconcileAfterMs).toBe(60_000);
    expect(configured({ AFTERWARDS_RECONCILE_AFTER: '2s' }).reconcileAfterMs).toBe(2_000);
    expect(problems({ AFTERWARDS_RECONCILE_AFTER: 'soon' })).toEqual([expect.stringContaining('60s')]);
  });

  it.each(['soon', '1', '1.5d', '--1d', '1w'])('refuses the clock offset %s', (offset) => {
    expect(problems({ AFTERWARDS_CLOCK_OFFSET: offset })).toEqual([expect.stringContaining('180d')]);
  });
});
