// Packs a list of organisations (one JSON object a line: name, aliases, sort, track, ambiguous) into the reader's table.
// Usage: tsx scripts/train/pack-organisations.ts <organisations.jsonl>
import { readFileSync, writeFileSync } from 'node:fs';

type Listed = { name: string; aliases: string[]; sort: string; track: string | null; ambiguous?: boolean };

const lines = readFileSync(process.argv[2] ?? '', 'utf8')
  .trim()
  .split('\n');
const rows = lines.map((line) => {
  const { name, aliases, sort, track, ambiguous } = JSON.parse(line) as Listed;
  return [name, sort, track ?? '', ambiguous ? '1' : '', ...aliases].join('\t');
});
writeFileSync(new URL('../../src/reading/data/organisations.tsv', import.meta.url), `${rows.join('\n')}\n`);
