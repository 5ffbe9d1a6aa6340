import { LogLevel, webApi } from '@slack/bolt';
import { PlatformRefusal } from '../../src/platform-ports.js';
import { platformError } from './failure.js';

export type SlackSettings = {
  readonly botToken: string;
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string };
  readonly apiUrl: string;
};

/** Who the bot is, and where. */
export type Identity = {
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId: string | null;
  readonly appId: string | null;
  /** Null where Slack does not say. */
  readonly scopes: ReadonlySet<string> | null;
};

const TIMEOUT_MS = 10_000;

/** The SDK's own words may hold replies and tokens, and what matters of them is logged where it is caught: nothing is passed on. */
export const SILENT_LOGGER: webApi.WebClientOptions['logger'] & {} = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};
/**
 * Options for one client. Each gets its own: the SDK changes what it is handed. It retries nothing by itself, since a retry after an
 * unknown outcome would ask somebody twice, and never waits for ever.
 */
export function clientOptions(apiUrl: string, timeout = TIMEOUT_MS): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`,
    retryConfig: { retries: 0 },
    timeout,
    rejectRateLimitedCalls: true,
    logger: SILENT_LOGGER,
  };
}

/** The client that asks and sends; `timeoutMs` is how long it waits for an answer. */
export const clientFor = (
  { botToken, apiUrl }: Pick<SlackSettings, 'botToken' | 'apiUrl'>,
  timeoutMs = TIMEOUT_MS,
): webApi.WebClient => new webApi.WebClient(botToken, clientOptions(apiUrl, timeoutMs));

/** Without these the bot can neither ask nor hear an answer. */
const NEEDED = ['chat:write', 'im:write', 'im:history', 'users:read'];

const BOT_TOKEN = 'copy the "Bot User OAuth Token" from "OAuth & Permissions" on api.slack.com/apps';
const APP_TOKEN =
  'make one under "Basic Information", "App-Level Tokens" on api.slack.com/apps, with the scope connections:write, and switch Socket Mode on';

/** Why Slack will not have us, in a line for the operator; null where it may still come right. */
export function refusalOf(error: unknown, which: 'bot' | 'app'): PlatformRefusal | null {
  const name = which === 'bot' ? 'SLACK_BOT_TOKEN' : 'SLACK_APP_TOKEN';
  const mend = which === 'bot' ? BOT_TOKEN : APP_TOKEN;
  const code = platformError(error);
  switch (code) {
    case null:
    case 'ratelimited':
    case 'fatal_error':
    case 'internal_error':
    case 'request_timeout':
    case 'service_unavailable':
      return null;
    case 'missing_scope':
      return new PlatformRefusal(`${name} lacks a permission that Slack asks for (missing_scope): ${mend}`);
    case 'not_allowed_token_type':
      return new PlatformRefusal(`${name} is a token of another kind (${code}): ${mend}`);
    case 'account_inactive':
    case 'token_revoked':
    case 'token_expired':
      return new PlatformRefusal(`Slack does not accept ${name} any more (${code}): install the app again, then ${mend}`);
    default:
      return new PlatformRefusal(`Slack does not accept ${name} (${code}): ${mend}`);
  }
}

/** Asks Slack who we are. Rejects with `PlatformRefusal` where the token is wrong or may do too little. */
export async function identityOf(client: webApi.WebClient): Promise<Identity> {
  let answer: webApi.AuthTestResponse;
  try {
    answer = await client.auth.test();
  } catch (error) {
    throw refusalOf(error, 'bot') ?? error;
  }
  const { team_id, user_id, bot_id, app_id, response_metadata } = answer;
  if (!team_id || !user_id || (answer.is_enterprise_install ?? false))
    throw new PlatformRefusal(`SLACK_BOT_TOKEN belongs to no single workspace: install the app in one, then ${BOT_TOKEN}`);
  const given = response_metadata?.scopes;
  const scopes = given && given.length > 0 ? new Set(given) : null;
  const missing = scopes === null ? [] : NEEDED.filter((each) => !scopes.has(each));
  if (missing.length > 0)
    throw new PlatformRefusal(
      `The Slack app lacks ${missing.length === 1 ? 'the permission' : 'the permissions'} ${missing.join(', ')}: add what adapters/slack/manifest.yaml lists under "OAuth & Permissions" on api.slack.com/apps, and install the app again`,
    );
  return { teamId: team_id, botUserId: user_id, botId: bot_id ?? null, appId: app_id ?? null, scopes };
}

/** Addresses in what Slack sends are followed to Slack alone: its own hosts, or the host that stands in for it. */
export function isOfSlack(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const [target, api] = [new URL(url), new URL(apiUrl)];
  const domain = /(?:^|\.)(slack(?:-gov)?\.com)$/.exec(api.hostname)?.[1];
  if (domain === undefined) return target.hostname === api.hostname;
  return target.protocol === 'https:' && (target.hostname === domain || target.hostname.endsWith(`.${domain}`));
}
