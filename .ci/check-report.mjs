// Checks what the command line wrote after a demo: node .ci/check-report.mjs <arena-1|checkins> <file>
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const STATES = [
  'planned',
  'sending',
  'delivered',
  'answered',
  'lapsed',
  'snoozed',
  'stopped',
  'unreachable',
  'not_asked',
  'unsure',
  'erased',
];

function checkCheckIns(checkIns) {
  assert.ok(Array.isArray(checkIns) && checkIns.length > 0, 'the demo leaves check-ins behind');
  for (const { alumnus, cohort, waveMonths, state, dueAt } of checkIns) {
    assert.ok(alumnus && cohort, 'a check-in is of an alumnus in a cohort');
    assert.ok(Number.isInteger(waveMonths) && waveMonths > 0, `waveMonths is ${waveMonths}`);
    assert.ok(STATES.includes(state), `state is ${state}`);
    assert.ok(!Number.isNaN(Date.parse(dueAt)), `dueAt is ${dueAt}`);
  }
  assert.ok(
    checkIns.some((checkIn) => checkIn.state === 'answered'),
    'somebody answered in the demo',
  );
}

function checkArena(report) {
  assert.equal(report.programme, 'ARENA');
  assert.equal(report.waveMonths, 12);
  assert.equal(report.people.roster, 5);
  assert.equal(report.people.answered, 5);
  assert.equal(report.people.silent, 0);
  checkEstimates(
    'tracks',
    Object.fromEntries(
      Object.entries(report.tracks).flatMap(([track, { main, any }]) => [
        [`${track} main`, main],
        [`${track} any`, any],
      ]),
    ),
  );
  checkEstimates('kinds', report.kinds);
  checkEstimates('report', { seeking: report.seeking, onBreak: report.onBreak });
}

function checkEstimates(where, estimates) {
  for (const [name, estimate] of Object.entries(estimates)) {
    const what = `${where}: ${name} ${JSON.stringify(estimate)}`;
    if (estimate.hidden) {
      assert.equal(estimate.share, null, `a hidden share is not told, ${what}`);
      continue;
    }
    const { count, known, roster, share, bounds, interval } = estimate;
    assert.ok(0 <= count && count <= known && known <= roster, `counts nest, ${what}`);
    if (known > 0) assert.ok(Math.abs(share - count / known) < 1e-9, `the share is of those known, ${what}`);
    assert.ok(0 <= bounds.low && bounds.low <= bounds.high && bounds.high <= 1, `bounds are a range, ${what}`);
    assert.ok(
      count <= interval.low && interval.low <= interval.high && interval.high <= roster,
      `the interval is of people, ${what}`,
    );
  }
}

const CHECKS = { 'arena-1': checkArena, checkins: checkCheckIns };
const [name, file] = process.argv.slice(2);
const check = CHECKS[name];
if (!check || !file) {
  process.stderr.write(`usage: node .ci/check-report.mjs <${Object.keys(CHECKS).join('|')}> <file>\n`);
  process.exit(2);
}
try {
  check(JSON.parse(readFileSync(file, 'utf8')));
  process.stdout.write(`${name}: as expected\n`);
} catch (error) {
  process.stderr.write(`${name}: ${error.message}\n`);
  process.exit(1);
}
