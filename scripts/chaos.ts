import { parseArgs } from 'node:util';
import { campaign } from './chaos/campaign.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    database: { type: 'string', default: 'postgres' },
    faults: { type: 'string', default: 'Infinity' },
    mutant: { type: 'string', default: 'none' },
    people: { type: 'string', default: '10' },
    speed: { type: 'string', default: '1' },
  },
});
if (values.database !== 'postgres' && values.database !== 'embedded') throw new Error('--database is postgres or embedded');
const seed = Number(values.seed);
const outcome = await campaign({
  seed,
  database: values.database,
  minutes: Number(values.minutes),
  faults: Number(values.faults),
  mutant: values.mutant,
  people: Number(values.people),
  speed: Number(values.speed),
  waves: Array.from({ length: 20 }, (_, at) => (at + 1) * 3),
  untilBreach: values.mutant !== 'none',
  say: (line) => console.log(line),
});
for (const { rule, story } of outcome.breaches) console.log(`\nBREACH (seed ${seed}): ${rule}\n${story}`);
for (const said of outcome.crashes.slice(0, 5)) console.log(`\na copy ended by itself with ${said}`);
console.log(
  `\nseed ${seed}, ${values.database}, mutant ${values.mutant}: ${outcome.days} days in ${outcome.seconds} s, ${outcome.kills} kills, ${outcome.crashes.length} ended by themselves`,
);
console.log(`questions ${outcome.questions}, waves judged ${outcome.judgedWaves}, unsure ${outcome.unsure}`);
console.log(`faults ${outcome.faults}`);
console.log(`sends ${outcome.sends}`);
console.log(`breaches ${outcome.breaches.length}`);
process.exit(outcome.breaches.length > 0 ? 1 : 0);
