import { z } from 'zod';

const option = z.looseObject({ value: z.string() });
const inputSchema = z.object({
  type: z.literal('input'),
  block_id: z.string(),
  element: z.discriminatedUnion('type', [
    z.looseObject({ type: z.literal('plain_text_input'), action_id: z.string(), initial_value: z.string().optional() }),
    z.looseObject({
      type: z.literal('static_select'),
      action_id: z.string(),
      initial_option: option.optional(),
      options: z.array(option).optional(),
      option_groups: z.array(z.looseObject({ options: z.array(option) })).optional(),
    }),
    z.looseObject({ type: z.literal('datepicker'), action_id: z.string(), initial_date: z.string().optional() }),
    z.looseObject({ type: z.literal('file_input'), action_id: z.string() }),
  ]),
});
type Input = z.output<typeof inputSchema>;

/**
 * A modal as Slack sends it back: `entered` by block id over what it was opened with. A select takes the value of a choice as the
 * domain knows it; a file its id.
 */
export function stateOf<T extends { readonly blocks: readonly unknown[] }>(view: T, entered: Readonly<Record<string, string>>) {
  const inputs = view.blocks.flatMap((block) => inputSchema.safeParse(block).data ?? []);
  const unknown = Object.keys(entered).filter((id) => !inputs.some((input) => input.block_id === id));
  if (unknown.length > 0) throw new Error(`no such inputs: ${unknown.join(', ')}`);
  const values = Object.fromEntries(
    inputs.map((input) => [input.block_id, { [input.element.action_id]: stateOfInput(input, entered[input.block_id]) }]),
  );
  return { ...view, state: { values } };
}

function stateOfInput({ element }: Input, entered: string | undefined) {
  const { type } = element;
  switch (element.type) {
    case 'plain_text_input':
      return { type, value: (entered ?? element.initial_value) || null };
    case 'static_select': {
      const options = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
      const chosen =
        entered === undefined ? element.initial_option : options.find((each) => [entered, `~${entered}`].includes(each.value));
      if (entered !== undefined && !chosen) throw new Error(`there is no choice ${entered}`);
      return { type, selected_option: chosen ?? null };
    }
    case 'datepicker':
      return { type, selected_date: entered ?? element.initial_date ?? null };
    case 'file_input':
      return { type, files: entered === undefined ? [] : [{ id: entered }] };
  }
}
