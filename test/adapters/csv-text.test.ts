import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../adapters/csv-text.js';

describe('a table as CSV', () => {
  it('quotes what has commas, quotes or line breaks, and leaves numbers alone', () => {
    expect(csvText([['a', 'b,c', 'd"e', 'f\ng', 1.5, -2, null, true]])).toBe('a,"b,c","d""e","f\ng",1.5,-2,,true\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '\ufeff=1'])(
    'keeps a spreadsheet from running %j',
    (text) => {
      expect(csvText([[text]]).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('lets no text begin a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', ' ', 'a', '"', ',') }), (text) => {
        expect(csvText([[text]]).replace(/^"/, '')).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
  });
});
