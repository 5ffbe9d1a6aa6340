import { expect, it } from 'vitest';
import { newest, type OrganisersStage } from '../support/platform-stage.js';

export const ORGANISER_STARTS = '2024-05-06T09:00:00Z';

/** An organiser's first ten minutes on a platform: from a programme of the command line's to people who will be asked. */
export function firstTenMinutes(open: () => Promise<OrganisersStage>): void {
  async function desk() {
    const stage = await open();
    const ada = stage.person('Ada Lovelace');
    const grace = stage.person('Grace Hopper', { email: 'grace@example.org', timeZone: 'Europe/London' });
    await stage.cli('programme', 'set', 'ARENA', '--waves', '3', '--timezone', 'Europe/London');
    await stage.cli('organiser', 'add', `${stage.platform}:${ada.id}`, '--programme', 'ARENA');
    const roster = (...lines: readonly string[]) => ({ file: `name,${stage.platform},email\n${lines.join('\n')}\n` });
    return { stage, ada, grace, roster };
  }

  it('brings people in by a file, shows them first, and asks them when they are due', async () => {
    const { stage, ada, grace, roster } = await desk();
    await ada.commands('/alumni import');
    expect(ada.form()?.title).toBe('Bring people in');
    await ada.fills([{ name: 'ARENA 3.0', ended: '2024-04-30' }], roster(`Grace Hopper,${grace.id},`));
    expect(ada.reads()).toContain('1 person for ARENA 3.0, a new cohort');
    expect(await stage.cli('checkins', '--json')).not.toContain('Grace');
    await ada.presses('ask', { choice: 'do' });
    expect(ada.reads()).toContain('1 person added to ARENA 3.0');
    await ada.commands('/alumni cohorts');
    expect(ada.told().at(-1)).toMatch(/ARENA 3\.0:\s+1 person/);
    await stage.until('2024-08-01T00:00:00Z');
    expect(newest(grace).words).toContain('It has been three months since ARENA 3.0 ended.');
    expect(ada.sees()).toEqual([]);
  });

  it('gets a file with bad lines back with all of them, and nothing is imported', async () => {
    const { stage, ada, roster } = await desk();
    await ada.commands('/alumni import');
    await ada.fills([{ name: 'ARENA 3.0', ended: '2024-04-30' }], roster('Tom Okafor,nobody at all,', ',,'));
    expect(ada.reads()).toContain('Nothing was imported');
    expect(await stage.cli('checkins', '--json')).not.toContain('Tom');
  });

  it('adds a cohort by a form, with what is wrong said at its field, and nobody else may', async () => {
    const { ada, grace } = await desk();
    await ada.commands('/alumni add');
    await ada.fills([{ name: 'ARENA 4.0', ended: '2024-04-30' }]);
    await ada.commands('/alumni cohorts');
    expect(ada.told().at(-1)).toContain('ARENA 4.0');
    await grace.commands('/alumni cohorts');
    expect(grace.told().at(-1)).not.toContain('ARENA 4.0');
    await ada.commands('/alumni statsu');
    expect(ada.told().at(-1)).toContain('status');
  });
}
