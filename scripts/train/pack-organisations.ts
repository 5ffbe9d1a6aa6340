// Packs a list of organisations (one JSON object a line: name, aliases, sort, track, ambiguous) into the reader's table.
// Usage: tsx scripts/train/pack-organisations.ts <organisations.jsonl>
import { readFileSync, writeFileSync } from 'node:fs';

type Listed = { name: string; aliases: string[]; sort: string; track: string | null; ambiguous?: boolean };

// Usual names as the field's people write them, where the list has another spelling or a later name.
const USUAL_NAMES: Readonly<Record<string, string>> = {
  'Leap Labs': 'LEAP Labs',
  'Coefficient Giving': 'Open Philanthropy',
  'FAR.AI': 'FAR AI',
  NVIDIA: 'Nvidia',
};

const lines = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n');
const rows = lines.map((line) => {
  const { name, aliases, sort, track, ambiguous } = JSON.parse(line) as Listed;
  const usual = USUAL_NAMES[name] ?? name;
  const others = [...aliases, name].filter((alias) => alias !== usual);
  return [usual, sort, track ?? '', ambiguous ? '1' : '', ...others].join('\t');
});
writeFileSync(new URL('../../src/reading/data/organisations.tsv', import.meta.url), `${rows.join('\n')}\n`);
