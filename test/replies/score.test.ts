import { beforeAll, describe, expect, it } from 'vitest';
import { type Score, score } from '../../scripts/score.js';

// Floors on replies that no rule was written from and no weight was trained on: a change that lowers the reader fails here.
const CORE_FLOOR = 30;
// The same with an organisation's aliases told apart.
const STRICT_CORE_FLOOR = 27.5;
const TOPIC_FLOOR = 40;
const DATE_RECALL_FLOOR = 50;
const HELP_PRECISION_FLOOR = 85;
const LEAD_OVER_KEYWORDS = 8;
const OPT_OUT_RECALL_FLOOR = 80;
const OPT_OUT_PRECISION_FLOOR = 95;

describe('the offline reader on held-out replies', () => {
  let result: Score;
  beforeAll(() => {
    result = score(false);
  }, 60_000);

  it('codes a third of all activities right in kind, status, track and organisation', () => {
    expect(result.heldOut.pooled?.reader.core.f1).toBeGreaterThanOrEqual(CORE_FLOOR);
  });

  it("loses little where an organisation's aliases are told apart", () => {
    expect(result.heldOut.pooled?.reader.core.strictF1).toBeGreaterThanOrEqual(STRICT_CORE_FLOOR);
  });

  it('fills topics, dates and calls for help as well as it did', () => {
    const reader = result.heldOut.pooled?.reader;
    expect(reader?.fields.topic?.percent).toBeGreaterThanOrEqual(TOPIC_FLOOR);
    expect(reader?.dates.recall.percent).toBeGreaterThanOrEqual(DATE_RECALL_FLOOR);
    expect(reader?.help.precision.percent).toBeGreaterThanOrEqual(HELP_PRECISION_FLOOR);
  });

  it('is well ahead of keywords', () => {
    const pooled = result.heldOut.pooled;
    expect((pooled?.reader.core.f1 ?? 0) - (pooled?.baseline.core.f1 ?? 0)).toBeGreaterThanOrEqual(LEAD_OVER_KEYWORDS);
  });

  it('quotes nothing that is not in the text', () => {
    expect(result.heldOut.pooled?.reader.evidenceVerbatim.percent).toBe(100);
  });

  it('finds those who want out, and only those', () => {
    expect(result.optOut['held out, but two read since']?.recall.percent).toBeGreaterThanOrEqual(OPT_OUT_RECALL_FLOOR);
    expect(result.optOut['held out, but two read since']?.precision.percent).toBeGreaterThanOrEqual(OPT_OUT_PRECISION_FLOOR);
    expect(result.optOut['looked at']?.clearRecall.percent).toBeGreaterThanOrEqual(98);
  });
});
