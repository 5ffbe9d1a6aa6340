import type { Activity } from '../../src/domain/career-update.js';
import type { Analysis, Span } from '../../src/reading/analysis.js';

export type GoldSpan = { readonly span: Span; readonly activity: Activity };

/** Where each activity's evidence stands, in reading order; evidence beyond the reader's bound has no place. */
export function goldSpans(analysis: Analysis, activities: readonly Activity[]): readonly GoldSpan[] {
  const placed = activities.flatMap((activity) => {
    const span = place(analysis, activity.evidence);
    return span ? [{ span, activity }] : [];
  });
  return placed.sort((a, b) => a.span.message - b.span.message || a.span.from - b.span.from);
}

export function place(analysis: Analysis, evidence: string): Span | null {
  for (const [message, { text, tokens }] of analysis.messages.entries()) {
    const at = text.indexOf(evidence);
    if (at < 0) continue;
    const from = tokens.findIndex(({ end }) => end > at);
    const to = tokens.findLastIndex(({ start }) => start < at + evidence.length) + 1;
    if (from >= 0 && to > from) return { message, from, to };
  }
  return null;
}

/** Outside, Begin, Inside for every token of a message; where two activities share words the later one begins anew. */
export function goldTags(spans: readonly GoldSpan[], message: number, length: number): Uint8Array {
  const tags = new Uint8Array(length);
  for (const { span } of spans) if (span.message === message) tags.fill(2, span.from, span.to);
  for (const { span } of spans) if (span.message === message) tags[span.from] = 1;
  return tags;
}
