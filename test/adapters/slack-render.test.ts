import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choiceValue, optionValue } from '../../adapters/slack/controls.js';
import { homeView } from '../../adapters/slack/home.js';
import { type Rendered, renderMessage, renderWhole } from '../../adapters/slack/render.js';
import { button, controls, type Message, note, type Part, paragraph, say } from '../../src/domain/message.js';
import { messageProblems, viewProblems, wordsIn } from '../support/slack/block-kit.js';

const NASTY = [
  '<!channel>',
  '<!here|here>',
  '<@U012ABCDE>',
  '<#C012ABCDE>',
  '@everyone',
  '<https://evil.example|click>',
  'https://evil.example/?a=1&b=2',
  '*bold* _it_ ~no~ `code` ```block```',
  '&amp; &lt;b&gt;',
  ':tada:',
  '👩‍👩‍👧‍👦',
  '🏳️‍🌈',
  '\u202Eabc\u202C',
  '\u2067שלום\u2069',
  'مرحبا بالعالم',
  '\uD800',
  'x\uDFFFy',
  '\u200B\u200D\uFEFF',
  '\u3164',
  '\u0000\u0007\u001B[31m',
  'Z̴̡͇͌a̷l̵g̷o̴',
  '\n\n\n',
  '\t',
  '> quote',
  '"quoted" \\ back',
];

const words = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...NASTY, ' ', '\n', 'word'), { maxLength: 12 }).map((all) => all.join('')),
  fc
    .tuple(fc.constantFrom(...NASTY, 'a', 'ab ', 'a line\n'), fc.integer({ min: 1, max: 40_000 }))
    .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length)),
);
const choices = fc
  .uniqueArray(fc.record({ value: fc.oneof(fc.constant(''), fc.stringMatching(/^[a-z_~-]{0,30}$/)), label: words }), {
    maxLength: 12,
    selector: (each) => each.value,
  })
  .map((all) => all.map((each) => ({ ...each, label: each.label.slice(0, 300) })));
const controlId = fc.stringMatching(/^aw:(?:track|kind|right|names):[A-Za-z0-9_-]{1,22}(?:\.[a-z]{1,5})?$/);
const control = fc.oneof(
  fc.record({ kind: fc.constant('button' as const), id: controlId, label: words }),
  fc.record({
    kind: fc.constant('button' as const),
    id: controlId,
    label: words,
    style: fc.constantFrom('primary' as const, 'danger' as const),
  }),
  fc.tuple(controlId, words, choices, fc.nat({ max: 12 })).map(([id, prompt, all, at]) => ({
    kind: 'select' as const,
    id,
    prompt,
    choices: all,
    chosen: all[at]?.value ?? null,
  })),
);
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('heading' as const, 'paragraph' as const, 'note' as const, 'quote' as const, 'preformatted' as const),
    text: words,
  }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(words, { maxLength: 30 }) }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.record({ label: words, value: words }), { maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constant('image' as const),
    png: fc.constant(new Uint8Array()),
    fileName: fc.constant('chart.png'),
    alt: words,
  }),
  fc.record({ kind: fc.constant('controls' as const), controls: fc.array(control, { maxLength: 30 }) }),
);
const message: fc.Arbitrary<Message> = fc.array(part, { maxLength: 70 }).map((parts) => ({ parts }));

const actionIds = (blocks: Rendered['blocks']) =>
  blocks.flatMap((block) => (block.type === 'actions' ? block.elements.map((each) => each.action_id) : []));
const pressable = ({ parts }: Message) =>
  parts.flatMap((each) =>
    each.kind === 'controls'
      ? each.controls.filter((one) => one.kind === 'button' || one.choices.length > 0).map((one) => one.id)
      : [],
  );
const saysWhatIsMissing = ({ blocks }: Rendered) => /… (?:and [\d,]+ more|\([\d,]+ more)/.test(JSON.stringify(blocks));
const lettersOf = (text: string) => text.replace(/\s/g, '');

describe('any message, rendered for Slack', () => {
  it('keeps within Block Kit, pings nobody and shows nothing blank', () => {
    fc.assert(
      fc.property(message, (each) => {
        expect(messageProblems(renderMessage(each))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps within Block Kit on every page, where all of it is shown', () => {
    fc.assert(
      fc.property(message, (each) => {
        expect(renderWhole(each).flatMap((page) => messageProblems(page))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps within Block Kit on the home tab', () => {
    fc.assert(
      fc.property(message, (each) => {
        expect(viewProblems(homeView(each))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps every control in order, or says that it is missing', () => {
    fc.assert(
      fc.property(message, (each) => {
        const rendered = renderMessage(each);
        const ids = actionIds(rendered.blocks);
        if (!saysWhatIsMissing(rendered)) expect(ids).toEqual(pressable(each));
        expect(renderWhole(each).flatMap((page) => actionIds(page.blocks))).toEqual(pressable(each));
      }),
      { numRuns: 150 },
    );
  });

  it('shows every letter that was typed, in order, on its pages', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z \n<>&*_~`@]{1,5000}$/), { maxLength: 8 }), (typed) => {
        const parts = typed.map((text) => paragraph(text));
        const pages = renderWhole({ parts }).map((page) => wordsIn(page.blocks).join(''));
        expect(lettersOf(pages.join(''))).toBe(lettersOf(typed.join('')));
      }),
      { numRuns: 60 },
    );
  });

  it('says so wherever a message in one piece leaves something out', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 8000 }), { minLength: 1, maxLength: 60 }), (lengths) => {
        const typed = lengths.map((length, at) => `${at} ${'words '.repeat(length / 6)}`);
        const rendered = renderMessage({ parts: typed.map((text) => paragraph(text)) });
        const isWhole = lettersOf(wordsIn(rendered.blocks).join('')) === lettersOf(typed.join(''));
        expect(isWhole || saysWhatIsMissing(rendered)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a message in Slack', () => {
  it('shows what was typed as it was typed: no mention, link or markup in it works', () => {
    const typed = '<!channel> <@U012ABCDE> *bold* _it_ `code` <https://evil.example|click> R&D :tada:';
    const { text, blocks } = renderMessage(say(typed));
    expect(blocks).toEqual([
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: typed }] }] },
    ]);
    expect(text).toBe('&lt;!channel&gt; &lt;@U012ABCDE&gt; *bold* _it_ `code` &lt;https://evil.example|click&gt; R&amp;D :tada:');
  });

  it('cannot be turned around by what somebody typed', () => {
    const { blocks } = renderMessage(say('Ada \u202Eevil\u202C, \u2067שלום\u2069'));
    expect(wordsIn(blocks)).toEqual(['Ada evil, שלום']);
  });

  it('keeps the words and what follows from them in one block: a line of the record and its evidence', () => {
    const { blocks } = renderMessage({
      parts: [paragraph('Engineer at EleutherAI'), { kind: 'quote', text: 'I joined EleutherAI' }, paragraph('Something else')],
    });
    expect(blocks.map((block) => (block.type === 'rich_text' ? block.elements.map((each) => each.type) : block.type))).toEqual([
      ['rich_text_section', 'rich_text_quote'],
      ['rich_text_section'],
    ]);
  });

  it('shows a select with what was chosen, and with its question where nothing is', () => {
    const choices = [
      { value: '', label: 'Nothing' },
      { value: 'policy', label: 'Policy' },
    ];
    const select = { kind: 'select', id: 'aw:track:k', prompt: 'Which field?', choices } as const;
    const { blocks } = renderMessage({
      parts: [controls({ ...select, chosen: 'policy' }), controls({ ...select, chosen: null })],
    });
    const options = [
      { text: { type: 'plain_text', text: 'Nothing', emoji: false }, value: '~' },
      { text: { type: 'plain_text', text: 'Policy', emoji: false }, value: 'policy' },
    ];
    const placeholder = { type: 'plain_text', text: 'Which field?', emoji: false };
    const element = { type: 'static_select', action_id: 'aw:track:k', placeholder, options };
    expect(blocks).toEqual([
      { type: 'actions', elements: [{ ...element, initial_option: options[1] }] },
      { type: 'actions', elements: [element] },
    ]);
  });

  it.each(['', 'policy', '~', '~x'])('gives the value %j of a choice back as it was', (value) => {
    expect(optionValue(value)).not.toBe('');
    expect(choiceValue(optionValue(value))).toBe(value);
  });

  it('reads well aloud: every word in order, pictures and controls named', () => {
    const { text } = renderMessage({
      parts: [
        { kind: 'heading', text: 'This is what I understood:' },
        paragraph('Engineer at EleutherAI'),
        { kind: 'quote', text: 'I joined EleutherAI' },
        { kind: 'list', items: ['one', 'two'] },
        { kind: 'fields', fields: [{ label: 'Name', value: 'Ada' }] },
        { kind: 'image', png: new Uint8Array(), fileName: 'chart.png', alt: 'A bar for each field' },
        controls(
          { kind: 'select', id: 'aw:track:k', prompt: 'Which field?', choices: [{ value: 'a', label: 'Policy' }], chosen: 'a' },
          button('right', 'k', 'Looks right'),
          button('undo', 'k', 'Take it back'),
        ),
        note('“stop” ends this.'),
      ],
    });
    expect(text.split('\n')).toEqual([
      'This is what I understood:',
      'Engineer at EleutherAI',
      '“I joined EleutherAI”',
      '• one',
      '• two',
      'Name: Ada',
      'Picture: A bar for each field',
      'Which field? Chosen: Policy.',
      'Buttons: Looks right, Take it back.',
      '“stop” ends this.',
    ]);
  });

  it('says in its words how much is missing there', () => {
    const { text } = renderMessage(say('word '.repeat(8000)));
    expect(text).toMatch(/word … \(3\d,\d{3} more characters\)$/);
  });

  it('keeps its buttons when the words do not fit', () => {
    const parts = [
      ...Array.from({ length: 80 }, (_, at) => paragraph(`${at} ${'long '.repeat(100)}`)),
      controls(button('right', 'k', 'Looks right')),
    ];
    const { blocks } = renderMessage({ parts });
    expect(blocks.at(-1)).toMatchObject({ type: 'actions', elements: [{ action_id: 'aw:right:k' }] });
    expect(blocks.at(-2)).toMatchObject({
      type: 'context',
      elements: [{ text: '… and 63 more lines, which do not fit into this message.' }],
    });
  });

  it('does not end a page on a heading', () => {
    const long = 'long '.repeat(480);
    const pages = renderWhole({
      parts: Array.from({ length: 12 }, (_, at) => [{ kind: 'heading' as const, text: `Part ${at}` }, paragraph(long)]).flat(),
    });
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.map((page) => page.blocks.at(-1)?.type)).not.toContain('header');
  });

  it('shows a heading that is too long for one in full below it', () => {
    const heading = `Where ${'a very long programme '.repeat(12)}stands`;
    const { blocks, text } = renderMessage({ parts: [{ kind: 'heading', text: heading }] });
    expect(blocks.map((block) => block.type)).toEqual(['header', 'rich_text']);
    expect(wordsIn(blocks)[1]).toBe(heading);
    expect(text).toBe(heading);
  });

  it('has words even where there is nothing to see', () => {
    expect(renderMessage(say('\u200B'))).toEqual({ text: 'There is nothing to show.', blocks: [] });
  });
});
