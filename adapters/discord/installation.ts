import { Routes } from 'discord.js';
import { z } from 'zod';
import { fail, ok, type Result } from '../../src/domain/result.js';
import { type PlatformMemory, PlatformRefusal } from '../../src/platform-ports.js';
import type { ApiFailure, DiscordApi } from './api.js';
import { wrongToken } from './connection.js';
import { ATTACHES, EMBEDS, READS_HISTORY, SEES, WRITES } from './permissions.js';

/** What the bot must be allowed on a server, and no more. */
export const NEEDED_PERMISSIONS = SEES | WRITES | EMBEDS | ATTACHES | READS_HISTORY;
const GUILD = 'discord_guild';

/** Flags of an application to which Discord, or its owner, gave the list of members. */
const MEMBERS_ALLOWED = (1 << 14) | (1 << 15);

const application = z.object({ id: z.string(), flags: z.number().catch(0) });
export type Application = { readonly id: string; readonly mayListMembers: boolean };

/** The link that takes the bot onto a server. */
export const inviteLink = (applicationId: string, guildId?: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=${NEEDED_PERMISSIONS}${guildId === undefined ? '' : `&guild_id=${guildId}`}`;

/** Which application the token belongs to, and what it may. */
export async function applicationOf(api: DiscordApi): Promise<Result<Application, ApiFailure>> {
  const answer = await api('get', Routes.currentApplication());
  if (!answer.ok) return answer;
  const parsed = application.safeParse(answer.value);
  if (!parsed.success) return fail({ kind: 'no_answer' });
  return ok({ id: parsed.data.id, mayListMembers: (parsed.data.flags & MEMBERS_ALLOWED) !== 0 });
}

/**
 * Looks whether this bot is set up for this server; null where Discord does not answer just now. Rejects with `PlatformRefusal` where
 * the token is wrong, the bot is not on the server, or the database belongs to another one.
 */
export async function checkInstallation(api: DiscordApi, guildId: string, memory: PlatformMemory): Promise<Application | null> {
  const known = await memory.fact(GUILD);
  if (known !== null && known !== guildId)
    throw new PlatformRefusal(
      `DISCORD_GUILD_ID is another server than the one whose people this database holds (${known}): set that one, or use a database of its own`,
    );
  const found = await applicationOf(api);
  if (!found.ok) {
    if (found.error.kind === 'refused' && found.error.status === 401) throw wrongToken();
    return null;
  }
  const guild = await api('get', Routes.guild(guildId));
  if (!guild.ok) {
    if (guild.error.kind !== 'refused') return null;
    throw new PlatformRefusal(
      `The bot is not on the server that DISCORD_GUILD_ID names: take it there with ${inviteLink(found.value.id)}`,
    );
  }
  await memory.keepFact(GUILD, guildId);
  return found.value;
}
