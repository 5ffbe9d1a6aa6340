import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { withChartsDrawn } from '../../adapters/charts/charts-in.js';
import { deliveries } from '../../db/schema.js';
import type { Message } from '../../src/domain/message.js';
import type { Settings } from '../../src/domain/settings.js';
import { deliver } from '../../src/flows/deliver.js';
import { publishCharts } from '../../src/flows/publish-charts.js';
import { publishDigests } from '../../src/flows/publish-digests.js';
import { makeReport } from '../../src/flows/report.js';
import type { Ports } from '../../src/ports.js';
import { wordsIn } from '../support/fake-messenger.js';
import { ReportScene, working } from '../support/report-scene.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const CHANNEL = { platform: 'slack', id: 'C1' } as const;
const MONDAY = '2024-07-08T09:00:00Z';
const PNG_BEGINS = [0x89, 0x50, 0x4e, 0x47];

describeOnBoth('the picture to a digest', (open) => {
  /** A programme with a digest channel on the Monday on which it comes; `answers` people work in alignment, `others` in governance. */
  async function aMonday({ answers = 6, others = 0, settings = {} as Partial<Settings>, draws = withChartsDrawn } = {}) {
    const test = await open();
    const world = new World(test, MONDAY);
    const scene = new ReportScene(test.db);
    scene.now = new Date(MONDAY);
    const programme = await scene.programme({ channel: CHANNEL, ...settings }, { createdAt: '2024-06-20T00:00:00Z' });
    const cohort = await scene.cohort(programme);
    for (let nth = 0; nth < answers + others; nth += 1)
      await scene.answered(await scene.alumnus(cohort), working({ track: nth < answers ? 'alignment' : 'governance' }));
    await scene.asked(await scene.alumnus(cohort));
    const ports: Ports = { ...world.ports, withChartsDrawn: draws };
    const charts = () => publishCharts(scene.ports, world.time, (wanted) => makeReport(scene.ports, wanted));
    const digests = () => publishDigests(scene.ports, world.time);
    const send = () => deliver(ports, { batch: 50, atOnce: 1, leaseMs: 60_000 });
    /** All that a tick does, until nothing is left to do. */
    const settle = async () => {
      await digests();
      await send();
      await charts();
      await send();
    };
    const inChannel = () => world.messenger.taken.filter((each) => each.to === CHANNEL.id);
    const chartRow = async () => (await test.db.select().from(deliveries).where(eq(deliveries.kind, 'chart')))[0];
    return { test, world, scene, programme, cohort, digests, charts, send, settle, inChannel, chartRow };
  }
  const pictureIn = (message: Message | undefined) => message?.parts.find((part) => part.kind === 'image') ?? null;

  it('comes into its thread once it stands in the channel, drawn and told in words, and comes once', async () => {
    const monday = await aMonday();
    await monday.digests();
    expect(await monday.charts()).toBe(0);
    await monday.send();
    const posted = await Promise.all([monday.charts(), monday.charts()]);
    expect(posted.reduce((sum, each) => sum + each)).toBe(1);
    await monday.send();
    await monday.settle();
    const [digest, chart, ...more] = monday.inChannel();
    expect(more).toEqual([]);
    expect(chart?.thread).toBe(digest?.ref);
    const picture = pictureIn(chart?.message);
    expect([...(picture?.png.slice(0, 4) ?? [])]).toEqual(PNG_BEGINS);
    expect(picture?.alt).toContain('Stacked bars of the 7 people of ARENA');
    expect(picture?.fileName).toBe('what-became-of-arena-arena-2-0.png');
    expect(await monday.chartRow()).toMatchObject({ what: `chart:${monday.programme.id}:2024-W28`, state: 'sent' });
  });

  it('shows everybody no number that the public report hides', async () => {
    const monday = await aMonday({ answers: 6, others: 2 });
    await monday.settle();
    const alt = pictureIn(monday.inChannel()[1]?.message)?.alt;
    expect(alt).toContain('8 known, not shown apart');
    expect(alt).not.toMatch(/[26] (alignment|governance)/i);
  });

  it.each([
    ['all of it to organisers while they are alone there', true],
    ['what everybody may see once they are not', false],
  ])('shows %s, whoever read the digest', async (_, isAlone) => {
    const monday = await aMonday({ answers: 6, others: 2, settings: { channelAudience: 'organisers' } });
    const { programmes } = monday.world.ports;
    const [ada, guest] = [{ platform: 'slack', id: 'UADA' } as const, { platform: 'slack', id: 'UEVE' } as const];
    await programmes.addOrganiser(monday.programme.id, { kind: 'account', account: ada }, monday.world.time);
    monday.world.messenger.room = { isPrivate: true, members: [ada] };
    await monday.digests();
    await monday.send();
    await monday.charts();
    if (!isAlone) monday.world.messenger.room = { isPrivate: true, members: [ada, guest] };
    await monday.send();
    const alt = pictureIn(monday.inChannel()[1]?.message)?.alt ?? '';
    expect(alt.includes('8 known, not shown apart')).toBe(!isAlone);
    expect(/6 (in )?[^,;.]*alignment(,| and) 2 (in )?[^,;.]*governance/i.test(alt)).toBe(isAlone);
  });

  it('is not made where nobody has answered yet, and that is considered once', async () => {
    const monday = await aMonday({ answers: 0 });
    await monday.settle();
    await monday.settle();
    expect(monday.inChannel()).toHaveLength(1);
    expect(await monday.chartRow()).toMatchObject({ state: 'cancelled', problem: 'nothing' });
  });

  it('that cannot be drawn is logged, and the digest stands alone', async () => {
    const draws = async (message: Message) => {
      if (message.parts.some((part) => part.kind === 'chart')) throw new Error('no font');
      return message;
    };
    const monday = await aMonday({ draws });
    await monday.settle();
    await monday.settle();
    expect(monday.inChannel()).toHaveLength(1);
    expect(await monday.chartRow()).toMatchObject({ state: 'failed', problem: expect.stringContaining('could not be drawn') });
    expect(monday.world.logged.filter(({ level }) => level === 'error').map(({ event }) => event)).toEqual(['delivery_failed']);
  });

  it('is told in words where nothing draws', async () => {
    const monday = await aMonday({ draws: async (message) => message });
    await monday.settle();
    const [, chart] = monday.inChannel();
    expect(chart && wordsIn(chart.message)).toContain('Stacked bars of the 7 people of ARENA');
  });

  it('does not come days after its digest', async () => {
    const monday = await aMonday();
    await monday.digests();
    await monday.send();
    monday.world.time = new Date('2024-07-11T09:00:00Z');
    expect(await monday.charts()).toBe(0);
  });
});
