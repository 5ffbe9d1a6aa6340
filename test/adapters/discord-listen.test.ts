import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discordPlug } from '../../adapters/discord/plug.js';
import { button, controls, type Form, type Message, say } from '../../src/domain/message.js';
import type {
  Hearing,
  IncomingCommand,
  IncomingForm,
  IncomingPress,
  Listening,
  PlatformMemory,
  Plug,
} from '../../src/platform-ports.js';
import type { IncomingMessage, Log } from '../../src/ports.js';
import { FakeDiscord } from '../support/discord/fake-discord.js';
import type { Interaction } from '../support/discord/interactions.js';
import { until } from '../support/discord/people.js';
import { memoryOf } from '../support/discord/plain-memory.js';

const KEY = 'question00000000000000';
const question: Message = {
  parts: [
    ...say('What are you doing these days?').parts,
    controls(button('stop', KEY, 'Stop these'), button('change', KEY, 'Change something')),
  ],
};
const form: Form = {
  id: 'aw:ask:add-1',
  title: 'A new cohort',
  submitLabel: 'Add it',
  sections: [{ title: '', fields: [{ kind: 'text', name: 'name', label: 'Name', value: '', optional: false }] }],
};
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Whoever hears, and keeps what was heard. */
class Ears implements Hearing {
  readonly messages: IncomingMessage[] = [];
  readonly presses: IncomingPress[] = [];
  readonly forms: IncomingForm[] = [];
  readonly commands: (IncomingCommand & { readonly name: string })[] = [];
  readonly typers: string[] = [];
  readonly profiles: string[] = [];
  connections = 0;
  /** How many messages the database still refuses. */
  refusals = 0;
  answer: Awaited<ReturnType<Hearing['press']>> = { answer: null, form: null };
  slowly: Promise<void> = Promise.resolve();

  message = async (incoming: IncomingMessage) => {
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new Error('the database is away');
    }
    this.messages.push(incoming);
  };
  typing = async ({ id }: { id: string }) => void this.typers.push(id);
  press = async (press: IncomingPress) => {
    this.presses.push(press);
    await this.slowly;
    return this.answer;
  };
  form = async (sent: IncomingForm) => {
    this.forms.push(sent);
    return { kind: 'saved', answer: say('Added.') } as const;
  };
  alumnusCommand = (command: IncomingCommand) => this.command('checkin', command);
  organiserCommand = (command: IncomingCommand) => this.command('alumni', command);
  suggest = async (_from: unknown, what: string, start: string) =>
    ['ARENA 2.0', 'ARENA 3.0'].filter((name) => what === 'cohort' && name.startsWith(start));
  profile = async ({ name, standing }: { name: string; standing: string }) => void this.profiles.push(`${name} ${standing}`);
  home = async () => say('');
  connected = async () => {
    this.connections += 1;
  };

  private async command(name: string, command: IncomingCommand) {
    this.commands.push({ ...command, name });
    await this.slowly;
    return this.answer;
  }
}

let fake: FakeDiscord;
let ears: Ears;
let memory: PlatformMemory;
const plugged: Listening[] = [];
beforeEach(async () => {
  fake = await FakeDiscord.open();
  ears = new Ears();
  memory = memoryOf();
});
afterEach(async () => {
  for (const each of plugged.splice(0)) await each.close();
  await fake.close();
  expect(fake.problems).toEqual([]);
});

const plug = (config: Partial<Parameters<typeof discordPlug>[0]> = {}): Plug =>
  discordPlug(
    { token: fake.token, guildId: fake.guild.id, apiUrl: fake.apiUrl, ...config },
    { log: silent, clock: { now: () => new Date() } },
  );

async function listens(hearing: Hearing = ears): Promise<{ listening: Listening; messenger: Plug['messenger'] }> {
  const { messenger, listen } = plug();
  const listening = await listen(hearing, memory);
  plugged.push(listening);
  return { listening, messenger };
}

const said = (interaction: Interaction) => interaction.told.map((each) => String(each.content));

describe('Discord, heard', () => {
  it('hears a direct message of somebody it never met, its edit and its deletion, each with the same id', async () => {
    await listens();
    const mara = fake.person('mara');
    const id = mara.says('I joined Redwood');
    mara.edits(id, 'I joined Redwood in May');
    mara.deletes(id);
    await until(() => ears.messages.length === 3, 'three messages');
    expect(ears.messages.map(({ kind, externalId, text, from }) => [kind, externalId, text, from.id])).toEqual([
      ['new', id, 'I joined Redwood', mara.id],
      ['edited', id, 'I joined Redwood in May', mara.id],
      ['deleted', id, '', mara.id],
    ]);
  });

  it('takes a link that unfolds for no edit, its own messages for none, and what a channel says for nobody’s', async () => {
    const { messenger } = await listens();
    const mara = fake.person('mara');
    const id = mara.says('see https://example.org/');
    mara.unfurls(id);
    const sent = await messenger.send({ platform: 'discord', id: mara.id, what: 'person' }, KEY as never, question);
    if (sent.ok) await messenger.remove({ platform: 'discord', id: mara.id, what: 'person' }, sent.value);
    const channel = fake.channel('general');
    fake.state.post({
      channelId: channel.id,
      author: mara.user,
      content: 'hello all',
      embeds: [],
      components: [],
      attachments: [],
      nonce: null,
    });
    mara.says('the last one');
    await until(() => ears.messages.some(({ text }) => text === 'the last one'), 'the last message');
    expect(ears.messages.map(({ text }) => text)).toEqual(['see https://example.org/', 'the last one']);
  });

  it('keeps what the database did not take, and stores it in order once it does', async () => {
    await listens();
    const mara = fake.person('mara');
    ears.refusals = 2;
    mara.says('one');
    mara.says('two');
    await until(() => ears.messages.length === 2, 'both messages');
    expect(ears.messages.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('hears that somebody is typing, and fetches a file only when it is wanted', async () => {
    await listens();
    const mara = fake.person('mara');
    mara.types();
    mara.says('my list', [{ name: 'people.csv', bytes: new TextEncoder().encode('name,discord') }]);
    await until(() => ears.messages.length === 1 && ears.typers.length === 1, 'the message');
    expect(ears.typers).toEqual([mara.id]);
    const [file] = ears.messages[0]?.files ?? [];
    expect(fake.requestsTo(/attachments/)).toHaveLength(0);
    expect(file?.name).toBe('people.csv');
    expect(new TextDecoder().decode((await file?.read()) ?? undefined)).toBe('name,discord');
  });

  it('asks for no privileged intent, and hears who leaves only where it was switched on', async () => {
    await listens();
    fake.person('mara').leaves();
    expect([...fake.gateway.sessions.values()].map(({ intents }) => intents)).toEqual([1 | (1 << 12) | (1 << 14)]);
    for (const each of plugged.splice(0)) await each.close();
    fake.gateway.privileged.add('guildMembers');
    await listens();
    fake.person('tom', 'Tom').leaves();
    await until(() => ears.profiles.length === 1, 'the news that somebody left');
    expect(ears.profiles).toEqual(['Tom left']);
  });
});

describe('Discord, pressed', () => {
  const asked = async () => {
    const { messenger } = await listens();
    const mara = fake.person('mara');
    await messenger.send({ platform: 'discord', id: mara.id, what: 'person' }, KEY as never, question);
    const message = mara.inbox.at(-1);
    if (!message) throw new Error('nothing was sent');
    return { mara, message };
  };

  it('answers a press to the one who pressed, at once', async () => {
    const { mara, message } = await asked();
    ears.answer = { answer: say('All right, no more of these.'), form: null };
    const pressed = await mara.presses(message, `aw:stop:${KEY}`);
    expect(said(pressed)).toEqual(['All right, no more of these.']);
    expect(pressed.callback).toMatchObject({ type: 4, data: { flags: 64 } });
    expect(ears.presses.map(({ ref, from, value }) => [ref, from.id, value])).toEqual([
      [{ verb: 'stop', key: KEY, choice: null }, mara.id, null],
    ]);
  });

  it('promises within three seconds what takes longer, and keeps the promise', async () => {
    const { mara, message } = await asked();
    let finish = () => {};
    ears.slowly = new Promise((resolve) => {
      finish = resolve;
    });
    ears.answer = { answer: say('Done after all.'), form: null };
    const pressed = await mara.presses(message, `aw:stop:${KEY}`);
    expect(pressed.callback?.type).toBe(6);
    expect(pressed.answeredAfterMs).toBeLessThan(3_000);
    finish();
    await until(() => pressed.told.length === 1, 'what was promised');
    expect(said(pressed)).toEqual(['Done after all.']);
  });

  it('says so where a press could not be stored', async () => {
    const { mara, message } = await asked();
    ears.slowly = Promise.reject(new Error('the database is away'));
    ears.slowly.catch(() => {});
    expect(said(await mara.presses(message, `aw:stop:${KEY}`))).toEqual([
      'That did not reach me just now, so nothing has changed. Try it again in a minute, please.',
    ]);
  });

  it('opens a form as a first answer, and takes in what was entered', async () => {
    const { mara } = await asked();
    ears.answer = { answer: null, form };
    const opened = await mara.runs('alumni', 'add');
    expect(opened.modal).toMatchObject({ title: 'A new cohort' });
    const sent = await mara.submits(opened, { name: 'ARENA 3.0' });
    expect(ears.forms.map(({ ref, values }) => [ref.verb, values])).toEqual([['ask', [{ name: 'ARENA 3.0' }]]]);
    expect(said(sent)).toEqual(['Added.']);
  });

  it('offers a button where it took too long to open a form', async () => {
    const { mara } = await asked();
    let finish = () => {};
    ears.slowly = new Promise((resolve) => {
      finish = resolve;
    });
    ears.answer = { answer: null, form };
    const running = mara.runs('alumni', 'add');
    setTimeout(() => finish(), 2_200);
    const late = await running;
    expect(late.modal).toBeNull();
    const [shown] = late.told;
    if (!shown) throw new Error('nothing was shown');
    const [row] = shown.components as { components: { custom_id: string }[] }[];
    const opened = await mara.presses(shown, row?.components[0]?.custom_id ?? '');
    expect(opened.modal).toMatchObject({ title: 'A new cohort' });
  });

  it('does nothing on another server but say so', async () => {
    const { mara } = await asked();
    const other = fake.state.addGuild('Elsewhere');
    fake.state.join(other, mara.user);
    const channel = fake.state.addChannel(other, 'lobby');
    const answered = await mara.runs('checkin', 'data', {}, 'server', channel);
    expect(said(answered)).toEqual(['I am here for another server, and can do nothing on this one.']);
    expect(ears.commands).toEqual([]);
  });
});

describe('Discord, commanded', () => {
  it('understands each command as the words that it stands for, on the server and in direct messages', async () => {
    await listens();
    const mara = fake.person('mara');
    ears.answer = { answer: say('Noted.'), form: null };
    const role = fake.role('alumni', []);
    await mara.runs('checkin', 'say', { text: 'I joined Redwood' }, 'direct');
    await mara.runs('checkin', 'pause', { for: '3 months' }, 'direct');
    await mara.runs('checkin', 'data');
    await mara.runs('alumni', 'report', { cohort: 'ARENA 2.0', wave: 12, 'as-of': '2024-03-31' });
    await mara.runs('alumni', 'status', { programme: 'ARENA alumni' });
    await mara.runs('alumni', 'import', { cohort: 'ARENA 2.0', role, ended: '2023-06-30' });
    await mara.runs('alumni', 'import', { from: 'everybody in this channel', cohort: 'ARENA 2.0' });
    await mara.runs('alumni', 'organisers', { add: mara.id });
    expect(ears.commands.map(({ name, text }) => `/${name} ${text}`)).toEqual([
      '/checkin I joined Redwood',
      '/checkin pause 3 months',
      '/checkin data',
      '/alumni report ARENA 2.0 12 --as-of 2024-03-31',
      '/alumni "ARENA alumni" status',
      `/alumni import ARENA 2.0 --role <@&${role}> --ended 2023-06-30`,
      '/alumni import members ARENA 2.0',
      `/alumni organisers add <@${mara.id}>`,
    ]);
  });

  it('brings a file along, and completes names', async () => {
    await listens();
    const mara = fake.person('mara');
    ears.answer = { answer: say('2 people.'), form: null };
    const csv = new TextEncoder().encode('name,discord\nAda,1\n');
    await mara.runs('alumni', 'import', { cohort: 'ARENA 2.0', file: { name: 'people.csv', bytes: csv } });
    expect([...(ears.commands[0]?.file ?? [])]).toEqual([...csv]);
    expect(await mara.completes('alumni', 'report', { cohort: 'ARENA 3' }, 'cohort')).toEqual(['ARENA 3.0']);
  });

  it('registers its commands once, and again only when they have changed', async () => {
    await listens();
    for (const each of plugged.splice(0)) await each.close();
    await listens();
    expect(fake.requestsTo(/^PUT /)).toHaveLength(2);
    fake.state.commands.set('global', []);
    for (const each of plugged.splice(0)) await each.close();
    await listens();
    expect(fake.requestsTo(/^PUT .*\/guilds\//)).toHaveLength(1);
    expect(fake.requestsTo(/^PUT /)).toHaveLength(3);
  });
});
