import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/**
 * Slack's limits on blocks, after the types of the installed @slack/types and docs.slack.dev; stricter than Slack where this bot has no
 * business: what could ping somebody, what is of a kind that it never sends, and what a reader would see as nothing.
 */
export type Surface = 'message' | 'modal' | 'home';

export const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };
/**
 * Undocumented: chat.postMessage answers `msg_blocks_too_long` somewhere above 13,000 characters, containers counted
 * (github.com/slackapi/bolt-js issues 2509 and 2867). Measured on the JSON, to be on the safe side.
 */
export const MOST_MESSAGE_JSON = 12_500;
/** views.open and views.publish refuse a view above 250 kB. */
const MOST_VIEW_JSON = 250_000;

/** Letters, signs, symbols; among the ignorable are letters that nobody sees, and the Braille blank is one more. */
const VISIBLE = /[^\p{DI}\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\u2800]/u;
const LONE_SURROGATE = /\p{Cs}/u;
const REORDERING = /[\u202A-\u202E\u2066-\u2069]/;

const seen = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => VISIBLE.test(text), 'text that nobody can see')
    .refine((text) => !LONE_SURROGATE.test(text), 'half a surrogate pair')
    .refine((text) => !REORDERING.test(text), 'a character that turns the direction of what follows');
const id = z.string().min(1).max(255);

const plain = (max: number) => z.strictObject({ type: z.literal('plain_text'), text: seen(max), emoji: z.boolean().optional() });
const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: seen(max).refine((text) => !pings(text), 'mrkdwn that pings or links'),
    verbatim: z.literal(true),
  });
const text = (max: number) => z.union([plain(max), mrkdwn(max)]);

/** Whether Slack would read a mention, a broadcast or a link in it. */
export const pings = (words: string): boolean =>
  /<[@!#]|<(?:https?|mailto|tel):/i.test(words) || /@(?:here|channel|everyone)\b/i.test(words);

const option = z.strictObject({
  text: plain(75),
  value: z.string().min(1).max(150),
  description: plain(75).optional(),
});
type Options = readonly z.output<typeof option>[];
type Select = {
  readonly options?: Options | undefined;
  readonly option_groups?: readonly { readonly options: Options }[] | undefined;
};
/** The options of a select, whether or not they stand in groups. */
const optionsOf = ({ options, option_groups }: Select): Options =>
  options ?? option_groups?.flatMap((each) => each.options) ?? [];
const confirm = z.strictObject({
  title: plain(100),
  text: text(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(['primary', 'danger']).optional(),
});
const button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  text: plain(75),
  value: z.string().max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: seen(75).optional(),
  confirm: confirm.optional(),
});
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: id,
    placeholder: plain(150).optional(),
    options: z.array(option).min(1).max(100).optional(),
    option_groups: z
      .array(z.strictObject({ label: plain(75), options: z.array(option).min(1).max(100) }))
      .min(1)
      .max(100)
      .optional(),
    initial_option: option.optional(),
    focus_on_load: z.boolean().optional(),
    confirm: confirm.optional(),
  })
  .refine(
    ({ options, option_groups }) => (options === undefined) !== (option_groups === undefined),
    'either options or option_groups',
  )
  .refine(
    ({ initial_option, ...select }) =>
      initial_option === undefined || optionsOf(select).some((each) => isDeepStrictEqual(each, initial_option)),
    'initial_option is none of the options',
  )
  .refine((select) => isUnique(optionsOf(select).map((each) => each.value)), 'two options have the same value');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  action_id: id,
  initial_date: day.optional(),
  placeholder: plain(150).optional(),
  focus_on_load: z.boolean().optional(),
  confirm: confirm.optional(),
});
const textInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: id,
    initial_value: z
      .string()
      .max(3000)
      .refine((value) => !LONE_SURROGATE.test(value), 'half a surrogate pair')
      .optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(3000).optional(),
    max_length: z.number().int().min(1).max(3000).optional(),
    placeholder: plain(150).optional(),
    focus_on_load: z.boolean().optional(),
  })
  .refine(
    ({ initial_value, max_length }) => (initial_value?.length ?? 0) <= (max_length ?? 3000),
    'initial_value is longer than max_length',
  )
  .refine(
    ({ initial_value, multiline }) => multiline === true || !(initial_value ?? '').includes('\n'),
    'initial_value of a single line has several',
  );
const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: id,
  filetypes: z
    .array(z.string().regex(/^[a-z0-9]+$/))
    .min(1)
    .optional(),
  max_files: z.number().int().min(1).max(10).optional(),
});

const styled = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    code: z.boolean().optional(),
    strike: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional();
/** Only `text`: every other element of rich text names somebody, links, or shows an emoji. */
const richWords = z.strictObject({
  type: z.literal('text'),
  text: z
    .string()
    .min(1)
    .max(3000)
    .refine((words) => !LONE_SURROGATE.test(words), 'half a surrogate pair')
    .refine((words) => !REORDERING.test(words), 'a character that turns the direction of what follows'),
  style: styled,
});
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richWords).min(1) });
const border = z.union([z.literal(0), z.literal(1)]).optional();
const richElement = z.discriminatedUnion('type', [
  richSection,
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(richSection).min(1),
    indent: z.number().int().min(0).max(8).optional(),
    border,
  }),
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(richWords).min(1), border }),
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(richWords.omit({ style: true })).min(1),
    border,
  }),
]);

const block_id = id.optional();
const header = z.strictObject({ type: z.literal('header'), block_id, text: plain(150) });
const divider = z.strictObject({ type: z.literal('divider'), block_id });
const context = z.strictObject({ type: z.literal('context'), block_id, elements: z.array(text(3000)).min(1).max(10) });
const richText = z
  .strictObject({ type: z.literal('rich_text'), block_id, elements: z.array(richElement).min(1) })
  .refine(({ elements }) => VISIBLE.test(JSON.stringify(wordsIn(elements))), 'text that nobody can see');
const section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: text(3000).optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
    accessory: z.union([button, staticSelect]).optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, 'a section needs text or fields');
const actions = z
  .strictObject({
    type: z.literal('actions'),
    block_id,
    elements: z
      .array(z.discriminatedUnion('type', [button, staticSelect, datepicker]))
      .min(1)
      .max(25),
  })
  .refine(({ elements }) => isUnique(elements.map((each) => each.action_id)), 'two elements of a block have one action_id')
  .refine(
    ({ elements }) => elements.filter((each) => each.type === 'button' && each.style === 'primary').length <= 1,
    'more than one primary button in a set',
  );
const image = z.strictObject({
  type: z.literal('image'),
  block_id,
  alt_text: seen(2000),
  title: plain(2000).optional(),
  slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]+$/) }),
});
const input = z
  .strictObject({
    type: z.literal('input'),
    block_id,
    label: plain(2000),
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: z.discriminatedUnion('type', [textInput, staticSelect, datepicker, fileInput]),
  })
  .refine(
    (block) => block.dispatch_action !== true || block.element.type !== 'file_input',
    'a file_input cannot dispatch an action',
  );

const everywhere = [header, divider, context, richText, section, actions, image] as const;
const BLOCK = {
  message: z.discriminatedUnion('type', [...everywhere]),
  home: z.discriminatedUnion('type', [...everywhere, input]),
  modal: z.discriminatedUnion('type', [...everywhere, input]),
};

/** What Slack would refuse, or nobody should be shown; empty where all is well. Accepts anything, JSON text too. */
export function blockKitProblems(blocks: unknown, surface: Surface): string[] {
  const given: unknown = typeof blocks === 'string' ? parsed(blocks) : blocks;
  if (!Array.isArray(given)) return ['blocks are no array'];
  const problems = given.flatMap((block: unknown, at) => schemaProblems(BLOCK[surface], block, `blocks[${at}]`));
  if (given.length > MOST_BLOCKS[surface]) problems.push(`${given.length} blocks, at most ${MOST_BLOCKS[surface]}`);
  const blockIds = given.flatMap((block: { block_id?: unknown } | null) =>
    block?.block_id === undefined ? [] : [block.block_id],
  );
  if (!isUnique(blockIds)) problems.push('two blocks have one block_id');
  const size = (JSON.stringify(given) ?? '').length;
  const most = surface === 'message' ? MOST_MESSAGE_JSON : MOST_VIEW_JSON;
  if (size > most) problems.push(`${size} characters of JSON, at most ${most}`);
  if ((JSON.stringify(given) ?? '').split('"focus_on_load":true').length > 2) problems.push('two elements have the focus');
  return problems;
}

const messageText = z
  .string()
  .max(4000)
  .refine((words) => VISIBLE.test(words), 'text that nobody can see')
  .refine((words) => !LONE_SURROGATE.test(words), 'half a surrogate pair')
  .refine((words) => !/[<>]/.test(words) && !/&(?!amp;|lt;|gt;)/.test(words), 'not escaped')
  .refine((words) => !pings(words), 'pings');

/** The same for a whole message: words that a screen reader can use, and blocks. */
export function messageProblems(message: { readonly text?: unknown; readonly blocks?: unknown }): string[] {
  const inText = schemaProblems(messageText, message.text, 'text');
  return message.blocks === undefined ? inText : [...inText, ...blockKitProblems(message.blocks, 'message')];
}

const frame = {
  blocks: z.unknown(),
  private_metadata: z.string().max(3000).optional(),
  callback_id: id.optional(),
  external_id: id.optional(),
};
const VIEW = z.discriminatedUnion('type', [
  z.strictObject({ ...frame, type: z.literal('home') }),
  z.strictObject({
    ...frame,
    type: z.literal('modal'),
    title: plain(24),
    close: plain(24).optional(),
    submit: plain(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  }),
]);

/** The same for the view of a modal or of the App Home. */
export function viewProblems(view: unknown): string[] {
  const given: unknown = typeof view === 'string' ? parsed(view) : view;
  const read = VIEW.safeParse(given);
  if (!read.success) return schemaProblems(VIEW, given, 'view');
  const problems = blockKitProblems(read.data.blocks, read.data.type);
  const hasInput = JSON.stringify(read.data.blocks).includes('"type":"input"');
  if (read.data.type === 'modal' && hasInput && read.data.submit === undefined) problems.push('a modal with inputs needs submit');
  return problems;
}

function schemaProblems(schema: z.ZodType, value: unknown, where: string): string[] {
  const read = schema.safeParse(value);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${[where, ...path].join('.')}: ${message}`);
}

const isUnique = (values: readonly unknown[]) => new Set(values).size === values.length;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Every `text` below a value, in order: what a reader sees of blocks. */
export function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]: [string, unknown]) =>
    name === 'text' && typeof each === 'string' ? [each] : wordsIn(each),
  );
}
