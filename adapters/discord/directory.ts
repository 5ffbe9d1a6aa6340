import { Routes } from 'discord.js';
import type { z } from 'zod';
import type { Account, Address } from '../../src/domain/people.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { Directory, Profile } from '../../src/platform-ports.js';
import type { ApiFailure, ApiRequest, DiscordApi } from './api.js';
import { CODES, isCode, sendFailureOf } from './failures.js';
import { type ApiMember, channelSchema, guildSchema, memberSchema } from './payloads.js';
import { isOpenToEveryone, permissionsOf, SEES } from './permissions.js';

const PAGE = 1000;
const MOST_PAGES = 100;

/** Why nobody can be listed: Discord shows a server's members only to bots that were given that. */
export const NO_MEMBER_LIST =
  'Discord lists the members of a server only to a bot with the "Server Members Intent": switch it on under "Bot" on discord.com/developers';

export type Members = {
  readonly directory: Directory;
  /** Who of the server sees a channel. */
  readonly seeing: (
    address: Address,
  ) => Promise<Result<{ readonly isPrivate: boolean; readonly members: readonly Account[] }, SendFailure>>;
  /** Whether somebody is on the server; null where that cannot be told. */
  readonly isHere: (id: string) => Promise<boolean | null>;
};

/** Who is who on the one server that this bot is for. Discord tells neither e-mail addresses nor time zones. */
export function membersIn(api: DiscordApi, guildId: string): Members {
  const get = async <T extends z.ZodType>(
    schema: T,
    route: `/${string}`,
    request?: ApiRequest,
  ): Promise<Result<z.output<T>, ApiFailure>> => {
    const answer = await api('get', route, request);
    if (!answer.ok) return answer;
    const parsed = schema.safeParse(answer.value);
    return parsed.success ? ok(parsed.data) : fail({ kind: 'no_answer' });
  };
  const memberOf = (id: string) => get(memberSchema, Routes.guildMember(guildId, id));

  const everybody = async (): Promise<Result<readonly ApiMember[], SendFailure>> => {
    const members: ApiMember[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { limit: String(PAGE), after: members.at(-1)?.user.id ?? '0' };
      const answer = await get(memberSchema.array(), Routes.guildMembers(guildId), { query });
      if (!answer.ok) {
        const isKept = answer.error.kind === 'refused' && answer.error.status === 403;
        return fail(isKept ? { kind: 'refused', detail: NO_MEMBER_LIST } : sendFailureOf(answer.error));
      }
      members.push(...answer.value);
      if (answer.value.length < PAGE) break;
    }
    return ok(members);
  };

  const inChannel = async (id: string): Promise<Result<{ isPrivate: boolean; members: readonly ApiMember[] }, SendFailure>> => {
    const channel = await get(channelSchema, Routes.channel(id));
    if (!channel.ok) return fail(sendFailureOf(channel.error));
    const guild = await get(guildSchema, Routes.guild(guildId));
    if (!guild.ok) return fail(sendFailureOf(guild.error));
    const isPrivate = !isOpenToEveryone(guild.value, channel.value);
    const all = await everybody();
    if (!all.ok) return isPrivate ? all : ok({ isPrivate, members: [] });
    // Bots read along everywhere; what is asked is who of the people does.
    const isThere = (each: ApiMember) => !each.user.bot && (permissionsOf(guild.value, channel.value, each) & SEES) !== 0n;
    return ok({ isPrivate, members: all.value.filter(isThere) });
  };

  return {
    seeing: async ({ id }) => {
      const found = await inChannel(id);
      if (!found.ok) return found;
      const { isPrivate, members } = found.value;
      return ok({ isPrivate, members: members.map(({ user }) => ({ platform: 'discord', id: user.id })) });
    },
    isHere: async (id) => {
      const member = await memberOf(id);
      if (member.ok) return true;
      return isCode(member.error, CODES.unknownMember) || isCode(member.error, CODES.unknownUser) ? false : null;
    },
    directory: {
      profile: async (id) => {
        if (!/^\d{1,20}$/.test(id)) return ok(null);
        const member = await memberOf(id);
        if (member.ok) return ok(profileOf(member.value));
        const isNobody = isCode(member.error, CODES.unknownMember) || isCode(member.error, CODES.unknownUser);
        return isNobody ? ok(null) : fail(sendFailureOf(member.error));
      },
      byEmail: async () => ok(null),
      byHandle: async (handle) => {
        const name = handle.replace(/^@/, '').trim().toLowerCase();
        if (name === '') return ok(null);
        const query = { query: name, limit: '100' };
        const found = await get(memberSchema.array(), `${Routes.guildMembers(guildId)}/search`, { query });
        if (!found.ok) return fail(sendFailureOf(found.error));
        const exact = found.value.find(({ user }) => user.username.toLowerCase() === name);
        return ok(exact ? profileOf(exact) : null);
      },
      // Unlike the members of a role, the roles of a member are told to every bot.
      groupsOf: async (id) => {
        const member = await memberOf(id);
        return member.ok ? ok(member.value.roles) : fail(sendFailureOf(member.error));
      },
      groupNamed: async (name) => {
        const guild = await get(guildSchema, Routes.guild(guildId));
        if (!guild.ok) return fail(sendFailureOf(guild.error));
        const wanted = name.replace(/^@/, '').trim().toLowerCase();
        return ok(guild.value.roles.find((role) => role.name.toLowerCase() === wanted)?.id ?? null);
      },
      membersOf: async ({ what, id }) => {
        const found = what === 'channel' ? await inChannelListed(id) : await everybody();
        if (!found.ok) return found;
        const members =
          what === 'channel' ? found.value : found.value.filter(({ roles }) => roles.includes(id) || id === guildId);
        return ok(members.map(profileOf));
      },
    },
  };

  /** Unlike for a digest, an open channel is no answer here: its members are wanted. */
  async function inChannelListed(id: string): Promise<Result<readonly ApiMember[], SendFailure>> {
    const all = await everybody();
    if (!all.ok) return all;
    const found = await inChannel(id);
    return found.ok ? ok(found.value.members) : found;
  }
}

const profileOf = ({ user, nick }: ApiMember): Profile => ({
  account: { platform: 'discord', id: user.id },
  name: nick ?? user.global_name ?? user.username,
  email: null,
  timeZone: null,
  standing: user.bot === true ? 'bot' : 'member',
});
