import { webApi } from '@slack/bolt';
import type { SendFailure } from '../../src/domain/send-failure.js';

/** How long a platform that takes nothing of us at all is left alone. */
const LOCKED_OUT_MS = 600_000;
const NOT_BEGUN_MS = 60_000;

/** Slack does not know us any more, whatever we ask. */
const LOCKED_OUT = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'team_access_not_granted',
]);
/** Slack's own troubles: whether it was done is not said. */
const UNKNOWN = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable', 'team_added_to_org']);

const UNREACHABLE: Readonly<Record<string, SendFailure>> = {
  user_not_found: { kind: 'unreachable', why: 'unknown_account' },
  users_not_found: { kind: 'unreachable', why: 'unknown_account' },
  user_not_visible: { kind: 'unreachable', why: 'unknown_account' },
  user_disabled: { kind: 'unreachable', why: 'deactivated' },
  messages_tab_disabled: { kind: 'unreachable', why: 'messages_closed' },
};

const PLAIN: Readonly<Record<string, string>> = {
  channel_not_found: 'Slack knows no such channel, or the bot is not in it',
  not_in_channel: 'the bot is not in that channel: invite it there',
  is_archived: 'that channel is archived',
  cannot_dm_bot: 'that account is a bot',
  message_not_found: 'that message is not there any more',
  cant_update_message: 'that message cannot be changed any more',
  edit_window_closed: 'that message cannot be changed any more',
  restricted_action: 'the workspace does not let the bot post there',
  missing_scope: 'the Slack app lacks a permission: run "afterwards doctor"',
};

/** The code that Slack answered with; null where it did not get to answer. */
export function platformError(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}

export const isLockedOut = (error: unknown): boolean => LOCKED_OUT.has(platformError(error) ?? '');

/** What an error of the client means for a send; `opening` where nothing can have gone out yet. */
export function failureOf(error: unknown, what: 'sending' | 'opening'): SendFailure {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'rate_limited', retryAfterMs: error.retryAfter * 1_000, what };
  const code = platformError(error);
  if (code === null || UNKNOWN.has(code)) {
    if (code === null && !isOfClient(error)) throw error;
    return what === 'sending' ? { kind: 'no_answer' } : { kind: 'rate_limited', retryAfterMs: NOT_BEGUN_MS, what };
  }
  if (code === 'ratelimited' || code === 'rate_limited') return { kind: 'rate_limited', retryAfterMs: NOT_BEGUN_MS, what };
  // Nobody is out of reach because a token was revoked: it is tried again once that is mended.
  if (LOCKED_OUT.has(code)) return { kind: 'rate_limited', retryAfterMs: LOCKED_OUT_MS, what };
  return UNREACHABLE[code] ?? { kind: 'refused', detail: PLAIN[code] ?? code };
}

const isOfClient = (error: unknown) => error instanceof webApi.WebAPIRequestError || error instanceof webApi.WebAPIHTTPError;
