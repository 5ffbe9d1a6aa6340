import { z } from 'zod';
import { parseDuration } from './domain/durations.js';
import type { ModelAccess } from './domain/model-access.js';
import { fail, ok, type Result } from './domain/result.js';

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type DatabaseConfig =
  | { readonly kind: 'postgres'; readonly url: string }
  /** PGlite in a folder, one process. */
  | { readonly kind: 'embedded'; readonly folder: string };

export type SlackConfig = {
  readonly botToken: string;
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string };
  readonly apiUrl: string;
};
export type DiscordConfig = {
  readonly token: string;
  readonly guildId: string;
  readonly apiUrl: string;
  /** How many direct messages may be opened in how long with people who did not ask for it. */
  readonly openings: { readonly most: number; readonly withinMs: number };
};

/** All that the environment says, parsed once. Null: not configured. */
export type Config = {
  readonly database: DatabaseConfig;
  /** The folder of the embedded database; with PostgreSQL, where the list of erased people is kept beside it. */
  readonly dataFolder: string;
  /** Keys the fingerprints of erased people. Null: made and kept in the folder with the embedded database, missing with PostgreSQL. */
  readonly secret: string | null;
  readonly slack: SlackConfig | null;
  readonly discord: DiscordConfig | null;
  readonly model: ModelAccess | null;
  /** 0: any that is free. `isChosen` is false where it is only the default. */
  readonly port: { readonly number: number; readonly isChosen: boolean };
  /** Null: whatever suits what is run. */
  readonly logLevel: LogLevel | null;
  readonly clockOffsetMs: number;
  /** How long after a try whose outcome is unknown the platform is asked about it, at the earliest. */
  readonly reconcileAfterMs: number;
};

export type Environment = Readonly<Record<string, string | undefined>>;

const DATA_FOLDER = './data';
const SLACK_API = 'https://slack.com/api/';
const DISCORD_API = 'https://discord.com/api';
const SHORTEST_SECRET = 16;
/** Discord tells no limit; bots that opened a few dozen at once were quarantined, and ten in ten minutes is what people report. */
const OPENINGS_MS = 600_000;
const FEWEST_OPENINGS = 10;
const OPENINGS = 'DISCORD_OPENINGS must be how many direct messages may be opened in ten minutes, such as 10';
const RECONCILE_AFTER_MS = 60_000;

const wordy = (message: string) => ({ error: message });
/** An empty value counts as unset: compose files and shells leave them behind. */
const given = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());
const text = z.string().trim();
const startingWith = (start: string, message: string) => text.startsWith(start, wordy(message));
const webAddress = (name: string) =>
  text.refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), {
    error: `${name} must be an address such as https://example.org/v1`,
  });

const environmentSchema = z
  .object({
    DATABASE_URL: given(
      text.regex(
        /^postgres(ql)?:\/\/\S+$/,
        wordy('DATABASE_URL must look like postgres://user:password@host:5432/database, or be unset for the embedded database'),
      ),
    ),
    AFTERWARDS_DATA: given(text),
    AFTERWARDS_SECRET: given(
      text.min(
        SHORTEST_SECRET,
        wordy(
          `AFTERWARDS_SECRET must have at least ${SHORTEST_SECRET} characters: make one with "openssl rand -hex 32", and keep it`,
        ),
      ),
    ),
    SLACK_BOT_TOKEN: given(
      startingWith('xoxb-', 'SLACK_BOT_TOKEN must begin with xoxb-: copy it from "OAuth & Permissions" on api.slack.com/apps'),
    ),
    SLACK_APP_TOKEN: given(
      startingWith('xapp-', 'SLACK_APP_TOKEN must begin with xapp-: copy it from "Basic Information", "App-Level Tokens"'),
    ),
    SLACK_SIGNING_SECRET: given(text),
    SLACK_API_URL: given(webAddress('SLACK_API_URL')),
    DISCORD_TOKEN: given(text),
    DISCORD_GUILD_ID: given(
      text.regex(
        /^\d{1,20}$/,
        wordy('DISCORD_GUILD_ID must be the number that "Copy Server ID" gives (right-click the server, Developer Mode on)'),
      ),
    ),
    DISCORD_API_URL: given(webAddress('DISCORD_API_URL')),
    DISCORD_OPENINGS: given(
      text
        .regex(/^\d{1,6}$/, wordy(OPENINGS))
        .transform(Number)
        .refine((most) => most > 0, wordy(OPENINGS)),
    ),
    AFTERWARDS_LLM_PROVIDER: given(
      z.enum(['openai-compatible', 'anthropic'], wordy('AFTERWARDS_LLM_PROVIDER must be openai-compatible or anthropic')),
    ),
    AFTERWARDS_LLM_BASE_URL: given(webAddress('AFTERWARDS_LLM_BASE_URL')),
    AFTERWARDS_LLM_MODEL: given(text),
    AFTERWARDS_LLM_API_KEY: given(text),
    PORT: given(
      text
        .regex(/^\d{1,5}$/, wordy('PORT must be a number from 0 to 65535'))
        .transform(Number)
        .refine((port) => port <= 65_535, wordy('PORT must be a number from 0 to 65535')),
    ),
    LOG_LEVEL: given(z.enum(LOG_LEVELS, wordy(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`))),
    AFTERWARDS_CLOCK_OFFSET: given(
      text.transform((value, context) => {
        const [, sign, duration = ''] = /^([+-]?)(.*)$/.exec(value) ?? [];
        const ms = parseDuration(duration);
        if (ms !== null) return sign === '-' ? -ms : ms;
        context.addIssue({ code: 'custom', message: 'AFTERWARDS_CLOCK_OFFSET must be a duration such as 180d, 90m or -2h' });
        return z.NEVER;
      }),
    ),
    AFTERWARDS_RECONCILE_AFTER: given(
      text.transform((value, context) => {
        const ms = parseDuration(value);
        if (ms !== null) return ms;
        context.addIssue({ code: 'custom', message: 'AFTERWARDS_RECONCILE_AFTER must be a duration such as 60s or 2s' });
        return z.NEVER;
      }),
    ),
  })
  .superRefine((env, context) => {
    for (const message of [...groupProblems(env), ...trialProblems(env)]) context.addIssue({ code: 'custom', message });
  });
type Parsed = z.output<typeof environmentSchema>;

/** The configuration, or every problem of the environment at once, each with what to do about it. */
export function readConfig(environment: Environment): Result<Config, readonly string[]> {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ message }) => message);
    // Zod looks at the whole only once each variable is right; a person should not have to mend the one to hear of the other.
    return fail([...new Set([...problems, ...groupProblems(environment as Parsed)])]);
  }
  const env = parsed.data;
  return ok({
    database: env.DATABASE_URL
      ? { kind: 'postgres', url: env.DATABASE_URL }
      : { kind: 'embedded', folder: env.AFTERWARDS_DATA ?? DATA_FOLDER },
    dataFolder: env.AFTERWARDS_DATA ?? DATA_FOLDER,
    secret: env.AFTERWARDS_SECRET ?? null,
    slack: slackOf(env),
    discord: discordOf(env),
    model: modelOf(env),
    port: { number: env.PORT ?? 8080, isChosen: env.PORT !== undefined },
    logLevel: env.LOG_LEVEL ?? null,
    clockOffsetMs: env.AFTERWARDS_CLOCK_OFFSET ?? 0,
    reconcileAfterMs: env.AFTERWARDS_RECONCILE_AFTER ?? RECONCILE_AFTER_MS,
  });
}

const isSet = (value: unknown) => value !== undefined && value !== '';

/** What is set by halves. */
function groupProblems(env: Partial<Parsed>): readonly string[] {
  const has = (name: keyof Parsed) => isSet(env[name]);
  const slack = (['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'] as const).some(has);
  const discord = (['DISCORD_TOKEN', 'DISCORD_GUILD_ID'] as const).some(has);
  const model = (['AFTERWARDS_LLM_BASE_URL', 'AFTERWARDS_LLM_MODEL', 'AFTERWARDS_LLM_API_KEY'] as const).some(has);
  const provider = env.AFTERWARDS_LLM_PROVIDER;
  const problems: readonly (readonly [boolean, string])[] = [
    [
      slack && !has('SLACK_BOT_TOKEN'),
      'SLACK_BOT_TOKEN is missing: copy it from "OAuth & Permissions" on api.slack.com/apps, or leave all Slack variables unset to try it in the terminal',
    ],
    [
      slack && !has('SLACK_APP_TOKEN') && !has('SLACK_SIGNING_SECRET'),
      'SLACK_APP_TOKEN is missing: make one under "Basic Information", "App-Level Tokens" (scope connections:write); or set SLACK_SIGNING_SECRET from the same page to have Slack call this server',
    ],
    [
      has('SLACK_APP_TOKEN') && has('SLACK_SIGNING_SECRET'),
      'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: keep the first for Socket Mode, or the second to have Slack call this server',
    ],
    [
      discord && !has('DISCORD_TOKEN'),
      'DISCORD_TOKEN is missing: copy it from the "Bot" page of your application on discord.com/developers',
    ],
    [
      discord && !has('DISCORD_GUILD_ID'),
      'DISCORD_GUILD_ID is missing: right-click the server in Discord with Developer Mode on, then "Copy Server ID"',
    ],
    [
      model && provider === undefined,
      'AFTERWARDS_LLM_PROVIDER is missing: set it to openai-compatible or anthropic, or unset the other AFTERWARDS_LLM variables to read replies offline',
    ],
    [
      isSet(provider) && !has('AFTERWARDS_LLM_MODEL'),
      "AFTERWARDS_LLM_MODEL is missing: the model's name as its provider writes it",
    ],
    [
      provider === 'openai-compatible' && !has('AFTERWARDS_LLM_BASE_URL'),
      'AFTERWARDS_LLM_BASE_URL is missing: the address of the endpoint, such as http://localhost:11434/v1',
    ],
    [
      provider === 'anthropic' && !has('AFTERWARDS_LLM_API_KEY'),
      'AFTERWARDS_LLM_API_KEY is missing: make one on console.anthropic.com',
    ],
  ];
  return problems.flatMap(([isProblem, message]) => (isProblem ? [message] : []));
}

/** A clock that runs ahead asks real people things too early, and a look-up that comes too soon asks them twice: both are for trials on made-up platforms. */
function trialProblems(env: Partial<Parsed>): readonly string[] {
  const trials = (['AFTERWARDS_CLOCK_OFFSET', 'AFTERWARDS_RECONCILE_AFTER'] as const).filter((name) => env[name]);
  const apis = [
    ...(isSet(env.SLACK_BOT_TOKEN) ? [['SLACK_API_URL', env.SLACK_API_URL ?? SLACK_API] as const] : []),
    ...(isSet(env.DISCORD_TOKEN) ? [['DISCORD_API_URL', env.DISCORD_API_URL ?? DISCORD_API] as const] : []),
  ];
  const real = apis.filter(([, url]) => !isLoopback(url)).map(([name]) => name);
  if (real.length === 0) return [];
  return trials.map(
    (name) =>
      `${name} is for trials, and ${real.join(' and ')} ${real.length === 1 ? 'does' : 'do'} not point at this machine: unset it, or the tokens`,
  );
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function slackOf(env: Parsed): SlackConfig | null {
  if (!env.SLACK_BOT_TOKEN) return null;
  const mode = env.SLACK_APP_TOKEN
    ? ({ kind: 'socket', appToken: env.SLACK_APP_TOKEN } as const)
    : ({ kind: 'http', signingSecret: env.SLACK_SIGNING_SECRET ?? '' } as const);
  return { botToken: env.SLACK_BOT_TOKEN, mode, apiUrl: env.SLACK_API_URL ?? SLACK_API };
}

function discordOf(env: Parsed): DiscordConfig | null {
  if (!env.DISCORD_TOKEN || !env.DISCORD_GUILD_ID) return null;
  return {
    token: env.DISCORD_TOKEN,
    guildId: env.DISCORD_GUILD_ID,
    apiUrl: env.DISCORD_API_URL ?? DISCORD_API,
    openings: { most: env.DISCORD_OPENINGS ?? FEWEST_OPENINGS, withinMs: OPENINGS_MS },
  };
}

function modelOf(env: Parsed): ModelAccess | null {
  if (!env.AFTERWARDS_LLM_PROVIDER || !env.AFTERWARDS_LLM_MODEL) return null;
  return {
    provider: env.AFTERWARDS_LLM_PROVIDER,
    baseUrl: env.AFTERWARDS_LLM_BASE_URL ?? null,
    model: env.AFTERWARDS_LLM_MODEL,
    apiKey: env.AFTERWARDS_LLM_API_KEY ?? null,
  };
}
