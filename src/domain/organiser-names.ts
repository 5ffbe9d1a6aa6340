import type { OrganiserName } from './people.js';

/**
 * An organiser as they are typed: `slack:U123`, `slack:S123` (a user group), `discord:123`, `discord:role:123`, an e-mail address,
 * or a mention as a platform writes it. Null: it is none of these.
 */
export function readOrganiserName(text: string): OrganiserName | null {
  const typed = text.trim();
  const slack = /^(?:slack:([A-Z][A-Z0-9]+)|<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>)$/.exec(typed);
  const slackId = slack?.slice(1).find((each) => each !== undefined);
  if (slackId !== undefined) {
    const named = { platform: 'slack', id: slackId } as const;
    return slackId.startsWith('S') ? { kind: 'group', group: named } : { kind: 'account', account: named };
  }
  const role = /^(?:discord:role:(\d+)|<@&(\d+)>)$/.exec(typed);
  const roleId = role?.[1] ?? role?.[2];
  if (roleId !== undefined) return { kind: 'group', group: { platform: 'discord', id: roleId } };
  const discord = /^(?:discord:(\d+)|<@!?(\d+)>)$/.exec(typed);
  const discordId = discord?.[1] ?? discord?.[2];
  if (discordId !== undefined) return { kind: 'account', account: { platform: 'discord', id: discordId } };
  // Slack sends an address as a link.
  const email = /^<mailto:([^|>]+)(?:\|[^>]*)?>$/.exec(typed)?.[1] ?? typed;
  return /^[^\s@:<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(email) ? { kind: 'email', email: email.toLowerCase() } : null;
}
