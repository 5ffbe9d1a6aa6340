import { Routes } from 'discord.js';
import type { Check } from '../../src/platform-ports.js';
import { type ApiFailure, type DiscordApi, discordApi } from './api.js';
import { wrongToken } from './connection.js';
import { applicationOf, inviteLink, NEEDED_PERMISSIONS } from './installation.js';
import { DEFAULT_OPENING_PACE, type OpeningPace } from './openings.js';
import { type ApiGuild, channelSchema, guildSchema, memberSchema } from './payloads.js';
import { ATTACHES, EMBEDS, permissionsOf, READS_HISTORY, SEES, WRITES } from './permissions.js';
import { areCommandsRegistered } from './registration.js';

/** A channel to which a programme's digest goes. */
export type DigestChannel = { readonly programme: string; readonly id: string };
type Settings = { readonly token: string; readonly guildId: string; readonly apiUrl: string; readonly openings?: OpeningPace };

const ok = (what: string, detail: string): Check => ({ what, state: 'ok', detail });
const warn = (what: string, detail: string, mend: string): Check => ({ what, state: 'warn', detail, mend });
const fail = (what: string, detail: string, mend: string): Check => ({ what, state: 'fail', detail, mend });

const PERMISSIONS: readonly (readonly [bigint, string])[] = [
  [SEES, 'View Channel'],
  [WRITES, 'Send Messages'],
  [EMBEDS, 'Embed Links'],
  [ATTACHES, 'Attach Files'],
  [READS_HISTORY, 'Read Message History'],
];

/** Looks at everything of Discord that can be wrong; it posts nothing, registers nothing and writes to nobody. */
export async function discordChecks(settings: Settings, channels: readonly DigestChannel[]): Promise<readonly Check[]> {
  const api = discordApi({ token: settings.token, url: settings.apiUrl });
  const application = await applicationOf(api);
  if (!application.ok) return [outOfReach('Discord token', application.error)];
  const { id, mayListMembers } = application.value;
  const token = ok('Discord token', `is for the application ${id}`);
  const server = await serverCheck(api, settings.guildId, id);
  if (!server.guild) return [token, server.check];
  const inChannels = [];
  for (const channel of channels) inChannels.push(await channelCheck(api, server.guild, id, channel));
  const commands = await commandCheck(api, settings.guildId, id);
  return [
    token,
    server.check,
    intentsCheck(mayListMembers),
    commands,
    WHO_SEES_COMMANDS,
    openingsCheck(settings.openings),
    ...inChannels,
  ];
}

function outOfReach(what: string, failure: ApiFailure): Check {
  if (failure.kind === 'refused' && failure.status === 401) {
    const [detail = '', ...mend] = wrongToken().message.split(': ');
    return fail(what, detail, mend.join(': '));
  }
  if (failure.kind === 'rate_limited') return fail(what, 'Discord asks for a pause', 'try again in some minutes');
  if (failure.kind === 'refused')
    return fail(what, `Discord refuses: ${failure.detail}`, 'see whether the bot is still on the server');
  return fail(what, 'Discord does not answer', 'check that this machine reaches discord.com, and see discordstatus.com');
}

async function serverCheck(
  api: DiscordApi,
  guildId: string,
  applicationId: string,
): Promise<{ check: Check; guild: ApiGuild | null }> {
  const what = 'Discord server';
  const answer = await api('get', Routes.guild(guildId));
  if (!answer.ok && answer.error.kind === 'refused' && answer.error.status !== 401) {
    const mend = `take it there with ${inviteLink(applicationId, guildId)}, or set DISCORD_GUILD_ID to the right server`;
    return { check: fail(what, `the bot is not on the server ${guildId}`, mend), guild: null };
  }
  const guild = guildSchema.safeParse(answer.ok ? answer.value : null);
  if (!answer.ok || !guild.success)
    return { check: outOfReach(what, answer.ok ? { kind: 'no_answer' } : answer.error), guild: null };
  return { check: ok(what, `the bot is on ${guild.data.name}`), guild: guild.data };
}

/** Nothing of this has to be on: people's direct messages to the bot are told to every bot. */
function intentsCheck(mayListMembers: boolean): Check {
  const what = 'Discord intents';
  if (mayListMembers) return ok(what, 'the bot sees who is on the server, who has a role, and who leaves');
  return warn(
    what,
    'the bot does not see who is on the server, so that it cannot bring in everybody with a role, cannot tell who reads a private channel, and learns that somebody left only when it writes to them',
    'if you want that, switch on "Server Members Intent" under "Bot" on discord.com/developers, and start the bot again',
  );
}

async function commandCheck(api: DiscordApi, guildId: string, applicationId: string): Promise<Check> {
  const what = 'Discord commands';
  const known = await areCommandsRegistered(api, { applicationId, guildId });
  if (!known.ok) return outOfReach(what, known.error);
  return known.value
    ? ok(what, '/checkin and /alumni are there as they should be')
    : warn(what, '/checkin and /alumni are not there yet, or are those of another version', '"start" registers them');
}

/** No bot can set who sees a command; that somebody is no organiser is told to them by the bot itself. */
const WHO_SEES_COMMANDS = warn(
  'Discord command visibility',
  'everybody on the server sees /alumni, though only organisers get an answer',
  'to show it to some roles only, open Server Settings, Integrations, the bot, /alumni, and choose them there',
);

/** Nothing of it can be seen, so it is told each time. */
function openingsCheck({ most, withinMs }: OpeningPace = DEFAULT_OPENING_PACE): Check {
  const pace = `${most} in ${withinMs / 60_000} minutes`;
  const isFast = most / withinMs > DEFAULT_OPENING_PACE.most / DEFAULT_OPENING_PACE.withinMs;
  return warn(
    'Discord direct messages',
    `a bot that writes to many people it never spoke with is quarantined by Discord, so the first messages leave slowly: ${pace} (DISCORD_OPENINGS)${isFast ? ', which is faster than is known to go well' : ''}`,
    'let people press the button of an invitation: whoever does is written to at once',
  );
}

async function channelCheck(api: DiscordApi, guild: ApiGuild, botId: string, { programme, id }: DigestChannel): Promise<Check> {
  const what = `Discord digest channel of ${programme}`;
  const answer = await api('get', Routes.channel(id));
  if (!answer.ok && answer.error.kind === 'refused' && answer.error.status !== 401)
    return fail(
      what,
      `the bot does not see the channel ${id}`,
      'add the bot to the channel, or choose another one with --channel',
    );
  const channel = channelSchema.safeParse(answer.ok ? answer.value : null);
  const me = await api('get', Routes.guildMember(guild.id, botId));
  const member = memberSchema.safeParse(me.ok ? me.value : null);
  if (!answer.ok || !channel.success || !member.success)
    return outOfReach(what, answer.ok ? { kind: 'no_answer' } : answer.error);
  if (channel.data.guild_id !== guild.id)
    return fail(what, 'is a channel of another server', 'choose one of this server with --channel');
  const has = permissionsOf(guild, channel.data, member.data);
  const missing = PERMISSIONS.filter(([bit]) => (has & bit & NEEDED_PERMISSIONS) === 0n).map(([, name]) => name);
  const name = channel.data.name ?? id;
  return missing.length === 0
    ? ok(what, `the bot can post in #${name}`)
    : fail(
        what,
        `in #${name} the bot lacks: ${missing.join(', ')}`,
        'give it these in the channel’s settings, under Permissions',
      );
}
