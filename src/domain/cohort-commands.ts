import { flagsIn } from './organiser-words.js';
import type { Account } from './people.js';
import { fail, ok, type Result } from './result.js';

/** To post an invitation; no channel: the one in which it was written. */
export type InviteCommand = { readonly kind: 'invite'; readonly cohort: string | null; readonly channel: Account | null };
/** No cohort: the whole programme. */
export type PauseCommand = { readonly kind: 'pause' | 'resume'; readonly cohort: string | null };

export function readPause(kind: 'pause' | 'resume', words: readonly string[]): Result<PauseCommand, string> {
  return ok({ kind, cohort: words.join(' ').trim() || null });
}

/** `invite ARENA 2.0`, `invite ARENA 2.0 --channel slack:C0123`; a channel may also be mentioned as platforms do, with the flag or without. */
export function readInvite(words: readonly string[]): Result<InviteCommand, string> {
  const flags = flagsIn(words, ['--channel'], []);
  if (!flags.ok) return flags;
  const named = flags.value.words.filter((each) => !each.startsWith('<#'));
  const mentioned = flags.value.words.find((each) => each.startsWith('<#'));
  const typed = flags.value.values.get('--channel')?.at(-1) ?? mentioned;
  const channel = typed === undefined ? null : channelIn(typed);
  if (typed !== undefined && channel === null)
    return fail(
      `“${typed}” is not a channel: write slack:C0123 or discord:123, or leave it out and write in the channel itself.`,
    );
  return ok({ kind: 'invite', cohort: named.join(' ').trim() || null, channel });
}

function channelIn(text: string): Account | null {
  const [, slack, discord] =
    /^(?:slack:|<#)?([CG][A-Z0-9]{1,20})(?:\|[^>]*)?>?$|^(?:discord:|<#)?(\d{5,20})>?$/.exec(text.trim()) ?? [];
  if (slack !== undefined) return { platform: 'slack', id: slack };
  return discord === undefined ? null : { platform: 'discord', id: discord };
}
