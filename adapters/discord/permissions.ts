import type { ApiChannel, ApiGuild, ApiMember } from './payloads.js';

const ADMINISTERS = 1n << 3n;
export const SEES = 1n << 10n;
export const WRITES = 1n << 11n;
export const EMBEDS = 1n << 14n;
export const ATTACHES = 1n << 15n;
export const READS_HISTORY = 1n << 16n;

type Overwrite = ApiChannel['permission_overwrites'][number];

/** What somebody with these roles may do in a channel: roles add up, then the channel overrides for everyone, by role, by person. */
export function permissionsOf(guild: ApiGuild, channel: ApiChannel, { user, roles }: Pick<ApiMember, 'user' | 'roles'>): bigint {
  const held = new Set([guild.id, ...roles]);
  const base = guild.roles.filter(({ id }) => held.has(id)).reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
  if (guild.owner_id === user.id || (base & ADMINISTERS) !== 0n) return ~0n;
  const overwrites = channel.permission_overwrites;
  const steps = [
    overwrites.filter(({ id }) => id === guild.id),
    overwrites.filter(({ id, type }) => type === 0 && id !== guild.id && held.has(id)),
    overwrites.filter(({ id, type }) => type === 1 && id === user.id),
  ];
  return steps.reduce(overridden, base);
}

function overridden(permissions: bigint, overwrites: readonly Overwrite[]): bigint {
  const denied = overwrites.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
  const allowed = overwrites.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
  return (permissions & ~denied) | allowed;
}

/** Whether somebody who has no role and is named nowhere sees the channel. */
export function isOpenToEveryone(guild: ApiGuild, channel: ApiChannel): boolean {
  const nobody = { user: { id: '0', username: '' }, roles: [] };
  return (permissionsOf(guild, channel, nobody) & SEES) !== 0n;
}
