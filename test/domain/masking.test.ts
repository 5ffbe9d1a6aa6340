import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask } from '../../src/domain/masking.js';

const masked = (text: string, writer: string | null = null) => mask([text], writer).messages[0];

describe('mask', () => {
  it.each([
    ['mail me at ana.d+x@lab.example.org please', 'mail me at [EMAIL_1] please'],
    ['<mailto:a@b.example|a@b.example> is mine', '[EMAIL_1] is mine'],
    ['see https://a.example/x?y=1#z and www.b.example', 'see [LINK_1] and [LINK_2]'],
    ['<https://a.example|my page>', '[LINK_1]'],
    ['linkedin.com/in/ana-d is me', '[LINK_1] is me'],
    ['with <@U0123ABC> and @ana_d on it', 'with [HANDLE_1] and [HANDLE_2] on it'],
    ['call +44 20 7946 0018 or 020 7946 0018', 'call [PHONE_1] or [PHONE_2]'],
  ])('takes out %s', (text, expected) => {
    expect(masked(text)).toBe(expected);
  });

  it.each([
    'since 2024-02-11 until 2025',
    'from 01.02.2024',
    'I did 3-4 days, 50/50, 1000 hours',
    'Node.js and p.m. and e.g. METR',
    '8/10',
  ])('leaves %s alone', (text) => {
    expect(masked(text)).toBe(text);
  });

  it('takes out the name of the writer, whole or in part, as they write it', () => {
    expect(masked('ana duarte here, ANA to you, Duarte to banks; banana', 'Ana Duarte')).toBe(
      '[NAME_1] here, [NAME_2] to you, [NAME_3] to banks; banana',
    );
    expect(masked('我是王小明，在北京工作', '王小明')).toBe('我是[NAME_1]，在北京工作');
  });

  it('leaves a name that is a word too in the sentence, unless it stands whole', () => {
    expect(masked('since May I mark essays. Mark May', 'Mark May')).toBe('since May I mark essays. [NAME_1]');
  });

  it('gives the same thing the same mask, in all messages', () => {
    expect(mask(['a@b.example', 'a@b.example, c@d.example'], null).messages).toEqual(['[EMAIL_1]', '[EMAIL_1], [EMAIL_2]']);
  });

  it('is not confused by words that look like a mask', () => {
    const { messages, restore } = mask(['[EMAIL_1] is not a@b.example'], null);
    expect(messages[0]).toBe('[EMAIL_1] is not [EMAIL_2]');
    expect(restore(messages[0] ?? '')).toBe('[EMAIL_1] is not a@b.example');
  });

  it('can always be put back, whatever was written', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('a@b.example', '<@U1>', 'https://x.example/$&', 'Ana', 'ana duarte', '[NAME_1]', '+49 170 1234567', '$1'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(piece).map((pieces) => pieces.join(' '))), (messages) => {
        const { messages: out, restore } = mask(messages, 'Ana Duarte');
        expect(out.map(restore)).toEqual(messages);
      }),
    );
  });
});
