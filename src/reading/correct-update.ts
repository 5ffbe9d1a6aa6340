import type { CareerUpdate } from '../domain/career-update.js';
import type { ReplyText } from '../domain/reply.js';

/** Placeholder until the reader's own is written. */
export function correctUpdate(_previous: CareerUpdate, _correction: ReplyText): CareerUpdate | null {
  return null;
}
