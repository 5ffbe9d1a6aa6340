import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TerminalEvent } from '../../adapters/terminal/chat-ports.js';
import { openTerminalMessenger } from '../../adapters/terminal/messenger.js';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { type Message, say } from '../../src/domain/message.js';
import { wordsIn } from '../support/fake-messenger.js';
import { freshFolder } from '../support/test-db.js';
import { messengerContract } from './messenger.contract.js';

const person = { platform: 'terminal', id: '7', what: 'person' } as const;
const channel = { platform: 'terminal', id: 'organisers', what: 'channel' } as const;
const key = 'question00000000000000' as DeliveryKey;
const turnable = () => {
  let time = Date.parse('2024-05-06T10:00:00Z');
  const pass = (ms: number) => {
    time += ms;
  };
  return { clock: { now: () => new Date(time) }, pass };
};

messengerContract('terminal', async () => {
  const { clock, pass } = turnable();
  const messenger = await openTerminalMessenger({ clock, folder: null });
  const all = () => [...messenger.messagesTo(person), ...messenger.messagesTo('channels')];
  return {
    messenger,
    person,
    channel,
    somebodyElse: { ...person, id: '8' },
    now: clock.now,
    pass,
    standing: async (_, ref) => {
      const found = all().find((each) => each.ref === ref);
      return found ? wordsIn(found.message) : null;
    },
  };
});

describe('the terminal messenger', () => {
  const start = new Date('2024-05-06T09:00:00Z');
  const open = (folder: string | null) => openTerminalMessenger({ ...turnable(), folder });
  const refOf = (sent: Awaited<ReturnType<Awaited<ReturnType<typeof open>>['send']>>) => (sent.ok ? sent.value : 'not sent');

  it('finds after a restart what it sent before, as it was edited last', async () => {
    const folder = freshFolder();
    const before = await open(folder);
    const ref = refOf(await before.send(person, key, say('First')));
    await before.edit(person, ref, key, say('Second'));
    const after = await open(folder);
    expect(await after.find(key, person, start)).toEqual({ kind: 'found', ref });
    expect(after.messagesTo(person).map((each) => wordsIn(each.message))).toEqual(['Second']);
  });

  it('gives no reference twice, across restarts', async () => {
    const folder = freshFolder();
    const first = refOf(await (await open(folder)).send(person, key, say('One')));
    const second = refOf(await (await open(folder)).send(person, 'other' as DeliveryKey, say('Two')));
    expect(second).not.toBe(first);
  });

  it('leaves no word of a removed message on the disk', async () => {
    const folder = freshFolder();
    const messenger = await open(folder);
    const ref = refOf(await messenger.send(person, key, say('a secret')));
    await messenger.edit(person, ref, key, say('a secret, edited'));
    await messenger.remove(person, ref);
    expect(readFileSync(join(folder, 'terminal-messages.jsonl'), 'utf8')).not.toContain('secret');
    expect(await (await open(folder)).find(key, person, start)).toEqual({ kind: 'not_found' });
  });

  it('passes over a line that a crash cut short, and writes on', async () => {
    const folder = freshFolder();
    await (await open(folder)).send(person, key, say('Whole'));
    appendFileSync(join(folder, 'terminal-messages.jsonl'), '{"ref":"t2","key":"cut');
    const after = await open(folder);
    await after.send(person, 'later' as DeliveryKey, say('Later'));
    expect((await open(folder)).messagesTo(person).map((each) => wordsIn(each.message))).toEqual(['Whole', 'Later']);
  });

  it('keeps several messages that are sent at once', async () => {
    const folder = freshFolder();
    const messenger = await open(folder);
    await Promise.all(['a', 'b', 'c', 'd'].map((each) => messenger.send(person, each as DeliveryKey, say(each))));
    expect((await open(folder)).messagesTo(person)).toHaveLength(4);
  });

  it('saves pictures as files beside it', async () => {
    const folder = freshFolder();
    const png = new Uint8Array([137, 80, 78, 71]);
    const picture: Message = { parts: [{ kind: 'image', png, fileName: 'tracks.png', alt: 'Tracks' }] };
    await (await open(folder)).send(channel, key, picture);
    expect([...readFileSync(join(folder, 'pictures', 'tracks.png'))]).toEqual([...png]);
    expect((await open(folder)).messagesTo('channels').map((each) => wordsIn(each.message))).toEqual(['Tracks']);
  });

  it('tells its listeners what was sent, edited and removed, until they leave', async () => {
    const messenger = await open(null);
    const heard: TerminalEvent[] = [];
    const leave = messenger.listen((event) => heard.push(event));
    const ref = refOf(await messenger.send(person, key, say('One')));
    await messenger.edit(person, ref, key, say('Two'));
    await messenger.remove(person, ref);
    leave();
    await messenger.send(person, 'later' as DeliveryKey, say('Three'));
    expect(heard.map((event) => event.kind)).toEqual(['sent', 'edited', 'removed']);
    expect(heard.map((event) => (event.kind === 'sent' ? null : wordsIn(event.before.message)))).toEqual([null, 'One', 'Two']);
  });

  it('has private channels, read by the organisers it was told of', async () => {
    const mara = { platform: 'terminal', id: 'mara' } as const;
    const messenger = await openTerminalMessenger({ ...turnable(), folder: null, organisersOf: async () => [mara] });
    expect(await messenger.membersOf(channel)).toEqual({ ok: true, value: { isPrivate: true, members: [mara] } });
  });
});
