import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { controlsIn, type Taken } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const MARA = { name: 'Mara Lind', slack: 'U1', timeZone: 'Europe/Stockholm' };
const DAY_MS = 86_400_000;

const TEXTS = [
  'I joined Redwood Research as a research engineer in August.',
  'I am doing a PhD at Oxford, part time.',
  "no, it's part time",
  'nothing new',
  'Thanks!',
  '👍',
  'Who reads this?',
  'maybe you should stop asking?',
  'resume',
  'data',
];

const actions = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), text: fc.constantFrom(...TEXTS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('snooze' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('edit' as const), nth: fc.nat(5), text: fc.constantFrom(...TEXTS.slice(0, 7)) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), nth: fc.nat(5) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('press' as const), message: fc.nat(20), control: fc.nat(20), choice: fc.nat(13) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(20_000, 60_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.constantFrom(5, 30, 95) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const) }) },
);
type Action = typeof actions extends fc.Arbitrary<infer A> ? A : never;

class Play {
  readonly said: string[] = [];
  snoozes = 0;
  constructor(readonly world: World) {}

  later = (days: number) => new Date(this.world.time.getTime() + days * DAY_MS).toISOString();

  async act(action: Action): Promise<void> {
    const { world, said } = this;
    switch (action.do) {
      case 'say':
        said.push(await world.says('U1', action.text));
        return world.tick();
      case 'snooze':
        this.snoozes += 1;
        said.push(await world.says('U1', 'ask me in two weeks'));
        return world.tick();
      case 'edit':
        return world.edits('U1', said[action.nth] ?? `unseen-${action.nth}`, action.text);
      case 'delete':
        return world.deletes('U1', said[action.nth] ?? `unseen-${action.nth}`);
      case 'press':
        return this.press(action);
      case 'pass':
        return world.pass(action.ms);
      case 'wait':
        return world.until(this.later(action.days));
      case 'stop':
        await world.says('U1', 'stop');
        return world.tick();
    }
  }

  private async press({ message, control, choice }: Extract<Action, { do: 'press' }>): Promise<void> {
    const all = this.world.messenger.to('U1').filter((each) => controlsIn(each.message).length > 0);
    const on = all[message % Math.max(all.length, 1)];
    if (!on) return;
    const pressable = controlsIn(on.message);
    const picked = pressable[control % pressable.length];
    const [, verb = '', key = ''] = picked?.id.split(':') ?? [];
    // A pause ended early brings its question back, as a snooze does.
    if (verb === 'later') this.snoozes += 1;
    if (verb === 'erase') return;
    const value = picked?.kind === 'select' ? (picked.choices[choice % picked.choices.length]?.value ?? '') : undefined;
    const picks = {
      ...(value === undefined ? {} : { value }),
      ...(key.includes('.') ? { choice: key.split('.')[1] ?? '' } : {}),
    };
    await this.world.presses('U1', on as Taken, verb, picks);
  }
}

describeOnBoth('any conversation', (open) => {
  it('has one card a reply, one question a wave unless it was put off, and an end that is one', async () => {
    const test = await open();
    if (test.kind !== 'embedded') return;
    const rowsOf = async (query: ReturnType<typeof sql>) =>
      ((await test.db.execute(query)) as unknown as { rows: unknown[] }).rows;
    await fc.assert(
      fc.asyncProperty(fc.array(actions, { minLength: 3, maxLength: 9 }), fc.constantFrom('stop', 'erase'), async (acts, end) => {
        await test.db.execute(
          sql`truncate programmes, people, deliveries, inbound_events, erased_identifiers restart identity cascade`,
        );
        const play = new Play(new World(test, '2023-09-30T12:00:00Z'));
        const { world } = play;
        await world.cohort('2023-06-30', [MARA], { waves: [3, 6] });
        for (const act of acts) await play.act(act);
        await world.says('U1', end);
        await world.tick();
        if (end === 'erase') await world.presses('U1', world.last('U1'), 'erase', { choice: 'yes' });
        const sent = world.messenger.to('U1').length;
        await world.until(play.later(120));

        expect(world.logged.filter((each) => each.level === 'error')).toEqual([]);
        expect(world.messenger.to('U1')).toHaveLength(sent);
        if (end === 'erase') expect(world.messenger.to('U1').filter((each) => !each.isRemoved)).toHaveLength(1);
        expect(
          await rowsOf(
            sql`select reply_id from deliveries where kind = 'card' group by reply_id having count(*) > 1 and reply_id is not null`,
          ),
        ).toEqual([]);
        expect(
          await rowsOf(
            sql`select check_in_id from deliveries where kind = 'question' and check_in_id is not null group by check_in_id having count(*) > ${1 + play.snoozes}`,
          ),
        ).toEqual([]);
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});
