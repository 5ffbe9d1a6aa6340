import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { archiveProgramme } from '../../db/programmes.js';
import { cohorts, deliveries, replies } from '../../db/schema.js';
import { say } from '../../src/domain/message.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import type { Span } from '../../src/report-ports.js';
import { only, ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';

const WEEK: Span = { since: new Date('2024-07-01T09:00:00Z'), until: new Date('2024-07-08T09:00:00Z') };
const CHANNEL = { platform: 'slack', id: 'C1' } as const;

describeOnBoth('what a digest is made of', (open) => {
  async function aScene() {
    const scene = new ReportScene((await open()).db);
    const programme = await scene.programme({ channel: CHANNEL });
    const cohort = await scene.cohort(programme);
    return { scene, programme, cohort, store: scene.ports.digests };
  }

  it('comes from programmes that go on and have a channel, with the digests they had', async () => {
    const { scene, programme, store } = await aScene();
    await scene.programme({}, { name: 'Without a channel' });
    await archiveProgramme(scene.db, (await scene.programme({ channel: CHANNEL }, { name: 'Over' })).id, scene.now);
    for (const week of ['W27', 'W28']) {
      const what = `digest:${programme.id}:2024-${week}`;
      await store.add({ programme, what, until: WEEK.until, payload: null, publicPayload: null });
    }
    expect(await store.candidates()).toEqual([
      {
        programmeId: programme.id,
        createdAt: new Date('2023-01-01T00:00:00Z'),
        timeZone: 'Etc/UTC',
        ...DEFAULT_SETTINGS.digest,
        latest: [`digest:${programme.id}:2024-W28`, `digest:${programme.id}:2024-W27`],
      },
    ]);
  });

  it('is written down once, for the channel, and told from there on', async () => {
    const { scene, programme, store } = await aScene();
    const digest = {
      programme,
      what: 'digest:1:2024-W28',
      until: WEEK.until,
      payload: say('Secret'),
      publicPayload: say('Open'),
    };
    expect(await Promise.all([store.add(digest), store.add(digest)])).toContain(false);
    expect(only(await scene.db.select().from(deliveries))).toMatchObject({
      what: 'digest:1:2024-W28',
      kind: 'digest',
      state: 'queued',
      platform: 'slack',
      address: 'C1',
      addressKind: 'channel',
      programmeId: programme.id,
      personId: null,
      payload: say('Secret'),
      publicPayload: say('Open'),
      dueAt: WEEK.until,
    });
    expect(await store.isWrittenDown('digest:1:2024-W28')).toBe(true);
    expect(await store.isWrittenDown('digest:1:2024-W29')).toBe(false);
    expect(await store.toldUntil(programme.id, WEEK.until)).toEqual(WEEK.until);
    expect(await store.toldUntil(programme.id, WEEK.since)).toBeNull();
  });

  it('is considered, and never sent, where there is nothing to tell', async () => {
    const { scene, programme, store } = await aScene();
    expect(await store.add({ programme, what: 'digest:1:2024-W28', until: WEEK.until, payload: null, publicPayload: null })).toBe(
      true,
    );
    expect(only(await scene.db.select().from(deliveries))).toMatchObject({ state: 'cancelled', problem: 'nothing' });
  });

  it('counts people, not messages, in the week alone', async () => {
    const { scene, programme, cohort, store } = await aScene();
    const [ada, ben, cai] = [await scene.alumnus(cohort), await scene.alumnus(cohort), await scene.alumnus(cohort)];
    await scene.asked(ada, 12, '2024-07-01T09:00:00Z');
    const [bens, cais] = [await scene.asked(ben, 12, '2024-07-01T09:00:01Z'), await scene.asked(cai, 12, '2024-07-08T09:00:00Z')];
    const replyId = await scene.says(bens, '2024-07-02T10:00:00Z', working(), { basis: 'read' });
    await scene.says(bens, '2024-07-02T10:05:00Z', working(), { replyId });
    await scene.says(bens, '2024-07-03T10:05:00Z', working());
    const taken = await scene.says(cais, '2024-07-08T09:00:00Z', working(), { basis: 'read' });
    await scene.says(cais, '2024-07-08T09:00:00Z', working(), { replyId: taken, basis: 'taken_back' });
    expect(await store.counts(programme.id, WEEK)).toEqual({ asked: 2, answered: 1, confirmed: 1 });
    expect(await store.counts(programme.id, { since: WEEK.until, until: scene.now })).toEqual({
      asked: 0,
      answered: 0,
      confirmed: 0,
    });
  });

  it('tells an answer in the week in which it came in, as it stood at its end', async () => {
    const { scene, programme, cohort, store } = await aScene();
    const checkIn = await scene.asked(await scene.alumnus(cohort, { consent: 'named' }));
    const replyId = await scene.says(checkIn, '2024-07-02T10:00:00Z', working({ role: 'first' }), { basis: 'read' });
    await scene.says(checkIn, '2024-07-05T10:00:00Z', working({ role: 'second' }), { replyId, basis: 'corrected' });
    await scene.says(checkIn, '2024-07-09T10:00:00Z', working({ role: 'third' }), { replyId });
    expect(await store.news(programme.id, WEEK)).toEqual([
      {
        personId: expect.any(Number),
        name: 'Ada',
        update: working({ role: 'second' }),
        isConfirmed: false,
        cohort: 'ARENA 2.0',
        waveMonths: 12,
        carriedForward: false,
      },
    ]);
    expect(await store.news(programme.id, { since: WEEK.until, until: new Date('2024-07-15T09:00:00Z') })).toEqual([]);
  });

  it('takes neither name nor words from the table without consent, nor from the erased', async () => {
    const { scene, programme, cohort, store } = await aScene();
    for (const consent of ['not_asked', 'totals'] as const) {
      await scene.answered(await scene.alumnus(cohort, { consent }), working());
    }
    const erased = await scene.alumnus(cohort, { consent: 'named' });
    await scene.answered(erased, working());
    await scene.erases(erased.personId, '2024-07-06T00:00:00Z');
    expect(await store.news(programme.id, WEEK)).toMatchObject([
      { name: null, update: null },
      { name: null, update: null },
    ]);
  });

  it('shows each cohort at its newest wave that anybody was asked at', async () => {
    const { scene, programme, cohort, store } = await aScene();
    const [ada, ben, cai] = [await scene.alumnus(cohort), await scene.alumnus(cohort), await scene.alumnus(cohort)];
    await scene.answered(ada, working(), { waveMonths: 6, at: '2024-01-05T10:00:00Z' });
    await scene.answered(ada, working(), { at: '2024-07-03T10:00:00Z' });
    await scene.asked(ben);
    await scene.checkIn(cai);
    await scene.checkIn(cai, 24);
    await scene.alumnus(cohort, { addedAt: '2024-07-09T00:00:00Z' });
    await scene.alumnus(await scene.cohort(programme, 'ARENA 9', '2024-06-30'));
    const line = { cohort: 'ARENA 2.0', waveMonths: 12, roster: 3 };
    expect(await store.standings(programme.id, WEEK.until)).toEqual([{ ...line, answered: 1, asked: 2 }]);
    expect(await store.standings(programme.id, new Date('2024-07-03T00:00:00Z'))).toEqual([{ ...line, answered: 0, asked: 1 }]);
  });

  it('passes on what people ask for only with their yes, and not what they took back or deleted', async () => {
    const { scene, programme, cohort, store } = await aScene();
    const asks = async (name: string, helpConsent: string, saidAt = '2024-07-02T10:05:00Z') => {
      const checkIn = await scene.asked(await scene.alumnus(cohort, { name }));
      const replyId = await scene.says(checkIn, '2024-07-02T10:00:00Z', working({}, { helpWanted: true }));
      await scene.writes(replyId, 'I look for a mentor.', '2024-07-02T10:00:00Z');
      await scene.writes(replyId, 'In Berlin.', '2024-07-02T10:00:20Z');
      await scene.db
        .update(replies)
        .set({ helpConsent, helpConsentAt: new Date(saidAt) })
        .where(eq(replies.id, replyId ?? 0));
    };
    await asks('Ada', 'yes');
    await asks('Ben', 'asked');
    await asks('Cai', 'no');
    // Said yes in a later week than they asked: then it is news.
    await asks('Dan', 'yes', new Date(WEEK.until.getTime() + 60_000).toISOString());
    const words = 'I look for a mentor. In Berlin.';
    expect(await store.asks(programme.id, WEEK)).toEqual([{ name: 'Ada', words }]);
    expect(await store.asks(programme.id, { since: WEEK.until, until: scene.now })).toEqual([{ name: 'Dan', words }]);
  });

  it('names whom no question reached this week, once, and only while that is so', async () => {
    const { scene, programme, cohort, store } = await aScene();
    const fails = async (name: string, at: string, state: 'unreachable' | 'unsure' = 'unreachable') => {
      const checkIn = await scene.checkIn(await scene.alumnus(cohort, { name }));
      await scene.moves(checkIn, state, at, { asked: false, reason: 'messages_closed' });
      return checkIn;
    };
    const adas = await fails('Ada', '2024-07-02T10:00:00Z');
    await fails('Ben', '2024-06-30T10:00:00Z');
    await fails('Cai', '2024-07-03T10:00:00Z', 'unsure');
    const over = await fails('Dan', '2024-07-02T10:00:00Z');
    await scene.moves(over, 'delivered', '2024-07-04T10:00:00Z');
    expect(await store.unreached(programme.id, WEEK)).toMatchObject([
      { checkInId: adas, name: 'Ada', state: 'unreachable', reason: 'messages_closed', cohort: 'ARENA 2.0' },
      { name: 'Cai', state: 'unsure' },
    ]);
  });

  it('knows who is to be asked next, in cohorts that go on', async () => {
    const { scene, programme, cohort, store } = await aScene();
    await scene.checkIn(await scene.alumnus(cohort), 24);
    await scene.asked(await scene.alumnus(cohort), 24);
    expect(await store.planned(cohort.id, 24)).toBe(1);
    expect(await store.activeCohorts(programme.id)).toMatchObject([{ name: 'ARENA 2.0' }]);
    await scene.db.update(cohorts).set({ pausedAt: scene.now });
    expect(await store.activeCohorts(programme.id)).toEqual([]);
  });
});
