import { afterEach, expect, it } from 'vitest';
import { newest } from '../support/platform-stage.js';
import { AT_HOME, SlackStage } from '../support/slack/slack-stage.js';
import { describeOnBoth } from '../support/test-db.js';

describeOnBoth('the home tab on Slack', (openDb) => {
  let stage: SlackStage | undefined;
  afterEach(async () => {
    await stage?.close();
    stage = undefined;
  });

  /** Mara has answered her first question, and looks at her home. */
  async function atHome() {
    const at = await SlackStage.open({ test: await openDb(), startsAt: '2023-07-03T00:00:00Z' });
    stage = at;
    const mara = at.person('Mara Lind', { timeZone: 'Europe/London' });
    await at.cli('programme', 'set', 'ARENA', '--waves', '3,12', '--timezone', 'Europe/London');
    await at.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, [mara]);
    await at.until('2023-10-04T00:00:00Z');
    await mara.says('I am a research engineer at Redwood Research.');
    await at.pass(46_000);
    await mara.opensHome();
    expect(mara.home()).toContain('Redwood Research');
    const published = () => at.slack.calls.filter((each) => each.method === 'views.publish').length;
    return { stage: at, mara, published };
  }

  it('pauses and starts again, and shows each time what stands now', async () => {
    const { stage, mara } = await atHome();
    expect(mara.home()).toMatch(/Next question\n?.*July 2024/s);
    await mara.presses('pause', { value: 'six_months', on: AT_HOME });
    expect(mara.reads()).toContain('2024');
    expect(mara.home()).toContain('Start again');
    expect(mara.home()).not.toContain('Be left alone for a while');
    await mara.presses('resume', { on: AT_HOME });
    expect(mara.home()).toContain('Be left alone for a while');
    expect(mara.home()).not.toContain('Start again');
    await stage.until('2024-07-03T00:00:00Z');
    expect(newest(mara).words).toContain('Last time (October 2023)');
  });

  it('stops, and can be started again from there', async () => {
    const { stage, mara } = await atHome();
    await mara.presses('stop', { on: AT_HOME });
    expect(mara.home()).toContain('Start again');
    expect(mara.home()).toContain('none is planned');
    const said = mara.sees().length;
    await stage.until('2024-06-01T00:00:00Z');
    expect(mara.sees()).toHaveLength(said);
    await mara.presses('resume', { on: AT_HOME });
    expect(mara.home()).toMatch(/Next question\n?.*July 2024/s);
    await stage.until('2024-07-03T00:00:00Z');
    expect(newest(mara).words).toContain('Last time (October 2023)');
  });

  it('opens the last record in its form, and shows what was saved', async () => {
    const { stage, mara } = await atHome();
    await mara.presses('change', { on: AT_HOME });
    expect(mara.form()?.sections[0]).toMatchObject({ organisation: 'Redwood Research' });
    await mara.fills([{ organisation: 'Apollo Research' }]);
    expect(mara.form()).toBeNull();
    expect(mara.home()).toContain('Apollo Research');
    await stage.pass(1_000);
    expect(newest(mara).words).toContain('Apollo Research');
  });

  it('erases only after a question, and then holds nothing any more', async () => {
    const { stage, mara } = await atHome();
    await mara.presses('erase', { choice: 'ask', on: AT_HOME });
    expect(mara.reads()).toContain('Yes, erase everything');
    await mara.presses('erase', { choice: 'no' });
    expect(mara.reads()).toContain('everything stays as it is');
    expect(mara.home()).toContain('Redwood Research');
    stage.slack.closesModal(mara.id);

    await mara.presses('erase', { choice: 'ask', on: AT_HOME });
    await mara.presses('erase', { choice: 'yes' });
    expect(mara.reads()).not.toContain('Yes, erase everything');
    await stage.pass(1_000);
    expect(newest(mara).words).toContain('Everything I held about you is erased');
    expect(mara.home()).toContain('You are on no list of mine');
    expect(mara.home()).not.toContain('Redwood');
  });

  it('is shown anew only to those who have opened it', async () => {
    const { stage, mara, published } = await atHome();
    expect(published()).toBe(1);
    const tom = stage.person('Tom Okafor');
    await stage.import({ programme: 'ARENA', cohort: 'ARENA 2.0', ended: '2023-06-30' }, [tom]);
    await mara.presses('names', { choice: 'named', on: newest(mara).id });
    expect(published()).toBe(1);
    await tom.commands('/checkin data');
    expect(stage.slack.workspace.homes.has(tom.id)).toBe(false);
  });
});
