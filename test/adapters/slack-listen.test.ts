import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { slackPlug } from '../../adapters/slack/plug.js';
import { button, controls, type Form, type Message, note, say } from '../../src/domain/message.js';
import type { Answer, Hearing, IncomingCommand, IncomingForm, IncomingPress, Profile } from '../../src/platform-ports.js';
import type { IncomingMessage } from '../../src/ports.js';
import { eventually } from '../support/platform-bot.js';
import { elementsIn, FakeSlack, seenIn } from '../support/slack/fake-slack.js';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET } from '../support/slack/server.js';
import { BOT_USER, TEAM } from '../support/slack/workspace.js';

const KEY = 'card000000000000000000';
const NOTHING: Answer = { answer: null, form: null };
const FORM: Form = {
  id: `aw:form:${KEY}`,
  title: 'Change something',
  submitLabel: 'Save',
  sections: [
    {
      title: '1. A job',
      fields: [
        {
          kind: 'select',
          name: 'kind',
          label: 'What',
          value: '',
          choices: [
            { value: '', label: 'Nothing' },
            { value: 'employment', label: 'A job' },
          ],
        },
        { kind: 'text', name: 'role', label: 'As what', value: 'engineer', optional: true },
        { kind: 'file', name: 'roster', label: 'A list', value: null, optional: true },
      ],
    },
  ],
};
const card: Message = { parts: [...say('This is what I understood:').parts, controls(button('right', KEY, 'Looks right'))] };

type Heard = {
  readonly messages: IncomingMessage[];
  readonly presses: IncomingPress[];
  readonly forms: IncomingForm[];
  readonly commands: (IncomingCommand & { readonly whose: string })[];
  readonly profiles: Profile[];
  connected: number;
};

/** Facts of an installation in memory. */
const memoryOf = (facts: Map<string, string> = new Map()) => ({
  directChannel: async () => null,
  keepDirectChannel: async () => {},
  fact: async (name: string) => facts.get(name) ?? null,
  keepFact: async (name: string, value: string) => void facts.set(name, value),
  holdLease: async () => true,
  dropLease: async () => {},
  keepDraft: async () => {},
  draft: async () => null,
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function hearingThat(does: Partial<Hearing>, heard: Heard): Hearing {
  return {
    message: async (incoming) => void heard.messages.push(incoming),
    press: async (press) => {
      heard.presses.push(press);
      return NOTHING;
    },
    form: async (form) => {
      heard.forms.push(form);
      return { kind: 'saved', answer: null };
    },
    alumnusCommand: async (command) => {
      heard.commands.push({ ...command, whose: 'alumnus' });
      return { answer: say('Here you are.'), form: null };
    },
    organiserCommand: async (command) => {
      heard.commands.push({ ...command, whose: 'organiser' });
      return { answer: say('Here you are.'), form: null };
    },
    suggest: async () => [],
    profile: async (profile) => void heard.profiles.push(profile),
    home: async () => say('Nothing is held about you.'),
    connected: async () => {
      heard.connected += 1;
    },
    ...does,
  };
}

type Wish = {
  readonly does?: Partial<Hearing>;
  readonly mode?: 'socket' | 'http';
  readonly facts?: Map<string, string>;
  readonly prepare?: (slack: FakeSlack) => void;
};

async function listening({ does = {}, mode = 'socket', facts, prepare }: Wish = {}) {
  const slack = await FakeSlack.open(() => new Date());
  closing.push(() => slack.close());
  prepare?.(slack);
  const logged: { readonly event: string; readonly detail: unknown }[] = [];
  const keep = (event: string, detail?: unknown) => void logged.push({ event, detail });
  const settings = {
    botToken: BOT_TOKEN,
    // Without its last slash, as people write it.
    apiUrl: slack.apiUrl.replace(/\/$/, ''),
    mode:
      mode === 'socket'
        ? ({ kind: 'socket', appToken: APP_TOKEN } as const)
        : ({ kind: 'http', signingSecret: SIGNING_SECRET } as const),
  };
  const plug = slackPlug(settings, { log: { info: keep, warn: keep, error: keep }, clockOffsetMs: 0 });
  const heard: Heard = { messages: [], presses: [], forms: [], commands: [], profiles: [], connected: 0 };
  const link = await plug.listen(hearingThat(does, heard), memoryOf(facts));
  closing.push(link.close);
  if (link.serve) {
    const { serve } = link;
    const server = createServer((request, response) => void (serve(request, response) || response.writeHead(404).end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    closing.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    slack.connections.requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  }
  const mara = slack.workspace.addUser({ name: 'Mara Lind', timeZone: 'Europe/Stockholm' }).id;
  return { slack, plug, link, heard, logged, mara };
}

/** A card of the bot's in front of somebody. */
async function withCard(wish: Wish = {}) {
  const all = await listening(wish);
  const sent = await all.plug.messenger.send({ platform: 'slack', id: all.mara, what: 'person' }, KEY as never, card);
  const message = all.slack.fromBot(all.mara).at(-1);
  const [standing] = elementsIn(message?.blocks ?? null);
  if (!sent.ok || !message || !standing) throw new Error('no card');
  const on = { channel: all.slack.workspace.openDirect(all.mara), message };
  return { ...all, on, standing };
}

async function withForm(wish: Wish = {}) {
  const does = { press: async () => ({ answer: null, form: FORM }), ...wish.does };
  const all = await withCard({ ...wish, does });
  await all.slack.presses(all.mara, all.on, all.standing);
  await all.plug.idle();
  const view = all.slack.modal(all.mara);
  if (!view) throw new Error('no form is open');
  return { ...all, view };
}

describe('what is heard in direct messages', () => {
  it('is the words as they were typed, their edits and deletions, threads and files, and nothing else', async () => {
    const { slack, heard, mara } = await listening();
    const typed = 'I joined <Redwood> & co (https://redwood.example) with @U0TOM';
    const ts = await slack.says(mara, typed);
    await slack.unfurls(mara, ts);
    await slack.edits(mara, ts, 'I joined Apollo');
    await slack.deletes(mara, ts);
    const parent = await slack.says(mara, 'A question');
    const file = slack.workspace.addFile('roster.csv', new TextEncoder().encode('name,slack'));
    await slack.says(mara, 'in its thread', { thread: parent, files: [file] });
    const im = slack.workspace.openDirect(mara);
    const other = slack.workspace.addChannel('general', [mara]);
    const about = { ts: slack.workspace.ts(), channel: im.id, channel_type: 'im' };
    await slack.event({ type: 'message', ...about, user: BOT_USER, bot_id: 'B1', text: 'mine' });
    await slack.event({ type: 'message', ...about, subtype: 'bot_message', bot_id: 'B2', text: 'a bot' });
    await slack.event({ type: 'message', ...about, user: mara, subtype: 'channel_topic', text: 'noise' });
    await slack.event({ type: 'message', ...about, user: mara, channel: other.id, channel_type: 'channel', text: 'in public' });
    await slack.event({ type: 'message', ...about, user: 'U0EXT', user_team: 'T0OTHER', text: 'from outside' });
    expect(heard.messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['new', typed],
      ['edited', 'I joined Apollo'],
      ['deleted', ''],
      ['new', 'A question'],
      ['new', 'in its thread'],
    ]);
    expect(new Set(heard.messages.slice(0, 3).map((each) => each.externalId))).toEqual(new Set([`${im.id}:${ts}`]));
    expect(heard.messages[0]?.from).toEqual({ platform: 'slack', id: mara });
    const [read] = heard.messages[4]?.files ?? [];
    expect(new TextDecoder().decode((await read?.read()) ?? undefined)).toBe('name,slack');
    expect(slack.unacked).toEqual([]);
  });

  it('is acknowledged only once it is stored, so that Slack delivers it again where it was not', async () => {
    let isDown = true;
    const stored: string[] = [];
    const message = async (incoming: IncomingMessage) => {
      if (isDown) throw new Error('the database is down');
      stored.push(incoming.text);
    };
    const { slack, mara } = await listening({ does: { message } });
    await slack.says(mara, 'I joined Apollo');
    expect(slack.unacked).toHaveLength(1);
    isDown = false;
    await slack.retry();
    expect([stored, slack.unacked]).toEqual([['I joined Apollo'], []]);
  }, 20_000);

  it('comes in the order in which somebody wrote it, however long each takes', async () => {
    const stored: string[] = [];
    const message = async ({ text, kind }: IncomingMessage) => {
      await new Promise((resolve) => setTimeout(resolve, kind === 'new' ? 200 : 0));
      stored.push(`${kind} ${text}`);
    };
    const { slack, mara } = await listening({ does: { message } });
    const said = slack.says(mara, 'one');
    const ts = slack.direct(mara).at(-1)?.ts ?? '';
    await Promise.all([said, slack.edits(mara, ts, 'two')]);
    expect(stored).toEqual(['new one', 'edited two']);
  });

  it('is not taken from another workspace, nor for another app', async () => {
    const { slack, heard, logged, mara } = await listening();
    const event = { ...slack.messageEvent(mara, slack.writes(mara, 'hello')) };
    for (const about of [{ team_id: 'T0OTHER' }, { api_app_id: 'A0OTHER' }]) await slack.event(event, about);
    const body = { ...slack.submitBody(mara, { id: 'V1', hash: '', user: mara, kind: 'modal', body: {}, errors: {} }, {}) };
    await slack.send('interactive', { ...body, team: { id: 'T0OTHER', domain: 'x' } });
    expect([heard.messages, heard.forms]).toEqual([[], []]);
    expect(logged.filter((each) => each.event === 'slack_event_of_others')).toHaveLength(3);
    expect(slack.unacked).toEqual([]);
  });
});

describe('a press', () => {
  it('is told once with what was chosen, and answered to whoever pressed alone', async () => {
    const { slack, heard, plug, mara, on, standing } = await withCard({
      does: { press: async () => ({ answer: say('Saved.'), form: null }) },
    });
    await slack.presses(mara, on, standing);
    await plug.idle();
    expect(slack.toldTo(mara)).toEqual(['Saved.']);
    expect(slack.refused).toEqual([]);
    expect(heard.presses).toEqual([]);
  });

  it('carries its verb and key, and the same event twice has one id', async () => {
    const { slack, heard, plug, mara, on, standing } = await withCard();
    const body = slack.pressBody(mara, on, standing);
    for (const _ of [1, 2]) await slack.send('interactive', body);
    await plug.idle();
    expect(heard.presses.map((each) => [each.ref, each.value])).toEqual(
      Array(2).fill([{ verb: 'right', key: KEY, choice: null }, null]),
    );
    expect(new Set(heard.presses.map((each) => each.eventId)).size).toBe(1);
  });

  it('that fails is answered in one plain line, and logged without a word of it', async () => {
    const { slack, plug, mara, on, standing, logged } = await withCard({
      does: { press: async () => Promise.reject(new Error('Mara said hello')) },
    });
    await slack.presses(mara, on, standing);
    await plug.idle();
    expect(slack.toldTo(mara)).toEqual([expect.stringContaining('Something went wrong on my side; nothing is lost')]);
    expect(logged.find((each) => each.event === 'slack_act_failed')?.detail).toMatchObject({ what: 'press' });
  });

  it('is answered in the direct messages where its address has run out or is not Slack’s', async () => {
    const { slack, plug, mara, on, standing } = await withCard({
      does: { press: async () => ({ answer: say('Saved.'), form: null }) },
    });
    for (const response_url of [`${slack.base}/response/none`, 'https://evil.example/x'])
      await slack.send('interactive', { ...slack.pressBody(mara, on, standing), response_url });
    await plug.idle();
    expect(slack.toldTo(mara)).toEqual(['Saved.', 'Saved.']);
    expect(slack.calls.filter((each) => each.method === 'chat.postEphemeral')).toHaveLength(2);
  });
});

describe('a form', () => {
  it('opens on a press, and brings back what was entered, with the file', async () => {
    const { slack, heard, mara, plug } = await withForm();
    const file = slack.workspace.addFile('roster.csv', new TextEncoder().encode('name,slack'));
    await slack.submits(mara, {
      '0:kind/value': 'employment',
      '0:role/value': 'researcher',
      '0:roster/value': { files: [file] },
    });
    await plug.idle();
    expect(heard.forms[0]).toMatchObject({
      ref: { verb: 'form', key: KEY },
      values: [{ kind: 'employment', role: 'researcher' }],
    });
    expect(new TextDecoder().decode(heard.forms[0]?.files.roster)).toBe('name,slack');
    expect(slack.modal(mara)).toBeNull();
  });

  it('shows what is wrong at its field, and keeps what was entered', async () => {
    const errors = [{ section: 0, field: 'role', message: 'This is no role.' }];
    const { slack, mara } = await withForm({ does: { form: async () => ({ kind: 'errors', errors }) } });
    await slack.submits(mara, {});
    expect(slack.modal(mara)?.errors).toEqual({ '0:role': 'This is no role.' });
    expect(slack.refused).toEqual([]);
  });

  it('says in the same window what came of it, with what can be done next', async () => {
    const answer: Message = { parts: [...say('24 people are on the list.').parts, note('Nobody was written to yet.')] };
    const { slack, mara } = await withForm({ does: { form: async () => ({ kind: 'saved', answer }) } });
    await slack.submits(mara, {});
    const view = slack.modal(mara);
    expect(seenIn((view?.body.blocks ?? []) as unknown[])).toContain('24 people are on the list.');
  });

  it('that takes longer than Slack waits is worked on, and its errors come with everything that was entered', async () => {
    let finish = () => {};
    const waiting = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const form = async () => {
      await waiting;
      return { kind: 'errors', errors: [{ section: 0, field: 'role', message: 'This is no role.' }] } as const;
    };
    const { slack, mara, plug } = await withForm({ does: { form } });
    await slack.submits(mara, { '0:role/value': 'researcher' });
    expect(seenIn((slack.modal(mara)?.body.blocks ?? []) as unknown[])).toContain('I am working on it');
    finish();
    await plug.idle();
    const view = slack.modal(mara);
    expect(seenIn((view?.body.blocks ?? []) as unknown[])).toContain('This is no role.');
    const filled = view && FakeSlack.inputsOf(view).get('0:role/value')?.element;
    expect(filled?.initial_value).toBe('researcher');
    expect(slack.refused).toEqual([]);
  }, 20_000);

  it('that could not be saved stays open as it was filled in', async () => {
    const { slack, mara } = await withForm({ does: { form: async () => Promise.reject(new Error('down')) } });
    await slack.submits(mara, { '0:role/value': 'researcher' });
    expect(Object.values(slack.modal(mara)?.errors ?? {})).toEqual([expect.stringContaining('nothing is lost')]);
  });

  it('of somebody else does nothing but say so', async () => {
    const { slack, mara } = await withForm({ does: { form: async () => ({ kind: 'not_yours' }) } });
    await slack.submits(mara, {});
    expect(seenIn((slack.modal(mara)?.body.blocks ?? []) as unknown[])).toContain('belongs to somebody else');
  });

  it('that comes too late to be opened is said to be so', async () => {
    const press = async () => {
      await new Promise((resolve) => setTimeout(resolve, 3_100));
      return { answer: null, form: FORM };
    };
    const { slack, mara, on, standing, plug } = await withCard({ does: { press } });
    await slack.presses(mara, on, standing);
    await plug.idle();
    expect([slack.modal(mara), slack.toldTo(mara)]).toEqual([null, [expect.stringContaining('took me too long')]]);
  }, 20_000);
});

describe('a command', () => {
  it('is told apart by its name, and answered to the asker alone, with pictures in the direct messages', async () => {
    const picture: Message = {
      parts: [
        ...say('The report').parts,
        { kind: 'image', png: new Uint8Array([137, 80]), fileName: 'tracks.png', alt: 'Tracks' },
      ],
    };
    const organiserCommand = async () => ({ answer: picture, form: null });
    const { slack, heard, mara, plug } = await listening({ does: { organiserCommand } });
    const channel = slack.workspace.addChannel('cohort', [mara]);
    await slack.slash(mara, '/checkin data & more', channel);
    await plug.idle();
    expect(heard.commands).toMatchObject([{ whose: 'alumnus', text: 'data & more', channelId: channel.id }]);
    await slack.slash(mara, '/alumni report', channel);
    await plug.idle();
    expect(slack.toldTo(mara)[1]).toContain('The report');
    expect(channel.messages).toEqual([]);
    expect(slack.fromBot(mara).flatMap((each) => each.files.map((file) => file.title))).toEqual(['tracks.png']);
    expect(slack.refused).toEqual([]);
  });

  it('fills as many messages as its answer needs, and loses none of it', async () => {
    const long: Message = {
      parts: Array.from({ length: 90 }, (_, at) => ({ kind: 'paragraph', text: `Line ${at}. ${'x'.repeat(700)}` })),
    };
    const { slack, mara, plug } = await listening({ does: { alumnusCommand: async () => ({ answer: long, form: null }) } });
    await slack.slash(mara, '/checkin data');
    await plug.idle();
    const all = slack.workspace.ephemeral.map((each) => seenIn(each.blocks)).join('\n');
    for (const at of [0, 45, 89]) expect(all).toContain(`Line ${at}. `);
    expect(slack.refused).toEqual([]);
  });
});

describe('the home tab and profiles', () => {
  it('shows what is held when the tab is opened, and tells of a changed profile', async () => {
    const { slack, heard, mara, plug } = await listening();
    await slack.opensHome(mara, 'messages');
    await slack.opensHome(mara);
    Object.assign(slack.workspace.users.get(mara) ?? {}, { timeZone: 'Asia/Tokyo' });
    await slack.changes(mara);
    await plug.idle();
    expect(seenIn((slack.workspace.homes.get(mara)?.body.blocks ?? []) as unknown[])).toContain('Nothing is held about you.');
    expect(slack.calls.filter((each) => each.method === 'views.publish')).toHaveLength(1);
    expect(heard.profiles).toMatchObject([{ account: { id: mara }, timeZone: 'Asia/Tokyo', standing: 'member' }]);
  });
});

describe('the connection', () => {
  const refusedBecause = (words: string, wish: Wish) =>
    expect(listening(wish)).rejects.toMatchObject({ name: 'PlatformRefusal', message: expect.stringContaining(words) });

  it('refuses a wrong bot token, a wrong app token, and a token that may do too little, saying what to do', async () => {
    await refusedBecause('SLACK_BOT_TOKEN (invalid_auth): copy', {
      prepare: (slack) => Object.assign(slack, { botToken: 'xoxb-2' }),
    });
    await refusedBecause('SLACK_APP_TOKEN (invalid_auth): make', {
      prepare: (slack) => Object.assign(slack, { appToken: 'xapp-2' }),
    });
    await refusedBecause('lacks the permissions im:write, im:history, users:read', {
      prepare: (slack) => Object.assign(slack, { scopes: new Set(['chat:write']) }),
    });
  });

  it('refuses a second workspace, and knows the first one again', async () => {
    await refusedBecause('T0FIRST', { facts: new Map([['slack_team', 'T0FIRST']]) });
    const facts = new Map<string, string>();
    await listening({ facts });
    expect(facts.get('slack_team')).toBe(TEAM);
    await listening({ facts });
  });

  it('opens no socket before it knows who it is', async () => {
    const prepare = (slack: FakeSlack) => slack.faults.add('auth.test', { kind: 'status', status: 503 }, 2);
    const { slack } = await listening({ prepare });
    const methods = slack.calls.map((each) => each.method);
    expect(methods).toEqual(['auth.test', 'auth.test', 'auth.test', 'apps.connections.open']);
  }, 20_000);

  it('comes back after a drop, a refresh and server errors, tells so each time, and hears again', async () => {
    const { slack, heard, link, mara } = await listening();
    expect(heard.connected).toBe(1);
    slack.faults.add('apps.connections.open', { kind: 'status', status: 503 }, 2);
    slack.connections.drop();
    await eventually(() => heard.connected === 2, 'the second connection', 15_000);
    slack.connections.refresh();
    await eventually(() => heard.connected === 3 && slack.connections.sockets.size === 1, 'the third connection', 15_000);
    await slack.says(mara, 'still there?');
    expect(heard.messages.map((each) => each.text)).toEqual(['still there?']);
    expect(link.notReady()).toBeNull();
  }, 40_000);

  it('ends with one line, and no unhandled rejection, where its token is revoked while it reconnects', async () => {
    const rejections: unknown[] = [];
    const note = (reason: unknown) => void rejections.push(reason);
    process.on('unhandledRejection', note);
    const { slack, link } = await listening();
    slack.appToken = 'xapp-revoked';
    slack.connections.drop();
    await expect(link.lost).rejects.toMatchObject({ message: expect.stringContaining('SLACK_APP_TOKEN (invalid_auth)') });
    process.off('unhandledRejection', note);
    expect(rejections).toEqual([]);
  }, 20_000);

  it('ends in good order while it is disconnected', async () => {
    const { slack, link } = await listening();
    slack.faults.add('apps.connections.open', { kind: 'status', status: 500 }, 1_000);
    slack.connections.drop();
    await link.close();
    const asked = slack.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(slack.calls.length - asked).toBeLessThanOrEqual(1);
  });

  it('warns where there are more sockets than a restart needs', async () => {
    const { slack, logged } = await listening();
    const hello = { type: 'hello', num_connections: 9, connection_info: { app_id: 'A0AFTERWARDS' } };
    for (const ws of slack.connections.sockets) ws.send(JSON.stringify(hello));
    await eventually(() => logged.some((each) => each.event === 'slack_has_many_sockets'), 'a warning');
  });
});

describe('requests over HTTP', () => {
  it('are heard like a socket’s', async () => {
    const { slack, heard, mara, plug } = await listening({ mode: 'http' });
    expect(heard.connected).toBe(1);
    await slack.says(mara, 'hello');
    await slack.slash(mara, '/checkin data');
    await plug.idle();
    expect(heard.messages.map((each) => each.text)).toEqual(['hello']);
    expect(slack.toldTo(mara)).toEqual(['Here you are.']);
  });

  it('are refused with a forged signature, an old one, or the same one twice', async () => {
    const { slack, heard, mara } = await listening({ mode: 'http' });
    const url = slack.connections.requestUrl ?? '';
    const body = slack.eventBody(slack.messageEvent(mara, slack.writes(mara, 'hello')));
    const envelope = { kind: 'events_api', payload: body } as const;
    const now = Math.floor(Date.now() / 1_000);
    const status = async (request: RequestInit) => (await fetch(url, request)).status;
    const good = slack.connections.signed(envelope);
    expect(await status(slack.connections.signed(envelope, 0, now, 'another secret'))).toBe(401);
    expect(await status(slack.connections.signed(envelope, 0, now - 400))).toBe(401);
    expect(await status({ ...good, signal: null })).toBe(200);
    expect(await status({ ...good, signal: null })).toBe(401);
    expect(await status({ method: 'GET' })).toBe(405);
    expect(heard.messages).toHaveLength(1);
  });

  it('are answered with an error where a message could not be stored, and taken when they come again in the same second', async () => {
    let isDown = true;
    const stored: string[] = [];
    const message = async ({ text }: IncomingMessage) => {
      if (isDown) throw new Error('down');
      stored.push(text);
    };
    const { slack, mara } = await listening({ mode: 'http', does: { message } });
    const payload = slack.eventBody(slack.messageEvent(mara, slack.writes(mara, 'hello')));
    const request = { ...slack.connections.signed({ kind: 'events_api', payload }), signal: null };
    const status = async () => (await fetch(slack.connections.requestUrl ?? '', request)).status;
    expect(await status()).toBe(500);
    isDown = false;
    expect([await status(), await status()]).toEqual([200, 401]);
    expect(stored).toEqual(['hello']);
  });

  it('confirm the address to Slack', async () => {
    const { slack } = await listening({ mode: 'http' });
    const acked = await slack.send('events_api', { type: 'url_verification', challenge: 'abc', token: 'x' });
    expect(acked?.payload).toMatchObject({ challenge: 'abc' });
  });
});
