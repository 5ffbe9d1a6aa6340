import type { UnreachableWhy } from './send-failure.js';

type Words = { readonly why: string; readonly help: string };

/** Why somebody cannot be reached, behind their name, and what an organiser can do about it, as a sentence. */
const WORDS: Readonly<Record<UnreachableWhy, Words>> = {
  messages_closed: {
    why: 'their direct messages are closed',
    help: 'Whoever closed their direct messages can open them for this place, or press “Keep in touch” under an invitation.',
  },
  left: {
    why: 'they have left the workspace or server',
    help: 'Whoever left is reached again once they are back, or once you import the account that they use now, with the same e-mail address.',
  },
  no_shared_server: {
    why: 'they share no server with me',
    help: 'Whoever shares no server with me has to be invited onto it first.',
  },
  deactivated: {
    why: 'their account is deactivated',
    help: 'Whose account is switched off is reached again with the one that they use now: import it, with the same e-mail address.',
  },
  unknown_account: {
    why: 'no account of theirs is there, or not any more',
    help: 'Where an account does not exist the list may be wrong: import it again with the right one, and the same e-mail address.',
  },
};

const wordsOf = (reason: string | null): Words | undefined =>
  reason !== null && Object.hasOwn(WORDS, reason) ? WORDS[reason as UnreachableWhy] : undefined;

/** Null where a platform refused for a reason of its own. */
export const whyUnreachable = (reason: string | null): string | null => wordsOf(reason)?.why ?? null;

/** A sentence for each reason that there is, each once. */
export function whatHelps(reasons: readonly (string | null)[]): readonly string[] {
  return [...new Set(reasons)].flatMap((reason) => wordsOf(reason)?.help ?? []);
}
