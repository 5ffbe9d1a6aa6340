import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CHECK_IN_STATES } from '../../src/domain/check-in-state.js';
import { tracksOf } from '../../src/domain/tracks.js';
import { makeReport } from '../../src/flows/report.js';
import { type Alumnus, ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';

const DAY_MS = 86_400_000;
const START = Date.parse('2024-06-20T00:00:00Z');
const atDay = (day: number, nth: number) => new Date(START + day * DAY_MS + nth * 1_000).toISOString();

const BASES = ['read', 'corrected', 'confirmed', 'taken_back', 'organiser'] as const;
const who = fc.nat({ max: 3 });
/** Something that happens to one of four people, at the wave of a year or the one before. */
const act = fc.oneof(
  fc.record({ kind: fc.constant('joins' as const), who }),
  fc.record({
    kind: fc.constant('moves' as const),
    who,
    wave: fc.constantFrom(6, 12),
    state: fc.constantFrom(...CHECK_IN_STATES),
  }),
  fc.record({
    kind: fc.constant('says' as const),
    who,
    wave: fc.constantFrom(0, 6, 12),
    basis: fc.constantFrom(...BASES),
    track: fc.constantFrom(...tracksOf(null), 'unclear'),
    isMore: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('card' as const), who }),
);
const history = fc.array(fc.record({ day: fc.integer({ min: 0, max: 40 }), act }), { minLength: 1, maxLength: 14 });

describeOnBoth('a report as of a past day', (open) => {
  it('does not change by anything that happens afterwards, short of an erasure', async () => {
    const { db } = await open();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 0, max: 39 }), async (all, asOfDay) => {
        const scene = new ReportScene(db);
        const programme = await scene.programme({ waves: [0, 6, 12] }, { name: `ARENA ${++runs}` });
        const cohort = await scene.cohort(programme, 'ARENA 2.0', '2023-06-30');
        const people = new Map<number, Alumnus>();
        const checkIns = new Map<string, number>();
        const lastReply = new Map<number, number | null>();
        const perform = async (each: (typeof all)[number]['act'], at: string) => {
          const person = people.get(each.who) ?? (await scene.alumnus(cohort, { name: `P${each.who}`, addedAt: at }));
          people.set(each.who, person);
          const checkInAt = async (wave: number) => {
            const key = `${each.who}:${wave}`;
            const id = checkIns.get(key) ?? (await scene.checkIn(person, wave));
            checkIns.set(key, id);
            return id;
          };
          switch (each.kind) {
            case 'joins':
              return;
            case 'moves':
              return scene.moves(await checkInAt(each.wave), each.state, at);
            case 'says': {
              const replyId = each.isMore ? (lastReply.get(each.who) ?? null) : null;
              const record = working({ track: each.track });
              lastReply.set(each.who, await scene.says(await checkInAt(each.wave), at, record, { basis: each.basis, replyId }));
              return;
            }
            case 'card': {
              const replyId = lastReply.get(each.who) ?? null;
              if (replyId !== null && !carded.has(replyId)) await scene.card(replyId, at);
              if (replyId !== null) carded.add(replyId);
            }
          }
        };
        const carded = new Set<number>();
        const asOf = new Date(START + asOfDay * DAY_MS).toISOString().slice(0, 10);
        const report = async (waveMonths: number) => {
          const made = await makeReport(scene.ports, { programme, waveMonths, asOf, audience: 'organisers' });
          if (!made.ok) throw new Error(made.error.message);
          return made.value;
        };
        const sorted = [...all].sort((a, b) => a.day - b.day);
        const [before, after] = [sorted.filter(({ day }) => day <= asOfDay), sorted.filter(({ day }) => day > asOfDay)];
        for (const [nth, { day, act: each }] of before.entries()) await perform(each, atDay(day, nth));
        scene.now = new Date(START + (asOfDay + 1) * DAY_MS);
        const then = [await report(6), await report(12)];
        for (const [nth, { day, act: each }] of after.entries()) await perform(each, atDay(day, nth));
        scene.now = new Date(START + 400 * DAY_MS);
        expect([await report(6), await report(12)]).toEqual(then);
        for (const { people: counted } of then) {
          const { roster, answered, partial, refused, unreachable, notAsked, silent, erased } = counted;
          expect(answered + partial + refused + unreachable + notAsked + silent + erased).toBe(roster);
          expect(roster).toBe(new Set(before.map(({ act: each }) => each.who)).size);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('knows erased people as erased at every date', async () => {
    const { db } = await open();
    const scene = new ReportScene(db);
    const programme = await scene.programme();
    const ada = await scene.alumnus(await scene.cohort(programme));
    await scene.answered(ada, working());
    scene.now = new Date('2024-09-01T00:00:00Z');
    const asOf = async (day: string) => {
      const made = await makeReport(scene.ports, { programme, waveMonths: 12, asOf: day, audience: 'organisers' });
      return made.ok ? made.value.people : made.error;
    };
    expect(await asOf('2024-07-10')).toMatchObject({ answered: 1, erased: 0 });
    await scene.erases(ada.personId, '2024-08-15T00:00:00Z');
    expect(await asOf('2024-07-10')).toMatchObject({ answered: 0, erased: 1 });
  });
});
