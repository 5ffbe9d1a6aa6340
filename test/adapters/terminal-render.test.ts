import { describe, expect, it } from 'vitest';
import { oneLine, plainText, wrapLines } from '../../adapters/terminal/plain-text.js';
import { controlsOf, hasColour, renderMessage } from '../../adapters/terminal/render.js';
import { button, controls, type Message, note, type Part, paragraph, say } from '../../src/domain/message.js';

const plain = { colour: false, width: 60 };
const of = (...parts: readonly Part[]): Message => ({ parts });
const select = (chosen: string | null): Part =>
  controls({
    kind: 'select',
    id: 'aw:track:k',
    prompt: 'Which field comes closest?',
    choices: [
      { value: 'alignment', label: 'Technical AI safety' },
      { value: 'governance', label: 'AI policy and governance' },
      { value: 'unclear', label: 'Hard to say' },
    ],
    chosen,
  });
const buttons = controls(button('right', 'k', 'Looks right'), button('change', 'k', 'Change something'));

describe('a message in the terminal', () => {
  it('numbers its controls through, whichever parts they stand in', () => {
    expect(renderMessage(of(paragraph('Research engineer'), select('alignment'), buttons), plain).split('\n')).toEqual([
      'Research engineer',
      '  [1] Which field comes closest? > Technical AI safety',
      '  [2] Looks right   [3] Change something',
    ]);
    expect(controlsOf(of(select(null), buttons))).toHaveLength(3);
  });

  it('lists the choices of a select that stands empty', () => {
    expect(renderMessage(of(select(null)), plain).split('\n')).toEqual([
      '  [1] Which field comes closest? >',
      '    1 Technical AI safety · 2 AI policy and governance',
      '    3 Hard to say',
    ]);
  });

  it('shows controls without numbers where they cannot be pressed', () => {
    expect(renderMessage(of(buttons), { ...plain, numbered: false })).toBe('  [ ] Looks right   [ ] Change something');
  });

  it('indents quotes, lists and their further lines', () => {
    const message = of({ kind: 'quote', text: 'one two three four' }, { kind: 'list', items: ['five six seven eight'] });
    expect(renderMessage(message, { colour: false, width: 16 }).split('\n')).toEqual([
      '  > one two',
      '  > three four',
      '  • five six',
      '    seven eight',
    ]);
  });

  it('puts the values of fields under each other', () => {
    const fields: Part = {
      kind: 'fields',
      fields: [
        { label: 'Name', value: 'Mara' },
        { label: 'Time zone', value: 'Europe/London' },
      ],
    };
    expect(renderMessage(of(fields), plain)).toBe('  Name       Mara\n  Time zone  Europe/London');
  });

  it('says what a picture shows', () => {
    const picture: Part = { kind: 'image', png: new Uint8Array(), fileName: 'tracks.png', alt: 'Three of five in alignment' };
    expect(renderMessage(of(picture), plain)).toBe('[picture tracks.png] Three of five in alignment');
  });

  it('uses colour only where it is asked to', () => {
    const message = of(note('small print'), buttons);
    expect(renderMessage(message, { ...plain, colour: true })).toContain('\u001b[2msmall print\u001b[0m');
    expect(renderMessage(message, plain)).not.toContain('\u001b');
  });

  it('has colour in a terminal without NO_COLOR, and nowhere else', () => {
    expect(hasColour({ isTTY: true }, {})).toBe(true);
    expect(hasColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(hasColour({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
    expect(hasColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
    expect(hasColour({}, {})).toBe(false);
  });
});

describe('what people wrote, in the terminal', () => {
  it.each([
    ['a colour', 'red \u001b[31mtext\u001b[0m', 'red text'],
    ['a cursor that moves', 'up\u001b[2A and away', 'up and away'],
    ['a window title', '\u001b]0;pwned\u0007hello', 'hello'],
    ['a link', '\u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\', 'click'],
    ['a title without an end', 'a\u001b]0;everything after', 'a'],
    ['a sequence in eight bits', 'a\u009b31mb', 'ab'],
    ['a reset', 'a\u001bcb', 'ab'],
    ['a bell', 'ding\u0007', 'ding\uFFFD'],
    ['a backspace', 'abc\b\b', 'abc\uFFFD\uFFFD'],
    ['a carriage return that hides a line', 'evil\rgood', 'evil\ngood'],
    ['a text turned round', 'abc\u202Edef\u202C', 'abc\uFFFDdef\uFFFD'],
    ['an isolate', 'a\u2066b\u2069', 'a\uFFFDb\uFFFD'],
    ['a lone escape', 'a\u001b', 'a\uFFFD'],
    ['ordinary letters', 'Jörg 田中 👩🏽‍🔬 שלום', 'Jörg 田中 👩🏽‍🔬 שלום'],
  ])('shows %s as plain text', (_, text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  it('shows names and labels on one line', () => {
    expect(oneLine('Mara\n[1] Looks right')).toBe('Mara [1] Looks right');
  });

  it('holds nothing that a terminal would obey, in any part of a message', () => {
    const evil = 'x\u001b]0;t\u0007\u001b[2J\u202Ey\u0007';
    const message = of(
      { kind: 'heading', text: evil },
      note(evil),
      { kind: 'quote', text: evil },
      { kind: 'list', items: [evil] },
      { kind: 'fields', fields: [{ label: evil, value: evil }] },
      { kind: 'preformatted', text: evil },
      { kind: 'image', png: new Uint8Array(), fileName: evil, alt: evil },
      controls(button('right', 'k', evil)),
    );
    const shown = [...renderMessage(message, plain)];
    expect(shown.filter((each) => each !== '\n' && /\p{Cc}|[\u202A-\u202E]/u.test(each))).toEqual([]);
    expect(renderMessage(say(evil), plain)).toBe('x\uFFFDy\uFFFD');
  });

  it('cuts a word that is longer than a line', () => {
    expect(wrapLines('abcdefghij kl', 8)).toEqual(['abcdefgh', 'ij kl']);
  });
});
