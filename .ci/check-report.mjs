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
    assert.ok((alumnus || state === 'erased') && cohort, 'a check-in is of an alumnus in a cohort');
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
  checkPeople(report);
  const { count, known, roster } = report.tracks.capabilities.main;
  assert.deepEqual({ count, known, roster }, { count: 0, known: 5, roster: 5 });
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

function checkPeople({ people }) {
  const { answered, partial, refused, unreachable, notAsked, silent, erased, roster } = people;
  assert.equal(answered + partial + refused + unreachable + notAsked + silent + erased, roster, 'everybody is somewhere, once');
}

/** The five of the founding story, had one been silent. */
function checkButOne(report) {
  checkPeople(report);
  assert.equal(report.people.answered, 4);
  assert.equal(report.people.silent, 1);
  const { count, known, roster, bounds } = report.tracks.capabilities.main;
  assert.deepEqual({ count, known, roster }, { count: 0, known: 4, roster: 5 });
  assert.deepEqual(bounds, { low: 0, high: 0.2 }, 'the one of whom nothing is known may do anything');
}

/** A year after the end of the demo's cohort: people silent, so the founding prediction stays open, and another does not. */
function checkTwoYears(report) {
  checkPeople(report);
  assert.equal(report.people.roster, 28);
  assert.ok(
    report.people.silent > 0 && report.people.erased === 1 && report.people.unreachable === 1 && report.people.refused > 0,
  );
  const [founding, second] = report.predictions;
  assert.equal(founding.outcome, 'undecided');
  assert.ok(founding.moreAnswersNeeded > 0, 'it is said what would settle it');
  assert.ok(founding.probabilityIfAlike > 0 && founding.probabilityIfAlike < 1, 'and how likely it is');
  assert.equal(second.outcome, 'true');
  assert.ok(Math.abs(second.score.brier - 0.09) < 1e-9, 'the decided one is scored');
}

const CHECKS = {
  'arena-1': checkArena,
  'but-one': checkButOne,
  'two-years': checkTwoYears,
  checkins: checkCheckIns,
};
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
