import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { alumni, people } from '../../db/schema.js';
import { invitationMessage } from '../../src/domain/invitation.js';
import type { Profile, Standing } from '../../src/platform-ports.js';
import { wordsIn } from '../support/fake-messenger.js';
import { describeOnBoth } from '../support/test-db.js';
import { World } from '../support/world.js';

const CHANNEL = { platform: 'slack', id: 'C1', what: 'channel' } as const;

const profileOf = (id: string, name: string, extra: Partial<Profile> = {}): Profile => ({
  account: { platform: /^\d+$/.test(id) ? 'discord' : 'slack', id },
  name,
  email: null,
  timeZone: null,
  standing: 'member',
  ...extra,
});

describeOnBoth('keeping in touch', (open) => {
  const invited = async (people: Parameters<World['cohort']>[1] = []) => {
    const world = new World(await open(), '2023-06-28T12:00:00Z');
    const made = await world.cohort('2023-06-30', people, { waves: [3, 6] });
    const event = { platform: 'slack', eventId: 'command:1' } as const;
    const post = () => world.ports.enrolments.invite(made, CHANNEL, invitationMessage(made), event, world.time);
    await post();
    await post();
    await world.tick();
    return Object.assign(world, { made, invitation: world.last('C1') });
  };
  const onList = async (world: World) =>
    world.test.db
      .select({ name: people.name, cameBy: alumni.cameBy })
      .from(alumni)
      .innerJoin(people, sql`${people.id} = ${alumni.personId}`);
  const wordsOf = (answer: { answer: { parts: readonly unknown[] } | null }) =>
    wordsIn((answer.answer as never) ?? { parts: [] });

  it('posts the invitation once, and says in it who asks, why, and that it is voluntary', async () => {
    const world = await invited();
    expect(world.messenger.to('C1')).toHaveLength(1);
    const words = wordsIn(world.invitation.message);
    expect(words).toContain('The organisers of ARENA would like to know what becomes of you all');
    expect(words).toContain('three months and six months after its end');
    expect(words).toContain('It is up to you');
    expect(words).toContain('[Keep in touch]');
  });

  it('takes in whoever presses, tells them in their own messages what this is, and asks when it is time', async () => {
    const world = await invited();
    world.messenger.profiles.set('U7', profileOf('U7', 'Nadia Rahman', { email: 'nadia@example.org', timeZone: 'Asia/Tokyo' }));
    const pressed = await world.presses('U7', world.invitation, 'keep');
    expect(wordsOf(pressed)).toContain('Good, you are on the list.');
    expect(wordsOf(pressed)).toContain('I will ask around 2 October 2023.');
    const notice = wordsIn(world.last('U7').message);
    expect(notice).toMatch(/^Hi Nadia\.\nI am Afterwards, a bot\..* you pressed “Keep in touch” yourself\.\n/);
    expect(notice).toContain('[Tell me more]');
    expect(await onList(world)).toEqual([{ name: 'Nadia Rahman', cameBy: 'invitation' }]);
    await world.until('2023-10-02T07:01:00Z');
    expect(world.messenger.to('U7')).toHaveLength(2);
    const question = wordsIn(world.last('U7').message);
    expect(question).toContain('It has been three months since ARENA 2.0 ended.');
    expect(question).not.toContain('I am Afterwards');
  });

  it('says to a second press that it is done already, and writes nothing more', async () => {
    const world = await invited();
    await world.presses('U7', world.invitation, 'keep', { eventId: 'one' });
    expect((await world.presses('U7', world.invitation, 'keep', { eventId: 'one' })).answer).toBeNull();
    const again = await world.presses('U7', world.invitation, 'keep');
    expect(wordsOf(again)).toContain('You are on the list of ARENA 2.0 already');
    expect(world.messenger.to('U7')).toHaveLength(1);
    expect(await onList(world)).toHaveLength(1);
  });

  it('makes one person of two presses at the same moment', async () => {
    const world = await invited();
    await Promise.all(['a', 'b', 'c'].map((eventId) => world.presses('U7', world.invitation, 'keep', { eventId })));
    expect(await onList(world)).toHaveLength(1);
    expect(world.messenger.to('U7')).toHaveLength(1);
  });

  it('knows somebody of the roster by the address that the platform vouches for', async () => {
    const world = await invited([{ name: 'Mara Lind', email: 'Mara@example.org', timeZone: 'Europe/Stockholm' }]);
    world.messenger.profiles.set('U1', profileOf('U1', 'mara', { email: 'mara@example.org' }));
    const pressed = await world.presses('U1', world.invitation, 'keep');
    expect(wordsOf(pressed)).toContain('You are on the list of ARENA 2.0 already');
    expect(await onList(world)).toEqual([{ name: 'Mara Lind', cameBy: 'roster' }]);
    expect(wordsIn(world.last('U1').message)).toContain('your address comes from their list');
    await world.until('2023-10-03T00:00:00Z');
    expect(world.messenger.to('U1')).toHaveLength(2);
  });

  it('starts again for somebody who had stopped', async () => {
    const world = await invited([{ name: 'Mara Lind', slack: 'U1' }]);
    await world.says('U1', 'stop');
    await world.tick();
    expect(await world.stateOf('Mara Lind', 3)).toBe('stopped');
    expect(wordsOf(await world.presses('U1', world.invitation, 'keep'))).toContain('Good to have you back.');
    expect(await world.stateOf('Mara Lind', 3)).toBe('planned');
  });

  it('takes in again somebody who had themselves erased, as somebody new', async () => {
    const world = await invited([{ name: 'Mara Lind', slack: 'U1' }]);
    await world.says('U1', 'erase');
    await world.tick();
    await world.presses('U1', world.last('U1'), 'erase', { choice: 'yes' });
    world.messenger.profiles.set('U1', profileOf('U1', 'Mara Lind'));
    expect(wordsOf(await world.presses('U1', world.invitation, 'keep'))).toContain('Good, you are on the list.');
    expect((await onList(world)).filter((each) => each.name !== null)).toEqual([{ name: 'Mara Lind', cameBy: 'invitation' }]);
    expect(await world.ports.conversations.forget({ platform: 'slack', id: 'U1' })).toBe(false);
  });

  it.each([
    ['bot', 'This is for people.'],
    ['external', 'your account belongs to another one'],
    ['deactivated', 'switched off'],
  ] as const)('keeps out, politely, an account that is %s', async (standing, words) => {
    const world = await invited();
    world.messenger.profiles.set('U9', profileOf('U9', 'Nobody', { standing: standing as Standing }));
    expect(wordsOf(await world.presses('U9', world.invitation, 'keep'))).toContain(words);
    expect(await onList(world)).toEqual([]);
    expect(world.messenger.to('U9')).toEqual([]);
  });

  it('takes nobody in while it cannot tell who they are', async () => {
    const world = await invited();
    world.messenger.profiles.set('U9', null);
    expect(wordsOf(await world.presses('U9', world.invitation, 'keep'))).toContain('Please press again in a minute.');
    expect(await onList(world)).toEqual([]);
  });

  it('says that an archived cohort takes nobody in any more', async () => {
    const world = await invited();
    await world.ports.programmes.markCohort(world.made.cohort.id, 'archive', world.time);
    expect(wordsOf(await world.presses('U7', world.invitation, 'keep'))).toBe('ARENA 2.0 is archived: nobody joins it any more.');
    expect(await onList(world)).toEqual([]);
  });

  it('asks on Discord where somebody is, and plans by the answer', async () => {
    const world = await invited();
    world.connectDiscord();
    world.discord.profiles.set('123', profileOf('123', 'Tom'));
    await world.presses('123', world.invitation, 'keep');
    const notice = world.last('123');
    expect(wordsIn(notice.message)).toContain('<Where are you? = >');
    await world.presses('123', notice, 'zone', { value: 'America/New_York' });
    expect(wordsIn(notice.message)).toContain('I go by the clock of America/New_York.');
    expect(wordsIn(notice.message)).not.toContain('Where are you?');
    await world.until('2023-10-02T13:00:00Z');
    expect(world.discord.to('123')).toHaveLength(1);
    await world.until('2023-10-02T20:00:00Z');
    expect(world.discord.to('123')).toHaveLength(2);
  });

  it('brings the notice with the question where the notice could not be delivered', async () => {
    const world = await invited();
    world.messenger.failures.set('U7', [{ kind: 'unreachable', why: 'messages_closed' }]);
    await world.presses('U7', world.invitation, 'keep');
    expect(world.messenger.to('U7')).toEqual([]);
    await world.until('2023-10-03T00:00:00Z');
    expect(wordsIn(world.last('U7').message)).toContain('I am Afterwards, a bot.');
  });
});
