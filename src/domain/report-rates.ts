import type { ReportPeople, ReportRates } from './report.js';
import { hasPercent, percentWords } from './report-estimate.js';

/** Each rate as a percentage (of five people or more), as a count, and in words. */
export function rateRows(
  { roster, asked, answered, partial, refused }: ReportPeople,
  rates: ReportRates,
): readonly (readonly string[])[] {
  const said = answered + partial + refused;
  const row = (rate: number | null, whole: number, meaning: string) =>
    rate === null
      ? []
      : [[hasPercent({ known: whole }) ? percentWords(rate) : '', `${Math.round(rate * whole)} of ${whole}`, meaning]];
  return [
    ...row(rates.rr1, roster, 'answered clearly (response rate, RR1)'),
    ...row(rates.rr2, roster, 'answered at all (RR2)'),
    ...row(rates.rr1Asked, asked, 'answered clearly, of those asked'),
    ...row(rates.rr2Asked, asked, 'answered at all, of those asked'),
    ...row(rates.coop1, said, 'answered clearly, of those who answered or declined (COOP1)'),
    ...row(rates.ref1, roster, 'declined (refusal, REF1)'),
    ...row(rates.knowledge, roster, 'known from any source, organisers included (knowledge rate)'),
  ];
}
