import { afterEach, expect, it } from 'vitest';
import { careerUpdates } from '../../db/schema.js';
import { newest } from '../support/platform-stage.js';
import { FakeSlack, seenIn } from '../support/slack/fake-slack.js';
import { SlackStage } from '../support/slack/slack-stage.js';
import type { SlackView } from '../support/slack/workspace.js';
import { describeOnBoth } from '../support/test-db.js';

describeOnBoth('forms on Slack', (openDb) => {
  let stage: SlackStage | undefined;
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });

  /** Mara has her card in front of her, and its form open. */
  async function withForm() {
    const test = await openDb();
    const at = await SlackStage.open({ test, startsAt: '2023-07-03T00:00:00Z' });
    stage = at;
    const [mara, tom] = [at.person('Mara Lind', { timeZone: 'Europe/London' }), at.person('Tom Okafor')];
    await at.cli('programme', 'set', 'ARENA', '--waves', '3,12', '--timezone', 'Europe/London');
    await at.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, [mara, tom]);
    await at.until('2023-10-04T00:00:00Z');
    await mara.says('I am a research engineer at Redwood Research.');
    await at.pass(46_000);
    const card = newest(mara);
    await mara.presses('change', { on: card.id });
    const view = at.slack.modal(mara.id);
    if (!view) throw new Error('no form is open');
    const records = async () =>
      (await test.db.select({ basis: careerUpdates.basis, record: careerUpdates.record }).from(careerUpdates)).map(
        ({ basis, record }) => [basis, record.activities[0]?.organisation ?? null],
      );
    return { stage: at, mara, tom, card, view, records };
  }
  /** What is entered in the fields of the first section. */
  const entered = (view: SlackView, fields: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      [...FakeSlack.inputsOf(view)].flatMap(([key, { blockId }]) => {
        const value = fields[blockId.replace(/^0:/, '')];
        return value === undefined ? [] : [[key, value]];
      }),
    );
  const READ = ['read', 'Redwood Research'];

  it('does nothing for whoever sends somebody else’s form, but says so', async () => {
    const { stage, mara, tom, card, view, records } = await withForm();
    const stolen = { ...view, user: tom.id };
    stage.slack.workspace.modalsOf(tom.id).push(stolen);
    await tom.fills([{ organisation: 'Evil Corp' }]);
    await stage.pass(1_000);
    expect(seenIn((stolen.body.blocks ?? []) as unknown[])).toContain('belongs to somebody else');
    expect(newest(mara)).toEqual(card);
    expect(await records()).toEqual([READ]);
    await mara.fills([{ organisation: 'Apollo Research' }]);
    expect(await records()).toContainEqual(['confirmed', 'Apollo Research']);
  });

  it('opens no form for whoever presses a forwarded button, but says so', async () => {
    const { stage, mara, tom, card, records } = await withForm();
    for (const verb of ['change', 'right']) await tom.pressesOf(mara, verb, card.id);
    await stage.pass(1_000);
    expect(tom.form()).toBeNull();
    expect(tom.told()).toEqual(Array(2).fill(expect.stringContaining('nothing has changed')));
    expect(newest(mara)).toEqual(card);
    expect(await records()).toEqual([READ]);
  });

  it('saves once what was wrong at first and is sent again, twice over', async () => {
    const { stage, mara, view, records } = await withForm();
    await mara.fills([{ organisation: 'Apollo Research', start: 'soon' }]);
    expect(mara.form()?.errors).toEqual([expect.stringContaining('“soon” is not a date')]);
    expect(await records()).toEqual([READ]);
    const sent = stage.slack.submitBody(mara.id, view, entered(view, { organisation: 'Apollo Research', start: 'Aug 2023' }));
    for (const _ of [1, 2]) await stage.slack.send('interactive', sent);
    await stage.idle();
    await stage.pass(1_000);
    expect((await records()).filter(([, organisation]) => organisation === 'Apollo Research')).toHaveLength(1);
    expect(mara.sees().filter((each) => each.words.includes('Apollo Research'))).toHaveLength(1);
  });

  it('changes nothing any more once the card is taken back', async () => {
    const { stage, mara, card, records } = await withForm();
    await mara.presses('undo', { on: card.id });
    await mara.fills([{ organisation: 'Apollo Research' }]);
    await stage.pass(1_000);
    expect((await records()).map(([, organisation]) => organisation)).not.toContain('Apollo Research');
    expect(newest(mara).words).not.toContain('Apollo Research');
  });
});
