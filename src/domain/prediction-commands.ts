import { type Entered, errorAt } from './entered.js';
import type { Form, FormError } from './message.js';
import { flagsIn } from './organiser-words.js';
import { parseProbability } from './prediction.js';
import { fail, ok, type Result } from './result.js';

/** A change of mind about a prediction, or the end of it; its id as it was typed. */
export type ChangePredictionCommand =
  | {
      readonly kind: 'amend';
      readonly id: string;
      readonly probability: number | null;
      readonly text: string | null;
      readonly reason: string | null;
    }
  | { readonly kind: 'withdraw'; readonly id: string; readonly reason: string | null };
export type PredictionCommand =
  | ChangePredictionCommand
  | { readonly kind: 'show_prediction'; readonly id: string }
  /** `hash`: one that was noted elsewhere. */
  | { readonly kind: 'verify'; readonly hash: string | null };

export const PREDICTION_VERBS = ['amend', 'withdraw', 'show', 'verify'] as const;

type Read = PredictionCommand | { readonly kind: 'form'; readonly form: 'amend'; readonly who: string };

/** `predict amend p3 --probability 70% --reason "…"`, `predict withdraw p3`, `predict show p3`, `predict verify`; amend without more opens a form. */
export function readPredictionVerb(verb: (typeof PREDICTION_VERBS)[number], words: readonly string[]): Result<Read, string> {
  const flags = flagsIn(words, verb === 'amend' ? ['--probability', '--text', '--reason'] : ['--reason'], []);
  if (!flags.ok) return flags;
  const { values, words: rest } = flags.value;
  const value = (name: string) => values.get(name)?.at(-1)?.trim() || null;
  const [id, ...more] = rest;
  if (verb === 'verify') return ok({ kind: 'verify', hash: rest.join('') || null });
  if (id === undefined || more.length > 0)
    return fail(`Which prediction? Write its id, such as: predict ${verb} p3. “predictions” lists them.`);
  if (verb === 'show') return ok({ kind: 'show_prediction', id });
  if (verb === 'withdraw') return ok({ kind: 'withdraw', id, reason: value('--reason') });
  const [typed, text, reason] = [value('--probability'), value('--text'), value('--reason')];
  if (typed === null && text === null) return ok({ kind: 'form', form: 'amend', who: id });
  const probability = typed === null ? ok(null) : parseProbability(typed);
  return probability.ok ? ok({ kind: 'amend', id, probability: probability.value, text, reason }) : probability;
}

/** To change one's mind about a prediction, or to end it. */
export const amendForm = (id: string, prediction: string): Form => ({
  id,
  title: 'Change a prediction',
  submitLabel: 'Put it on record',
  sections: [
    {
      title: 'Beside what was said first, for everybody to see',
      note: 'What is claimed never changes, and it is scored as it was first made.',
      fields: [
        { kind: 'text', name: 'prediction', label: 'Which one', value: prediction, hint: 'such as p3', optional: false },
        {
          kind: 'select',
          name: 'change',
          label: 'What changes',
          value: 'amend',
          choices: [
            { value: 'amend', label: 'How sure I am, or my words for it' },
            { value: 'withdraw', label: 'I withdraw it' },
          ],
        },
        { kind: 'text', name: 'probability', label: 'How sure you are now', value: '', hint: 'such as 70%', optional: true },
        { kind: 'text', name: 'text', label: 'In your own words', value: '', optional: true, isLong: true, longest: 2_000 },
        { kind: 'text', name: 'reason', label: 'Why', value: '', optional: true, longest: 300 },
      ],
    },
  ],
});

/** The change as it was entered, or what is wrong with it. */
export function readAmendForm(form: Form, entered: Entered): Result<ChangePredictionCommand, readonly FormError[]> {
  const value = (name: string) => (entered[name] ?? '').trim() || null;
  const [id, typed, text, reason] = [value('prediction'), value('probability'), value('text'), value('reason')];
  if (id === null) return fail([errorAt(form, 'prediction', 'Write the id of the prediction, such as p3.')]);
  if (value('change') === 'withdraw') return ok({ kind: 'withdraw', id, reason });
  if (typed === null && text === null)
    return fail([errorAt(form, 'probability', 'Say how sure you are now, or say it in other words below.')]);
  const probability = typed === null ? ok(null) : parseProbability(typed);
  if (!probability.ok) return fail([errorAt(form, 'probability', `${probability.error}.`)]);
  return ok({ kind: 'amend', id, probability: probability.value, text, reason });
}
