import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openChat } from '../../adapters/terminal/chat.js';
import type { ChatPerson, ChatPorts } from '../../adapters/terminal/chat-ports.js';
import { openTerminalMessenger } from '../../adapters/terminal/messenger.js';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { button, controls, type Form, type FormValues, type Message, paragraph, say } from '../../src/domain/message.js';
import type { IncomingPress } from '../../src/platform-ports.js';
import type { IncomingMessage } from '../../src/ports.js';

const MARA: ChatPerson = { id: 1, name: 'Mara Lindqvist', cohorts: ['ARENA 2.0'] };
const MARIO: ChatPerson = { id: 2, name: 'Mario Rossi', cohorts: ['ARENA 2.0'] };
const key = 'card' as DeliveryKey;
const QUESTION: Message = {
  parts: [
    paragraph('What are you doing these days?'),
    controls(button('no_change', key, 'Nothing changed'), button('change', key, 'Change something')),
  ],
};
const FORM: Form = {
  id: 'aw:form:card',
  title: 'Change something',
  submitLabel: 'Save',
  sections: [
    {
      title: '1. A job',
      fields: [
        {
          kind: 'select',
          name: 'kind',
          label: 'What kind',
          value: 'employment',
          choices: [
            { value: 'remove', label: 'Remove this' },
            { value: 'employment', label: 'A job' },
          ],
        },
        { kind: 'text', name: 'organisation', label: 'Where', value: 'Conjecture', optional: true },
        { kind: 'text', name: 'role', label: 'As what', value: 'engineer', optional: true },
      ],
    },
  ],
};

/** A chat at a keyboard: `type` sends keys, `seen` waits until the screen shows something. */
async function keyboardChat(changes: Partial<ChatPorts['hearing']> = {}) {
  const messenger = await openTerminalMessenger({ clock: { now: () => new Date() }, folder: null });
  const heard: IncomingMessage[] = [];
  const presses: IncomingPress[] = [];
  let tokens = 0;
  const ports: ChatPorts = {
    messenger,
    clock: { now: () => new Date('2024-05-06T10:00:00Z') },
    random: { token: () => `token-${++tokens}` },
    findPeople: async (start) =>
      [MARA, MARIO].filter((each) => each.name.toLowerCase().startsWith(start.toLowerCase()) || String(each.id) === start),
    programmes: async () => ['ARENA'],
    hearing: {
      message: async (incoming) => void heard.push(incoming),
      press: async (press) => {
        presses.push(press);
        return { answer: null, form: press.ref.verb === 'change' ? FORM : null };
      },
      form: async () => ({ kind: 'saved', answer: null }),
      alumnusCommand: async () => ({ answer: say('Here is what I hold.'), form: null }),
      organiserCommand: async ({ text }) => ({ answer: say(`You asked for ${text}.`), form: null }),
      ...changes,
    },
    readFile: async () => null,
    makeSample: async () => say('Made.'),
    settle: async () => {
      throw new Error('somebody who types is not kept waiting');
    },
  };
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let screen = '';
  const waiting = new Set<() => void>();
  output.on('data', (chunk: Buffer) => {
    screen += chunk.toString('utf8');
    for (const look of waiting) look();
  });
  const seen = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!screen.includes(text)) return;
        waiting.delete(look);
        screen = screen.slice(screen.indexOf(text) + text.length);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const chat = openChat(ports, { input, output, colour: false });
  await seen('organiser of ARENA> ');
  const type = (text: string) => void input.write(text);
  return { chat, messenger, heard, presses, seen, type };
}

const toMara = { platform: 'terminal', id: '1', what: 'person' } as const;

describe('the chat at a keyboard', () => {
  it('shows a message that comes in above the line being typed, and the line again below it', async () => {
    const { chat, messenger, seen, type } = await keyboardChat();
    type('/be Mara\r');
    await seen('You are Mara Lindqvist, of ARENA 2.0.');
    await seen('Mara> ');
    type('I work');
    await seen('I work');
    await messenger.send(toMara, key, QUESTION);
    await seen('| What are you doing these days?');
    await seen('[1] Nothing changed');
    await seen('Mara> ');
    await seen('I work');
    chat.close();
    await chat.done;
  });

  it('tells of messages to others in one line, after a while', async () => {
    const { chat, messenger, seen } = await keyboardChat();
    await messenger.send(toMara, key, QUESTION);
    await messenger.send({ ...toMara, id: '2' }, 'other' as DeliveryKey, QUESTION);
    await seen('Mara Lindqvist and Mario Rossi have a new message: /be Mara');
    chat.close();
    await chat.done;
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['/quit', '/quit\r'],
  ])('ends with %s', async (_, keys) => {
    const { chat, seen, type } = await keyboardChat();
    type(keys);
    await seen('Goodbye.');
    await chat.done;
  });

  it('takes a line for an answer, with the person as its sender', async () => {
    const { chat, heard, type, seen } = await keyboardChat();
    type('/be 1\rI work at Conjecture\r/edit I work at EleutherAI\r/delete\r');
    await seen('(deleted)');
    expect(heard.map((each) => [each.kind, each.from.id, each.text])).toEqual([
      ['new', '1', 'I work at Conjecture'],
      ['edited', '1', 'I work at EleutherAI'],
      ['deleted', '1', ''],
    ]);
    expect(new Set(heard.map((each) => each.externalId)).size).toBe(1);
    chat.close();
    await chat.done;
  });

  it('asks for more of a name that several have', async () => {
    const { chat, type, seen } = await keyboardChat();
    type('/be Mar\r');
    await seen('There are several');
    await seen('Mario Rossi');
    type('/be mario rossi\r');
    await seen('You are Mario Rossi');
    chat.close();
    await chat.done;
  });

  it('presses each time as an event of its own', async () => {
    const { chat, messenger, presses, type, seen } = await keyboardChat();
    type('/be Mara\r');
    await seen('Mara> ');
    await messenger.send(toMara, key, QUESTION);
    await seen('[1] Nothing changed');
    type('1\r1\r/press 7\r');
    await seen('There are only the numbers 1 to 2.');
    expect(presses.map((each) => [each.from.id, each.ref.verb])).toEqual([
      ['1', 'no_change'],
      ['1', 'no_change'],
    ]);
    expect(new Set(presses.map((each) => each.eventId)).size).toBe(2);
    chat.close();
    await chat.done;
  });

  it.each([
    [
      'keeps a field with enter, empties one with -, changes one by writing',
      '\r-\rresearcher\r',
      { kind: 'employment', organisation: '', role: 'researcher' },
    ],
    ['keeps the rest with /save', '\rEleutherAI\r/save\r', { kind: 'employment', organisation: 'EleutherAI', role: 'engineer' }],
    ['asks no more of what is to be removed', '1\r', { kind: 'remove', organisation: 'Conjecture', role: 'engineer' }],
    ['takes the beginning of a choice for it', 'remove\r', { kind: 'remove', organisation: 'Conjecture', role: 'engineer' }],
    [
      'refuses what is no choice, and other commands',
      'seven\r/be Mario\r/save\r',
      { kind: 'employment', organisation: 'Conjecture', role: 'engineer' },
    ],
  ])('fills in a form: %s', async (_, keys, expected) => {
    const sent: FormValues[] = [];
    const { chat, messenger, type, seen } = await keyboardChat({
      form: async ({ values }) => {
        sent.push(structuredClone(values));
        return { kind: 'saved', answer: null };
      },
    });
    type('/be Mara\r');
    await seen('Mara> ');
    await messenger.send(toMara, key, QUESTION);
    await seen('[2] Change something');
    type(`2\r${keys}/help\r`);
    await seen('Here you are everybody');
    expect(sent).toEqual([[expected]]);
    chat.close();
    await chat.done;
  });

  it('sends no form that was cancelled', async () => {
    const sent: unknown[] = [];
    const { chat, messenger, type, seen } = await keyboardChat({
      form: async (form) => {
        sent.push(form);
        return { kind: 'saved', answer: null };
      },
    });
    type('/be Mara\r');
    await seen('Mara> ');
    await messenger.send(toMara, key, QUESTION);
    type('2\r/cancel\r');
    await seen('Nothing has changed.');
    expect(sent).toEqual([]);
    chat.close();
    await chat.done;
  });

  it('shows of an edited question only what has changed', async () => {
    const { chat, messenger, type, seen } = await keyboardChat();
    type('/be Mara\r');
    await seen('Mara> ');
    const sent = await messenger.send(toMara, key, QUESTION);
    await seen('[1] Nothing changed');
    await messenger.edit(toMara, sent.ok ? sent.value : '', key, say('What are you doing these days?', 'Answered, thank you.'));
    await seen('| (changed) Answered, thank you.');
    type('1\r');
    await seen('Mara> ');
    chat.close();
    await chat.done;
  });

  it('asks as an organiser, with or without the slash', async () => {
    const { chat, type, seen } = await keyboardChat();
    type('status\r');
    await seen('You asked for status.');
    type('/alumni report ARENA 2.0\r');
    await seen('You asked for report ARENA 2.0.');
    chat.close();
    await chat.done;
  });
});
