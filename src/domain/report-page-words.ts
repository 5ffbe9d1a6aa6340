/** How the numbers of a report come about, for whoever reads one without having made it. */
export const METHODS: readonly { readonly text: string; readonly source: string | null }[] = [
  {
    text: 'Everybody who was ever on the list stays in the count: those who asked not to be asked, who could not be reached, who are silent and who were erased. Each is in exactly one row of the first table.',
    source: null,
  },
  {
    text: 'An answer counts once the person has confirmed what was understood, or has seen it and let it stand for a week while the reading was sure. Until then they count as answered but unclear. What an organiser enters counts for the knowledge rate alone.',
    source: null,
  },
  {
    text: '“In any case”: the fewest and the most people of the whole list who can be in a class, whatever those do of whom nothing is known. Only the records have to be right.',
    source: 'C. F. Manski, Partial Identification of Probability Distributions, 2003.',
  },
  {
    text: '“If the unknown are like the rest”: the exact 95 % interval for a finite list, as if chance had decided who answers. Nobody knows whether it did.',
    source: 'Hypergeometric test inverted, as in Sprop of the R package samplingbook, but strictly.',
  },
  {
    text: 'Response, cooperation and refusal rates are those of AAPOR for a list of named people; the knowledge rate is that of NACE.',
    source: 'AAPOR, Standard Definitions; NACE, First-Destination Survey Standards and Protocols.',
  },
  {
    text: 'Predictions are written down with a hash before the answers are in, and resolved by rule at their close date: true or false where the bounds lie wholly on one side, else undecided. The Brier score runs from 0 (best) to 1.',
    source: 'G. W. Brier, Verification of Forecasts Expressed in Terms of Probability, 1950.',
  },
  {
    text: 'The public is shown no number of fewer people than the programme has set, and none from which it would follow.',
    source: null,
  },
];

export const PAGE_STYLE = `
:root{color-scheme:light;--ink:#1d2329;--soft:#4c555d;--line:#d5dadf}
body{margin:0;background:#fff;color:var(--ink);font:16px/1.5 system-ui,"DejaVu Sans",sans-serif}
main{max-width:56rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.2rem;margin:2rem 0 .5rem}
.about,cite{color:var(--soft)}.about{margin:.25rem 0 1rem}.lead{font-size:1.2rem;font-weight:600}cite{font-size:.9em}
figure{margin:1.5rem 0}.picture,.wide{overflow-x:auto}.picture svg{display:block;width:100%;min-width:40rem;height:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem;font-size:.9rem}
caption{text-align:left;color:var(--soft);padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line)}
th[scope=row]{font-weight:500}.number{font-variant-numeric:tabular-nums}
@page{size:A4;margin:12mm}
@media print{body{font-size:8.5px;line-height:1.3}main{max-width:none;padding:0;column-count:2;column-gap:8mm}h1,.about,.lead{column-span:all}h1{font-size:1.8em}h2{font-size:1.3em;margin:.6rem 0 .2rem;break-after:avoid}figure,.wide{margin:.3rem 0;break-inside:avoid}.picture,.wide{overflow:visible}table{font-size:7.5px;margin:.2rem 0 .4rem}th,td{padding:.08rem .4rem .08rem 0}.picture svg{min-width:0;max-height:6.5cm}p{margin:.2rem 0}}
`;
