import type { types } from '@slack/bolt';
import { z } from 'zod';
import { plainText } from './controls.js';
import type { SentView } from './payloads.js';
import { label } from './plain-words.js';

const inputSchema = z.looseObject({
  type: z.literal('input'),
  block_id: z.string(),
  element: z.looseObject({ type: z.string(), action_id: z.string() }),
});
const stateSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.looseObject({
      value: z.string().nullish(),
      selected_option: z.unknown().optional(),
      selected_date: z.string().nullish(),
    }),
  ),
);
const INITIAL = ['initial_value', 'initial_option', 'initial_date'] as const;
const LONGEST_ERROR = 300;

/**
 * A form that was sent, as it was filled in, with what is wrong with it above its fields: Slack shows errors only at once, and
 * what was entered must not be lost where it takes longer.
 */
export function filledAgain(view: SentView, errors: Readonly<Record<string, string>>): types.ModalView {
  const values = stateSchema.safeParse(view.state?.values).data ?? {};
  const blocks = (view.blocks ?? []).flatMap((block) => {
    const input = inputSchema.safeParse(block).data;
    if (!input) return [block as types.KnownBlock];
    const element: Record<string, unknown> = { ...input.element };
    for (const each of INITIAL) delete element[each];
    const entered = values[input.block_id]?.[input.element.action_id];
    const filled = { ...input, element: { ...element, ...initialOf(entered) } } as unknown as types.KnownBlock;
    const error = errors[input.block_id];
    return error === undefined ? [filled] : [wrong(error), filled];
  });
  return {
    type: 'modal',
    title: plainText(view.title?.text ?? 'Afterwards'),
    submit: plainText(view.submit?.text ?? 'Save'),
    close: plainText('Cancel'),
    callback_id: view.callback_id ?? '',
    blocks,
  };
}

const wrong = (error: string): types.KnownBlock => ({
  type: 'context',
  elements: [plainText(`⚠ ${label(error, LONGEST_ERROR)}`)],
});

function initialOf(entered: z.output<typeof stateSchema>[string][string] | undefined): Readonly<Record<string, unknown>> {
  if (!entered) return {};
  if (entered.value) return { initial_value: entered.value };
  if (entered.selected_option) return { initial_option: entered.selected_option };
  return entered.selected_date ? { initial_date: entered.selected_date } : {};
}
