import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Check } from '../../src/platform-ports.js';
import { clientOptions, refusalOf, type SlackSettings } from './client.js';
import { platformError } from './failure.js';
import { BOT_SCOPES } from './scopes.js';

/** A channel to which a programme's digest goes. */
export type DigestChannel = { readonly programme: string; readonly id: string };

const ok = (what: string, detail: string): Check => ({ what, state: 'ok', detail });
const warn = (what: string, detail: string, mend: string): Check => ({ what, state: 'warn', detail, mend });
const fail = (what: string, detail: string, mend: string): Check => ({ what, state: 'fail', detail, mend });

const INSTALL_AGAIN =
  'under "OAuth & Permissions" on api.slack.com/apps make the bot’s scopes those of adapters/slack/manifest.yaml, then install the app again';

/** Looks at everything of Slack that can be wrong; it posts nothing and writes to nobody. */
export async function slackChecks(settings: SlackSettings, channels: readonly DigestChannel[]): Promise<readonly Check[]> {
  const client = new webApi.WebClient(settings.botToken, clientOptions(settings.apiUrl));
  const { token, isIn } = await tokenChecks(client, settings);
  const connection = await connectionCheck(settings);
  if (!isIn) return [...token, connection];
  const inChannels = await Promise.all(channels.map((channel) => channelCheck(client, channel)));
  return [...token, connection, MESSAGES_TAB, ...inChannels];
}

async function tokenChecks(
  client: webApi.WebClient,
  settings: SlackSettings,
): Promise<{ readonly token: readonly Check[]; readonly isIn: boolean }> {
  const what = 'Slack bot token';
  try {
    const { team, user, response_metadata } = await client.auth.test();
    const token = ok(what, `is for the bot ${user ?? '?'} in the workspace ${team ?? '?'}`);
    return { token: [token, scopesCheck(response_metadata?.scopes)], isIn: true };
  } catch (error) {
    return { token: [outOfReach(what, error, 'bot', settings)], isIn: false };
  }
}

function outOfReach(what: string, error: unknown, which: 'bot' | 'app', { apiUrl }: SlackSettings): Check {
  const refusal = refusalOf(error, which);
  if (refusal) {
    const [detail = '', ...mend] = refusal.message.split(': ');
    return fail(what, detail, mend.join(': '));
  }
  const code = platformError(error) ?? (error instanceof webApi.WebAPIRateLimitedError ? 'ratelimited' : null);
  const host = new URL(apiUrl).host;
  return code === null
    ? fail(what, `${host} does not answer`, 'check that this machine reaches it, through a proxy where there is one')
    : fail(what, `Slack has troubles of its own just now (${code})`, 'try again in some minutes');
}

function scopesCheck(given: readonly string[] | undefined): Check {
  const what = 'Slack permissions';
  if (given === undefined || given.length === 0)
    return warn(what, 'Slack did not say which the bot has', `if something is refused, ${INSTALL_AGAIN}`);
  const missing = BOT_SCOPES.filter((each) => !given.includes(each));
  const needless = given.filter((each) => !BOT_SCOPES.includes(each));
  if (missing.length > 0) return fail(what, `missing: ${missing.join(', ')}`, INSTALL_AGAIN);
  if (needless.length > 0) return warn(what, `more than it needs: ${needless.join(', ')}`, INSTALL_AGAIN);
  return ok(what, `all ${BOT_SCOPES.length} are there, and no other`);
}

async function connectionCheck(settings: SlackSettings): Promise<Check> {
  if (settings.mode.kind === 'http')
    return ok('Slack signing secret', 'is set; whether it is the right one shows with the first request that Slack makes');
  const what = 'Slack app token';
  try {
    await new webApi.WebClient(settings.mode.appToken, clientOptions(settings.apiUrl)).apps.connections.open({});
    return ok(what, 'opens a connection, so Socket Mode is on');
  } catch (error) {
    return outOfReach(what, error, 'app', settings);
  }
}

/** Slack tells no program whether people may write to an app, and to find out by writing to somebody is not worth it. */
const MESSAGES_TAB = warn(
  'Slack messages tab',
  'no program can see whether people may write to the bot',
  'open the bot’s direct messages in Slack: if there is no field to write in, switch on "Messages Tab" and "Allow users to send Slash commands and messages" under "App Home" on api.slack.com/apps',
);

const channelSchema = z.object({
  name: z.string().optional(),
  is_member: z.boolean().optional(),
  is_archived: z.boolean().optional(),
});

async function channelCheck(client: webApi.WebClient, { programme, id }: DigestChannel): Promise<Check> {
  const what = `Slack channel of ${programme}`;
  const another = `choose another: afterwards programme set "${programme}" --channel slack:C…`;
  try {
    const channel = channelSchema.parse((await client.conversations.info({ channel: id })).channel);
    const name = channel.name === undefined ? id : `#${channel.name}`;
    if (channel.is_archived) return fail(what, `${name} is archived`, another);
    if (channel.is_member !== true) return fail(what, `the bot is not in ${name}`, `write /invite @Afterwards in ${name}`);
    return ok(what, `the bot is in ${name}, and can post its digest there`);
  } catch (error) {
    const code = platformError(error);
    if (code === 'channel_not_found')
      return fail(
        what,
        `Slack knows no channel ${id}, or it is private and the bot is not in it`,
        `write /invite @Afterwards there, or ${another}`,
      );
    if (code === 'missing_scope') return fail(what, 'the bot may not look at channels', INSTALL_AGAIN);
    return fail(what, `could not be looked at (${code ?? 'no answer'})`, 'try again in some minutes');
  }
}
