import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pressOf } from '../../adapters/discord/components.js';
import { keyIn, renderMessage } from '../../adapters/discord/render.js';
import { discordShows, kindsShown, wordsShown } from '../../scripts/preview/discord-markdown.js';
import {
  button,
  type Control,
  controlId,
  controls,
  type Message,
  type Part,
  paragraph,
  say,
  VERBS,
} from '../../src/domain/message.js';
import { discordProblems } from '../support/discord/limits.js';

const KEY = 'abcdefghijklmnopqrstu_';

/** Pieces that mean something to Discord, whatever stands around them. */
const TRAPS = [
  '@everyone',
  '@here',
  '<@100000000000000001>',
  '<@!1>',
  '<@&1>',
  '<#1>',
  '</alumni status:1>',
  '<t:1700000000:R>',
  '<:party:1>',
  ':smile:',
  'https://a.example/b_c_d',
  '<https://a.example>',
  '[click](https://evil.example)',
  'discord://x/y',
  '# big',
  '-# small',
  '> quoted',
  '>>> all',
  '- item',
  '1. first',
  '**bold**',
  '__under__',
  '_em_',
  '~~gone~~',
  '||spoiler||',
  '`code`',
  '```js\nblock\n```',
  '\\',
  '\n',
  '\r\n',
  '\u202Egnp.exe',
  'שלום',
  'مرحبا',
  '👩‍👩‍👧',
  '\ud83d',
  '\ude00',
  '\0',
  '\t',
  ' ',
];
const words = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.oneof(fc.constantFrom(...TRAPS), fc.string({ unit: 'binary' })), { maxLength: 12 }) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...TRAPS, 'word', 'a'.repeat(3000)), { minLength: 1000, maxLength: 5000 }) },
);
const text = words.map((pieces) => pieces.join('').slice(0, 40_000));
const shortText = text.map((each) => each.slice(0, 300));
const png = new Uint8Array([137, 80, 78, 71]);
const key = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);
const choice = fc.record({ value: fc.stringMatching(/^[a-z_]{0,12}$/), label: shortText });
const id = fc.tuple(
  fc.constantFrom(...VERBS),
  fc.oneof(fc.constant(KEY), key),
  fc.option(fc.stringMatching(/^[a-z0-9-]{1,20}$/)),
);
const control: fc.Arbitrary<Control> = fc.oneof(
  fc
    .tuple(id, shortText, fc.constantFrom<'primary' | 'danger' | undefined>('primary', 'danger', undefined))
    .map(([[verb, of, which], label, style]) =>
      button(verb, of, label, { ...(which === null ? {} : { choice: which }), ...(style ? { style } : {}) }),
    ),
  fc
    .tuple(id, shortText, fc.array(choice, { minLength: 1, maxLength: 30 }), fc.nat(30))
    .map(([[verb, of, which], prompt, choices, chosen]) => ({
      kind: 'select' as const,
      id: controlId(verb, of, which ?? undefined),
      prompt,
      choices,
      chosen: choices[chosen]?.value ?? null,
    })),
);
const wordsPart: fc.Arbitrary<Part> = fc.oneof(
  fc
    .tuple(fc.constantFrom('heading', 'paragraph', 'note', 'quote', 'preformatted' as const), text)
    .map(([kind, of]) => ({ kind, text: of })),
  fc.array(shortText, { maxLength: 30 }).map((items) => ({ kind: 'list' as const, items })),
  fc
    .array(fc.record({ label: shortText, value: shortText }), { maxLength: 30 })
    .map((fields) => ({ kind: 'fields' as const, fields })),
);
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 5, arbitrary: wordsPart },
  { weight: 2, arbitrary: fc.array(control, { maxLength: 7 }).map((all) => controls(...all)) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('image' as const), png: fc.constant(png), fileName: shortText, alt: text }),
  },
);
const message: fc.Arbitrary<Message> = fc.array(part, { maxLength: 9 }).map((parts) => ({ parts }));

const allControls = ({ parts }: Message) => parts.flatMap((each) => (each.kind === 'controls' ? each.controls : []));
const shownIn = ({ body }: ReturnType<typeof renderMessage>) =>
  [body.content, ...body.embeds.map((each) => each.description ?? '')].flatMap((each) => discordShows(each));
const TOLD = 'This is longer than Discord allows: all of it is in the file that comes with it.';
/** Letters alone: where lines break, and what stands for what cannot be shown, is not the question. */
const bare = (of: string) => of.replace(/[\s\u200B\uFFFD\p{Surrogate}\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '');
/** Piece by piece, or the halves of two pieces would make a whole sign. */
const saidIn = ({ parts }: Message) => parts.flatMap(piecesOf).map(bare).join('');
function piecesOf(of: Part): readonly string[] {
  switch (of.kind) {
    case 'list':
      return of.items;
    case 'fields':
      return of.fields.flatMap(({ label, value }) => {
        if (label.trim() === '') return [value];
        return label.trim().endsWith('?') ? [label, value] : [label, ':', value];
      });
    case 'chart':
      return [of.picture.alt];
    case 'image':
    case 'file':
    case 'export':
    case 'controls':
      return [];
    default:
      return [of.text];
  }
}

function differenceOf(said: string, read: string): string {
  const place = [...said].findIndex((_, at) => said[at] !== read[at]);
  return `at ${place}: said ${JSON.stringify(said.slice(place - 20, place + 20))}, shown ${JSON.stringify(read.slice(place - 20, place + 20))}`;
}

describe('any message on Discord', () => {
  it('is one that Discord takes, and pings nobody', () => {
    fc.assert(
      fc.property(message, fc.option(key), (of, under) => {
        const { body, files } = renderMessage(of, under);
        expect(discordProblems(body)).toEqual([]);
        expect(body.attachments.map((each) => each.filename)).toEqual(files.map((each) => each.name));
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('shows what people wrote as they typed it, whole or with a word about the file that has all of it', () => {
    fc.assert(
      fc.property(fc.array(wordsPart, { maxLength: 6 }), (parts) => {
        const rendered = renderMessage({ parts }, KEY);
        const shown = shownIn(rendered);
        const acting = kindsShown(shown).filter((kind) =>
          ['link', 'mention', 'timestamp', 'emoji', 'code', 'em', 'underline', 'strike', 'spoiler'].includes(kind),
        );
        expect(acting).toEqual([]);
        const said = saidIn({ parts });
        if (said === '') return;
        const read = bare(wordsShown(shown));
        const file = rendered.files[0];
        const whole = file === undefined ? read : read.slice(0, read.indexOf(bare(`…${TOLD}`)));
        const inFile = file && bare(new TextDecoder().decode(file.data).replace(/^- /gm, ''));
        // Not by matchers: they would compare 40,000 characters with each other for every step of a shrink.
        if (!said.startsWith(whole)) throw new Error(differenceOf(said, whole));
        if (file === undefined && whole.length < said.length) throw new Error(`cut without a word at ${whole.length}`);
        if (inFile?.endsWith(said.slice(-50)) === false) throw new Error(`the file lacks the end: ${inFile.slice(-50)}`);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('tells its key when it is read back, however it is edited', () => {
    fc.assert(
      fc.property(message, message, key, (before, after, under) => {
        expect(keyIn(renderMessage(before, under).body)).toBe(under);
        expect(keyIn(JSON.parse(JSON.stringify(renderMessage(after, under).body)))).toBe(under);
      }),
      { numRuns: 60 },
    );
  });

  it('has each control once, and every choice of it, or says how many do not fit', () => {
    fc.assert(
      fc.property(fc.array(fc.array(control, { maxLength: 7 }), { maxLength: 9 }), (groups) => {
        const of: Message = { parts: groups.map((each) => controls(...each)) };
        const rendered = renderMessage(of, KEY);
        const offered = rendered.body.components.flatMap(({ components }) =>
          components.flatMap((each): readonly string[] => {
            if (!('custom_id' in each)) return [];
            if (!('options' in each)) return [JSON.stringify(pressOf(each.custom_id, []))];
            return each.options.map((option) => JSON.stringify(pressOf(each.custom_id, [option.value])));
          }),
        );
        const ids = new Set(allControls(of).map((each) => each.id));
        const missing = [...ids].filter((each) => {
          const pressed = JSON.stringify(pressOf(each, [])?.ref);
          return !offered.some((one) => one.includes(pressed ?? 'nothing'));
        });
        expect(new Set(offered).size).toBe(offered.length);
        if (missing.length > 0) expect(wordsShown(shownIn(rendered))).toContain('more choices do not fit here.');
      }),
      { numRuns: 60 },
    );
  });
});

describe('a message on Discord', () => {
  it('carries its key in its controls, and is plain content then', () => {
    const { body } = renderMessage({ parts: [paragraph('How are you?'), controls(button('later', KEY, 'Later'))] }, KEY);
    expect(body.content).toBe('How are you?');
    expect(body.embeds).toEqual([]);
    expect(keyIn(body)).toBe(KEY);
  });

  it('carries its key in the address of an embed where it has no controls', () => {
    const { body } = renderMessage(say('Done.'), KEY);
    expect(body.embeds).toMatchObject([{ description: 'Done.', url: `https://discord.com/#${KEY}` }]);
  });

  it('carries its key in the name of its picture, which has words for whoever cannot see it', () => {
    const image: Part = { kind: 'image', png, fileName: 'arena tracks.png', alt: 'Half of them work on safety.' };
    const { body, files } = renderMessage({ parts: [paragraph('The cohort so far'), image] }, KEY);
    expect(body.content).toBe('The cohort so far');
    expect(body.attachments).toEqual([
      { id: 0, filename: `arena-tracks.${KEY}.png`, description: 'Half of them work on safety.' },
    ]);
    expect(files.map((each) => each.name)).toEqual([`arena-tracks.${KEY}.png`]);
  });

  it('shows what people wrote as they typed it', () => {
    const { body } = renderMessage(say('*x* <@1> @everyone https://a.example :smile: ||no||'), null);
    expect(body.content).toBe('\\*x\\* \\<\\@1> \\@everyone https\\://a.example \\:smile: \\|\\|no\\|\\|');
    expect(body.allowed_mentions).toEqual({ parse: [] });
  });

  it('numbers buttons that say the same, and what they stand under', () => {
    const parts = ['ARENA', 'MATS'].flatMap((name, at) => [
      paragraph(`The organisers of ${name} see your answers in totals.`),
      controls(button('names', 'me', 'With my name', { choice: `named-${at}` })),
    ]);
    const { body } = renderMessage({ parts }, null);
    expect(body.content).toContain('2\\. The organisers of MATS');
    expect(JSON.stringify(body.components)).toContain('2. With my name');
  });

  it('joins selects that stand together where rows are short, the answered ones first, and says what was answered', () => {
    const select = (verb: 'kind' | 'track' | 'influence' | 'channels', prompt: string, chosen: string | null): Control => ({
      kind: 'select',
      id: controlId(verb, KEY),
      prompt,
      choices: [
        { value: '1', label: `${verb} one` },
        { value: '', label: `no ${verb}` },
      ],
      chosen,
    });
    const answers = (verb: 'names' | 'help') => [
      button(verb, KEY, 'Yes', { choice: 'yes' }),
      button(verb, KEY, 'No', { choice: 'no' }),
    ];
    const parts = [
      controls(select('kind', 'Kind?', '1'), select('track', 'Field?', '')),
      controls(button('change', KEY, 'Change'), button('undo', KEY, 'Undo')),
      controls(...answers('names')),
      controls(...answers('help')),
      controls(select('influence', 'How much?', '1'), select('channels', 'By what?', null)),
    ];
    const { body } = renderMessage({ parts }, KEY);
    expect(discordProblems(body)).toEqual([]);
    const rows = body.components.map(({ components }) => components);
    expect(rows.map((row) => row.length)).toEqual([1, 2, 2, 2, 1]);
    const [joined, last] = [rows[0]?.[0], rows[4]?.[0]];
    if (!joined || !last || !('options' in joined) || !('options' in last)) throw new Error('no selects');
    expect(joined.placeholder).toBe('kind one · no track');
    expect(last.placeholder).toBe('influence one · By what?');
    expect(last.options.map((each) => pressOf(last.custom_id, [each.value]))).toEqual([
      { ref: { verb: 'channels', key: KEY, choice: null }, value: '1' },
      { ref: { verb: 'channels', key: KEY, choice: null }, value: '' },
      { ref: { verb: 'influence', key: KEY, choice: null }, value: '1' },
      { ref: { verb: 'influence', key: KEY, choice: null }, value: '' },
    ]);
    expect(keyIn(body)).toBe(KEY);
  });

  it('offers in one select what needs a sixth row all the same', () => {
    const verbs = ['right', 'change', 'undo', 'names', 'help', 'later'] as const;
    const groups = verbs.map((verb) =>
      controls(...[1, 2, 3].map((nth) => button(verb, KEY, `${verb} ${nth}`, { choice: `${nth}` }))),
    );
    const { body } = renderMessage({ parts: groups }, KEY);
    expect(discordProblems(body)).toEqual([]);
    const last = body.components[4]?.components[0];
    if (!last || !('options' in last)) throw new Error('no select');
    expect(last.options.map(({ label }) => label)).toEqual(
      ['help', 'later'].flatMap((verb) => [1, 2, 3].map((nth) => `${verb} ${nth}`)),
    );
    expect(pressOf(last.custom_id, [last.options[0]?.value ?? ''])).toEqual({
      ref: { verb: 'help', key: KEY, choice: '1' },
      value: null,
    });
    expect(keyIn(body)).toBe(KEY);
  });
});
