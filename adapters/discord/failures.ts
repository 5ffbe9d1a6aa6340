import type { SendFailure } from '../../src/domain/send-failure.js';
import type { ApiFailure } from './api.js';

/** Discord's own codes, as far as they mean something here. */
export const CODES = {
  unknownChannel: 10_003,
  unknownMember: 10_007,
  unknownMessage: 10_008,
  unknownUser: 10_013,
  openingTooFast: 40_003,
  missingAccess: 50_001,
  messagesClosed: 50_007,
  noSharedServer: 50_278,
} as const;

/** How long no further direct messages are opened once Discord says that they were too many. It does not say how long. */
export const OPENING_PAUSE_MS = 600_000;
/** A token that was revoked is no fault of whoever was to be written to: they are tried again once the operator has mended it. */
const UNAUTHORISED_PAUSE_MS = 300_000;

export const isCode = (failure: ApiFailure, code: number) => failure.kind === 'refused' && failure.code === code;

/** What a failed request means for a message that was to be sent. */
export function sendFailureOf(failure: ApiFailure): SendFailure {
  switch (failure.kind) {
    case 'rate_limited':
      return { kind: 'rate_limited', retryAfterMs: failure.retryAfterMs, what: 'sending' };
    case 'no_answer':
      return failure;
    case 'refused':
      return refusalOf(failure);
  }
}

function refusalOf({ status, code, detail }: Extract<ApiFailure, { kind: 'refused' }>): SendFailure {
  switch (code) {
    case CODES.messagesClosed:
      return { kind: 'unreachable', why: 'messages_closed' };
    case CODES.noSharedServer:
      return { kind: 'unreachable', why: 'no_shared_server' };
    case CODES.unknownUser:
      return { kind: 'unreachable', why: 'unknown_account' };
    case CODES.unknownMember:
      return { kind: 'unreachable', why: 'left' };
    case CODES.openingTooFast:
      return { kind: 'rate_limited', retryAfterMs: OPENING_PAUSE_MS, what: 'opening' };
    default:
      if (status === 401) return { kind: 'rate_limited', retryAfterMs: UNAUTHORISED_PAUSE_MS, what: 'sending' };
      return { kind: 'refused', detail };
  }
}
