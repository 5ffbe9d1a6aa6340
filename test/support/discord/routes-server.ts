import { isBody } from './message-bodies.js';
import { bodyProblems } from './request-bodies.js';
import type { Place } from './routes.js';
import { ApiError, type Reply, type Route } from './server.js';
import { type Body, type Command, type Guild, guildBody, memberBody, type State, userBody } from './state.js';

const ok = (body: unknown): Reply => ({ status: 200, body });

/** What of the application is switched on, as its flags tell. */
const MEMBERS_ON = 1 << 15;

/** The routes of who the bot is, of servers and their people, and of commands. */
export function serverRoutes(place: Place): readonly Route[] {
  const { state, gateway } = place;
  const hasMembers = () => gateway.privileged.has('guildMembers');
  const application = () => ({
    id: state.bot.id,
    name: 'Afterwards',
    description: '',
    bot_public: true,
    bot: userBody(state.bot),
    flags: hasMembers() ? MEMBERS_ON : 0,
  });
  return [
    { method: 'GET', path: /^\/gateway\/bot$/, handle: () => ok(gateway.connectionInfo()) },
    { method: 'GET', path: /^\/users\/@me$/, handle: () => ok({ ...userBody(state.bot), verified: true, mfa_enabled: false }) },
    { method: 'GET', path: /^\/applications\/@me$/, handle: () => ok(application()) },
    { method: 'GET', path: /^\/guilds\/(\d+)$/, handle: (_, [id = '']) => ok(guildBody(guildOf(state, id))) },
    {
      method: 'GET',
      path: /^\/guilds\/(\d+)\/members\/search$/,
      handle: ({ query }, [id = '']) => ok(search(guildOf(state, id), query)),
    },
    {
      method: 'GET',
      path: /^\/guilds\/(\d+)\/members\/(\d+)$/,
      handle: (_, [guild = '', id = '']) => {
        const member = guildOf(state, guild).members.get(id);
        if (member) return ok(memberBody(member));
        throw state.users.has(id) ? new ApiError(404, 10007, 'Unknown Member') : new ApiError(404, 10013, 'Unknown User');
      },
    },
    {
      method: 'GET',
      path: /^\/guilds\/(\d+)\/members$/,
      handle: ({ query }, [id = '']) => {
        if (!hasMembers()) throw new ApiError(403, 50001, 'Missing Access');
        return ok(membersPage(guildOf(state, id), query));
      },
    },
    {
      method: 'GET',
      path: /^\/guilds\/(\d+)\/channels$/,
      handle: (_, [id = '']) =>
        ok(
          [...state.channels.values()]
            .filter((each) => each.guildId === guildOf(state, id).id)
            .map((each) => state.channelBody(each)),
        ),
    },
    ...commandRoutes(place),
  ];
}

function guildOf(state: State, id: string): Guild {
  const guild = state.guilds.get(id);
  if (!guild?.members.has(state.bot.id)) throw new ApiError(404, 10004, 'Unknown Guild');
  return guild;
}

function search(guild: Guild, query: URLSearchParams): readonly Body[] {
  const start = (query.get('query') ?? '').toLowerCase();
  const limit = Number(query.get('limit') ?? 1);
  if (start === '' || !(limit >= 1 && limit <= 1000)) throw new ApiError(400, 50035, 'Invalid Form Body');
  return [...guild.members.values()]
    .filter(({ user, nick }) => [user.username, user.global_name, nick].some((name) => name?.toLowerCase().startsWith(start)))
    .slice(0, limit)
    .map(memberBody);
}

function membersPage(guild: Guild, query: URLSearchParams): readonly Body[] {
  const limit = Number(query.get('limit') ?? 1);
  const after = BigInt(query.get('after') ?? 0);
  if (!(limit >= 1 && limit <= 1000)) throw new ApiError(400, 50035, 'Invalid Form Body');
  return [...guild.members.values()]
    .filter(({ user }) => BigInt(user.id) > after)
    .sort((a, b) => (BigInt(a.user.id) < BigInt(b.user.id) ? -1 : 1))
    .slice(0, limit)
    .map(memberBody);
}

function commandRoutes({ state, complain }: Place): readonly Route[] {
  const stored = (scope: string) => state.commands.get(scope) ?? [];
  const put = (scope: string, body: unknown): Reply => {
    if (!Array.isArray(body)) throw new ApiError(400, 50035, 'Invalid Form Body');
    const problems = bodyProblems('PUT commands', body);
    if (problems.length > 0) {
      complain(`PUT commands: ${problems.join('; ')}`);
      throw new ApiError(400, 50035, 'Invalid Form Body', problems);
    }
    const commands = body
      .filter(isBody)
      .map((each): Command => ({ ...asStored(each, state, scope), id: state.nextId(), name: String(each.name) }));
    state.commands.set(scope, commands);
    return ok(commands);
  };
  return [
    { method: 'GET', path: /^\/applications\/\d+\/commands$/, handle: () => ok(stored('global')) },
    { method: 'PUT', path: /^\/applications\/\d+\/commands$/, handle: ({ body }) => put('global', body) },
    {
      method: 'GET',
      path: /^\/applications\/\d+\/guilds\/(\d+)\/commands$/,
      handle: (_, [id = '']) => ok(stored(guildOf(state, id).id)),
    },
    {
      method: 'PUT',
      path: /^\/applications\/\d+\/guilds\/(\d+)\/commands$/,
      handle: ({ body }, [id = '']) => put(guildOf(state, id).id, body),
    },
    {
      method: 'GET',
      path: /^\/applications\/\d+\/guilds\/(\d+)\/commands\/permissions$/,
      handle: () => ok([]),
    },
  ];
}

/** Discord gives back more than it was given, and leaves out what is false. */
function asStored(command: Body, state: State, scope: string): Body {
  return {
    application_id: state.bot.id,
    version: state.nextId(),
    type: 1,
    default_member_permissions: null,
    name_localizations: null,
    description_localizations: null,
    nsfw: false,
    ...(scope === 'global' ? {} : { guild_id: scope }),
    ...command,
    ...(Array.isArray(command.options) ? { options: command.options.map(asStoredOption) } : {}),
  };
}

function asStoredOption(option: unknown): unknown {
  const given = option as Body;
  const kept = Object.entries(given).filter(
    ([, value]) => value !== false && value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  const { options } = given;
  return {
    name_localizations: null,
    description_localizations: null,
    ...Object.fromEntries(kept),
    ...(Array.isArray(options) && options.length > 0 ? { options: options.map(asStoredOption) } : {}),
  };
}
