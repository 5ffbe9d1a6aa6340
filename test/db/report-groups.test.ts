import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { careerUpdates, checkIns } from '../../db/schema.js';
import { finishReport } from '../../src/domain/report.js';
import { addPeople, emptyTally } from '../../src/domain/report-tally.js';
import { type Alumnus, ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';

const WAVES = [3, 6, 12] as const;
const scope = { programme: 'ARENA', cohorts: [], waveMonths: 12, asOf: '2025-01-01', audience: 'organisers' } as const;

/** The same numbers on every run. */
function drawn(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describeOnBoth('people counted by the database', (open) => {
  const livesOf = async (scene: ReportScene) => {
    const programme = await scene.programme();
    const cohorts = [await scene.cohort(programme, 'One', '2023-06-30'), await scene.cohort(programme, 'Two', '2023-09-30')];
    const draw = drawn(8);
    const pick = <T>(all: readonly T[]): T => all[draw(all.length)] as T;
    const at = () =>
      `2024-${String(1 + draw(12)).padStart(2, '0')}-${String(1 + draw(28)).padStart(2, '0')}T${String(draw(24)).padStart(2, '0')}:00:00Z`;
    const said = () =>
      working(
        {
          kind: pick(['employment', 'study', 'job_search', 'career_break', 'publication']),
          status: pick(['current', 'current', 'past', 'upcoming']),
          track: pick(['alignment', 'capabilities', 'unclear', 'non_ai']),
          commitment: pick([null, 'full_time', 'part_time']),
        },
        {
          intent: pick(['update', 'no_change', 'other', 'stop']),
          influence: { rating: pick([null, 1, 4]), channels: pick([[], ['skills'], ['skills', 'motivation']]) },
          ...(draw(6) === 0 ? { activities: [] } : {}),
        },
      );
    const replies = async (checkIn: number): Promise<void> => {
      let replyId: number | null = null;
      for (let version = 1 + draw(3); version > 0; version -= 1) {
        const basis = pick(['read', 'corrected', 'confirmed', 'taken_back', 'confirmed'] as const);
        const more: Parameters<typeof scene.says>[3] = {
          basis,
          replyId,
          confidence: pick([500, 950]),
          carriedForward: draw(4) === 0,
        };
        replyId = (await scene.says(checkIn, at(), said(), more)) ?? replyId;
      }
      if (draw(2) === 0) await scene.card(replyId, at());
    };
    const life = async (alumnus: Alumnus): Promise<void> => {
      for (const wave of WAVES.filter(() => draw(5) > 0)) {
        const checkIn = await scene.checkIn(alumnus, wave);
        if (draw(6) > 0) await scene.moves(checkIn, 'delivered', at());
        for (let reply = draw(3); reply > 0; reply -= 1) await replies(checkIn);
        if (draw(8) === 0) await scene.says(checkIn, at(), said(), { basis: 'organiser' });
        await scene.moves(checkIn, pick(['answered', 'lapsed', 'stopped', 'unreachable', 'snoozed']), at());
      }
    };
    for (let nth = 0; nth < 60; nth += 1) {
      const alumnus = await scene.alumnus(pick(cohorts), { name: `P${nth}`, addedAt: pick(['2023-06-02T00:00:00Z', at()]) });
      await life(alumnus);
      if (draw(6) === 0) {
        const other = cohorts.find((each) => each.id !== alumnus.cohort.id);
        if (other) await life(await scene.joins(other, alumnus.personId));
      }
      if (draw(15) === 0) await scene.erases(alumnus.personId, at());
    }
    // Questions that served two waves of one person.
    const all = await scene.db.select().from(checkIns);
    for (const each of all) {
      const next = all.find(({ alumnusId, waveMonths }) => alumnusId === each.alumnusId && waveMonths > each.waveMonths);
      if (!next || draw(6) > 0) continue;
      await scene.db.update(checkIns).set({ servedBy: next.id }).where(eq(checkIns.id, each.id));
      await scene.moves(each.id, 'lapsed', at(), { asked: draw(2) === 0, reason: pick([null, 'served_by_another']) });
    }
    return { programme, cohorts };
  };

  it('are the same as those counted one by one, whatever has happened to them, at every moment', async () => {
    const scene = new ReportScene((await open()).db);
    const { programme, cohorts } = await livesOf(scene);
    for (const waveMonths of WAVES)
      for (const asOf of ['2024-03-01', '2024-07-15', '2024-12-31'].map((day) => new Date(`${day}T12:00:00Z`)))
        for (const cohortIds of [cohorts.map(({ id }) => id), cohorts.slice(0, 1).map(({ id }) => id)]) {
          const query = { programmeId: programme.id, cohortIds, waveMonths, asOf, batch: 7 };
          const [one, other] = [emptyTally(scope), emptyTally(scope)];
          for await (const person of scene.ports.reports.peopleAtWave(query)) addPeople(one, person, 1);
          for await (const { person, people } of scene.ports.reports.alikeAtWave(query)) addPeople(other, person, people);
          expect(finishReport(other, []), `${waveMonths} ${asOf.toISOString()}`).toEqual(finishReport(one, []));
        }
    expect((await scene.db.select().from(careerUpdates)).length).toBeGreaterThan(100);
  });
});
