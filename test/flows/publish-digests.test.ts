import { asc, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { deliveries, programmes, replies } from '../../db/schema.js';
import type { Message } from '../../src/domain/message.js';
import type { Programme } from '../../src/domain/people.js';
import type { Settings } from '../../src/domain/settings.js';
import { registerPrediction, resolveDue } from '../../src/flows/predict.js';
import { digestNow, postDigestNow, publishDigests } from '../../src/flows/publish-digests.js';
import { type Alumnus, ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';

const CHANNEL = { platform: 'slack', id: 'C1' } as const;
const wordsOf = (message: Message | null) => JSON.stringify(message);

describeOnBoth('the weekly digest', (open) => {
  async function aScene(settings: Partial<Settings> = {}, createdAt = '2024-06-20T00:00:00Z') {
    const scene = new ReportScene((await open()).db);
    const programme = await scene.programme({ channel: CHANNEL, ...settings }, { createdAt });
    const cohort = await scene.cohort(programme);
    const at = (instant: string) => publishDigests(scene.ports, new Date(instant));
    return { scene, programme, cohort, at };
  }

  const written = (scene: ReportScene) =>
    scene.db.select().from(deliveries).where(eq(deliveries.kind, 'digest')).orderBy(asc(deliveries.id));
  const weeks = async (scene: ReportScene, { id }: Programme) =>
    (await written(scene)).map((row) => row.what.replace(`digest:${id}:`, ''));

  /** Everything that must not get out, on one person. */
  async function aFullLife(scene: ReportScene, alumnus: Alumnus): Promise<void> {
    const checkIn = await scene.answered(alumnus, working({ organisation: 'EleutherAI' }));
    const replyId = await scene.says(checkIn, '2024-07-03T10:00:00Z', working({ organisation: 'Redwood' }, { helpWanted: true }));
    await scene.writes(replyId, 'Could somebody introduce me to a lab in Kyoto?', '2024-07-03T10:00:00Z');
    await scene.db.update(replies).set({ helpConsent: 'yes', helpConsentAt: new Date('2024-07-03T10:05:00Z') });
    await scene.moves(await scene.checkIn(alumnus, 24), 'unreachable', '2024-07-03T10:00:00Z', { asked: false, reason: 'left' });
  }

  it('is written down at its moment and not before, once a week', async () => {
    const { scene, programme, cohort, at } = await aScene();
    await scene.answered(await scene.alumnus(cohort), working());
    expect(await at('2024-07-08T08:59:59Z')).toBe(0);
    expect(await at('2024-07-08T09:00:00Z')).toBe(1);
    expect(await at('2024-07-08T09:00:01Z')).toBe(0);
    expect(await at('2024-07-14T23:00:00Z')).toBe(0);
    expect((await weeks(scene, programme)).slice(-1)).toEqual(['2024-W28']);
    expect(scene.problems).toEqual([]);
  });

  it('is written down once by two copies of the process at once', async () => {
    const { scene, cohort } = await aScene();
    await scene.answered(await scene.alumnus(cohort), working());
    const other = new ReportScene((await open()).db);
    const now = new Date('2024-07-08T09:00:00Z');
    other.ports.random.token(); // the other copy draws other keys
    const posted = await Promise.all([
      publishDigests(scene.ports, now),
      publishDigests(other.ports, now),
      publishDigests(scene.ports, now),
    ]);
    expect(posted.reduce((sum, each) => sum + each)).toBe(1);
    expect(await written(scene)).toHaveLength(1);
  });

  it('follows the clock on the wall of the programme, across its changes', async () => {
    const { scene, programme, at } = await aScene({ timeZone: 'Europe/London' }, '2024-03-01T00:00:00Z');
    expect(await at('2024-03-25T08:59:59Z')).toBe(0);
    await at('2024-03-25T09:00:00Z');
    expect(await weeks(scene, programme)).toContain('2024-W13');
    await at('2024-04-01T07:59:59Z');
    expect(await weeks(scene, programme)).not.toContain('2024-W14');
    await at('2024-04-01T08:00:00Z');
    expect(await weeks(scene, programme)).toContain('2024-W14');
  });

  it('names weeks as ISO does, over the turn of a year', async () => {
    const { scene, programme, at } = await aScene();
    await at('2024-12-30T09:00:00Z');
    expect(await weeks(scene, programme)).toEqual(['2025-W01']);
  });

  it('of a week with nothing is silent, and considered once', async () => {
    const { scene, at } = await aScene();
    expect(await at('2024-07-08T09:00:00Z')).toBe(0);
    expect(await at('2024-07-08T09:00:01Z')).toBe(0);
    expect(await written(scene)).toMatchObject([{ state: 'cancelled', problem: 'nothing' }]);
  });

  it('after an outage comes once, and covers all of it', async () => {
    const { scene, programme, cohort, at } = await aScene();
    await at('2024-07-01T09:00:00Z');
    const [ada, ben] = [await scene.alumnus(cohort), await scene.alumnus(cohort)];
    await scene.answered(ada, working(), { at: '2024-07-03T10:00:00Z' });
    await scene.answered(ben, working(), { at: '2024-07-20T10:00:00Z' });
    expect(await at('2024-07-25T12:00:00Z')).toBe(1);
    expect(await weeks(scene, programme)).toEqual(['2024-W27', '2024-W30']);
    const text = wordsOf((await written(scene)).at(-1)?.payload ?? null);
    expect(text).toContain('2 people were asked a year after ARENA 2.0, and all have answered');
    expect(text).toContain('1 to 22 July 2024');
  });

  it('is not told a week late, nor of a time before the programme', async () => {
    const { scene, programme, at } = await aScene({}, '2024-07-03T00:00:00Z');
    await at('2024-07-06T12:00:00Z');
    await at('2024-07-14T12:00:00Z');
    expect(await weeks(scene, programme)).toEqual([]);
    await at('2024-07-14T08:59:00Z');
    expect(await weeks(scene, programme)).toEqual(['2024-W28']);
  });

  it('goes on where the last one ended, however late that was written', async () => {
    const { scene, cohort, at } = await aScene();
    const [ada, ben] = [await scene.alumnus(cohort), await scene.alumnus(cohort)];
    await scene.answered(ada, working(), { at: '2024-07-03T10:00:00Z' });
    await scene.answered(ben, working(), { at: '2024-07-09T10:00:00Z' });
    await at('2024-07-10T12:00:00Z');
    await at('2024-07-15T09:00:00Z');
    const texts = (await written(scene)).map((row) => wordsOf(row.payload));
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain('1 of 2 people was asked a year after ARENA 2.0, and answered.');
    expect(texts[1]).toContain('1 person was asked and 1 answered: that makes all 2 a year after ARENA 2.0.');
  });

  it('for everybody has counts alone: no name, no words, no place of work', async () => {
    const { scene, cohort, programme, at } = await aScene();
    await aFullLife(scene, await scene.alumnus(cohort, { name: 'Ada Lovelace', consent: 'named' }));
    await at('2024-07-08T09:00:00Z');
    const [row] = await written(scene);
    expect(row).toMatchObject({ state: 'queued', address: 'C1', publicPayload: null });
    expect(wordsOf(row?.payload ?? null)).toContain('1 person was asked');
    expect(wordsOf(row?.payload ?? null)).not.toMatch(/Ada|Eleuther|Redwood|Kyoto|alignment/);
    const preview = await digestNow(scene.ports, programme, new Date('2024-07-08T08:00:00Z'), { audience: 'public' });
    expect(wordsOf(preview)).not.toMatch(/Ada|Eleuther|Redwood|Kyoto|alignment/);
  });

  it('for organisers has names beside answers, where people agreed, and the public version beside it', async () => {
    const { scene, cohort, at } = await aScene({ channelAudience: 'organisers' });
    await aFullLife(scene, await scene.alumnus(cohort, { name: 'Ada Lovelace', consent: 'named' }));
    await scene.answered(
      await scene.alumnus(cohort, { name: 'Ben Shy', consent: 'totals' }),
      working({ organisation: 'Apollo' }),
    );
    await at('2024-07-08T09:00:00Z');
    const [row] = await written(scene);
    const text = wordsOf(row?.payload ?? null);
    expect(text).toContain('Ada Lovelace: Work at EleutherAI');
    expect(text).toContain('Ada Lovelace: Could somebody introduce me to a lab in Kyoto?');
    expect(text).toContain('left the workspace or server');
    expect(text).toContain('Hi Ada, ARENA would like to know how you have been since ARENA 2.0.');
    expect(text).toContain('1 more answer counts only in the totals');
    expect(text).not.toMatch(/Ben|Apollo/);
    expect(wordsOf(row?.publicPayload ?? null)).not.toMatch(/Ada|Eleuther|Redwood|Kyoto|Ben|Apollo/);
  });

  it('for organisers always has a public version to fall back to, even of a week that holds nothing for the public', async () => {
    const { scene, cohort, at } = await aScene({ channelAudience: 'organisers' });
    const ada = await scene.alumnus(cohort, { name: 'Ada Lovelace' });
    await scene.moves(await scene.checkIn(ada), 'unreachable', '2024-07-03T10:00:00Z', { asked: false });
    await at('2024-07-08T09:00:00Z');
    const [row] = await written(scene);
    expect(wordsOf(row?.payload ?? null)).toContain('Ada Lovelace');
    expect(wordsOf(row?.publicPayload ?? null)).toContain('Nothing to count this time.');
  });

  it('says where a record was only read, and cuts long words', async () => {
    const { scene, programme, cohort } = await aScene();
    const checkIn = await scene.asked(await scene.alumnus(cohort, { consent: 'named' }));
    const replyId = await scene.says(checkIn, '2024-07-03T10:00:00Z', working(), { basis: 'read' });
    await scene.writes(replyId, 'help '.repeat(100), '2024-07-03T10:00:00Z');
    await scene.db.update(replies).set({ helpConsent: 'yes', helpConsentAt: new Date('2024-07-03T10:05:00Z') });
    const text = wordsOf(await digestNow(scene.ports, programme, new Date('2024-07-05T00:00:00Z'), { audience: 'organisers' }));
    expect(text).toContain('Work; as it was read, not confirmed yet');
    expect(text).toMatch(/Ada: (help ){59}help…|Ada: .{299}…/);
    expect(text).not.toContain('help '.repeat(70));
  });

  it('says what comes in the next four weeks, and what predictions came to', async () => {
    const { scene, programme, cohort } = await aScene();
    const ada = await scene.alumnus(cohort);
    const soon = await scene.cohort(programme, 'ARENA 5', '2024-04-20');
    await scene.checkIn(await scene.alumnus(soon), 3);
    await scene.checkIn(await scene.alumnus(soon), 6);
    scene.now = new Date('2024-06-21T00:00:00Z');
    await registerPrediction(scene.ports, {
      programme,
      cohorts: ['ARENA 2.0'],
      waveMonths: 12,
      class: { track: 'capabilities', scope: 'main' },
      comparator: 'less_than',
      threshold: 0.5,
      probability: 0.8,
      closesOn: '2024-08-05',
      author: 'Callum',
      seenData: false,
      codebookVersion: '1',
      readerVersion: '1',
    });
    await scene.answered(ada, working());
    const early = wordsOf(await digestNow(scene.ports, programme, new Date('2024-07-05T00:00:00Z'), { audience: 'organisers' }));
    expect(early).toContain('1 person from 20 July 2024, three months after ARENA 5');
    expect(early).not.toContain('six months');
    expect(early).not.toContain('Callum');
    scene.now = new Date('2024-08-06T00:00:00Z');
    await resolveDue(scene.ports);
    const late = wordsOf(await digestNow(scene.ports, programme, new Date('2024-08-07T00:00:00Z'), { audience: 'organisers' }));
    expect(late).toContain('Callum predicted less than 50% mainly in capabilities.');
  });

  it('can be posted early, in place of the weekly one, so that neither comes twice', async () => {
    const { scene, programme, cohort, at } = await aScene();
    await at('2024-07-01T09:00:00Z');
    const monday = new Date('2024-07-08T07:00:00Z');
    expect(await postDigestNow(scene.ports, programme, monday)).toEqual({ kind: 'nothing' });
    await scene.answered(await scene.alumnus(cohort), working());
    expect(await postDigestNow(scene.ports, programme, monday)).toEqual({ kind: 'posted' });
    expect(await postDigestNow(scene.ports, programme, monday)).toEqual({ kind: 'posted_already' });
    expect(await at('2024-07-08T09:00:00Z')).toBe(0);
    expect(await weeks(scene, programme)).toEqual(['2024-W27', '2024-W28']);
    expect(
      await postDigestNow(scene.ports, { ...programme, settings: { ...programme.settings, channel: null } }, monday),
    ).toEqual({
      kind: 'no_channel',
    });
  });

  it('of one programme does not hang on the settings of another', async () => {
    const { scene, cohort, at } = await aScene();
    await scene.answered(await scene.alumnus(cohort), working());
    const broken = await scene.programme({ channel: CHANNEL }, { name: 'Broken' });
    await scene.db
      .update(programmes)
      .set({ settings: { ...broken.settings, timeZone: 'Mars/Olympus' } })
      .where(eq(programmes.id, broken.id));
    expect(await at('2024-07-08T09:00:00Z')).toBe(1);
    expect(scene.problems).toEqual(['digest_failed']);
  });
});
