import { z } from 'zod';

/** Lengths are counted in UTF-16 units, which is the strictest of the ways that Discord may count. */
const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text) && !text.includes('\0');
const text = (most: number) => z.string().max(most).refine(isWellFormed, 'is not well-formed text');
/** Discord trims what it shows, and refuses what is blank then. */
const shown = (most: number) => text(most).refine((each) => each.trim() !== '', 'is blank');
const customId = shown(100);
const webAddress = z
  .string()
  .max(2048)
  .regex(/^(?:https?:\/\/[^\s/]+\.[^\s/]+(?:\/\S*)?|attachment:\/\/[\w.-]+)$/);

const isUnique = (values: readonly string[]) => new Set(values).size === values.length;

const emoji = z.strictObject({ id: z.string().optional(), name: z.string().optional(), animated: z.boolean().optional() });
const componentId = z.int().min(0).optional();

const button = z.strictObject({
  type: z.literal(2),
  id: componentId,
  style: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  custom_id: customId,
  label: shown(80),
  emoji: emoji.optional(),
  disabled: z.boolean().optional(),
});
const linkButton = z.strictObject({
  type: z.literal(2),
  id: componentId,
  style: z.literal(5),
  url: z
    .string()
    .max(512)
    .regex(/^(?:https?|discord):\/\/\S+$/),
  label: shown(80),
  disabled: z.boolean().optional(),
});
const option = z.strictObject({
  label: shown(100),
  value: shown(100),
  description: shown(100).optional(),
  emoji: emoji.optional(),
  default: z.boolean().optional(),
});
const selectShape = {
  type: z.literal(3),
  id: componentId,
  custom_id: customId,
  placeholder: text(150).optional(),
  min_values: z.int().min(0).max(25).optional(),
  max_values: z.int().min(1).max(25).optional(),
  options: z
    .array(option)
    .min(1)
    .max(25)
    .refine((options) => isUnique(options.map((each) => each.value)), 'two options have one value'),
};
type Select = { options: { default?: boolean | undefined }[]; min_values?: number | undefined; max_values?: number | undefined };
const hasFewEnoughDefaults = ({ options, max_values = 1 }: Select) =>
  options.filter((each) => each.default === true).length <= max_values;
const asksForWhatItHas = ({ options, min_values = 1, max_values = 1 }: Select) =>
  min_values <= max_values && max_values <= options.length;
const select = z
  .strictObject({ ...selectShape, disabled: z.boolean().optional() })
  .refine(hasFewEnoughDefaults, 'more options are chosen than may be')
  .refine(asksForWhatItHas, 'wants more choices than there are');

const row = z.strictObject({
  type: z.literal(1),
  id: componentId,
  components: z.union([
    z
      .array(z.union([button, linkButton]))
      .min(1)
      .max(5),
    z.tuple([select]),
  ]),
});

const embed = z
  .strictObject({
    title: shown(256).optional(),
    description: shown(4096).optional(),
    url: webAddress.optional(),
    color: z.int().min(0).max(0xffffff).optional(),
    timestamp: z.iso.datetime().optional(),
    footer: z.strictObject({ text: shown(2048), icon_url: webAddress.optional() }).optional(),
    author: z.strictObject({ name: shown(256), url: webAddress.optional(), icon_url: webAddress.optional() }).optional(),
    image: z.strictObject({ url: webAddress }).optional(),
    thumbnail: z.strictObject({ url: webAddress }).optional(),
    fields: z
      .array(z.strictObject({ name: shown(256), value: shown(1024), inline: z.boolean().optional() }))
      .max(25)
      .optional(),
  })
  .refine(
    ({ title, description, footer, author, image, thumbnail, fields }) =>
      [title, description, footer, author, image, thumbnail, fields?.[0]].some((each) => each !== undefined),
    'an embed shows nothing',
  );

type Embed = z.infer<typeof embed>;

function charactersIn({ title, description, footer, author, fields = [] }: Embed): number {
  const texts = [title, description, footer?.text, author?.name, ...fields.flatMap(({ name, value }) => [name, value])];
  return texts.reduce((sum, each) => sum + (each?.length ?? 0), 0);
}

const attachment = z.strictObject({
  id: z.union([z.int().min(0), z.string().regex(/^\d+$/)]),
  filename: z
    .string()
    .regex(/^\w[\w.-]{0,199}$/)
    .optional(),
  description: text(1024).optional(),
});

/** Ours may do no other than these: no link previews, to the asker alone, without a sound. */
const FLAGS = 4 | 64 | 4096;

const message = z
  .strictObject({
    content: text(2000).nullable().optional(),
    embeds: z
      .array(embed)
      .max(10)
      .refine((all) => all.reduce((sum, each) => sum + charactersIn(each), 0) <= 6000, 'embeds hold over 6,000 characters')
      .refine((all) => isUnique(all.flatMap((each) => each.url ?? [])), 'embeds of one url are shown as one')
      .optional(),
    components: z.array(row).max(5).optional(),
    // Not Discord's rule but ours: nothing that people wrote may ping anybody.
    allowed_mentions: z.strictObject({ parse: z.tuple([]), replied_user: z.literal(false).optional() }),
    flags: z
      .int()
      .refine((flags) => (flags & ~FLAGS) === 0, 'has a flag that is not meant')
      .optional(),
    attachments: z
      .array(attachment)
      .max(10)
      .refine((all) => isUnique(all.map((each) => String(each.id))), 'two attachments have one id')
      .optional(),
    nonce: z.string().min(1).max(25).optional(),
    enforce_nonce: z.boolean().optional(),
    message_reference: z.strictObject({ message_id: z.string(), fail_if_not_exists: z.boolean().optional() }).optional(),
  })
  .refine(
    ({ content, embeds = [], components = [], attachments = [] }) =>
      (content ?? '').trim() !== '' || embeds.length + components.length + attachments.length > 0,
    'the message is empty',
  )
  .refine(
    ({ components = [] }) =>
      isUnique(components.flatMap((each) => each.components.flatMap((one) => ('custom_id' in one ? one.custom_id : [])))),
    'two components have one custom id',
  )
  .refine(({ embeds = [], attachments = [] }) => {
    const names = new Set(attachments.map((each) => `attachment://${each.filename}`));
    const shownUrls = embeds.flatMap((each) => each.image?.url ?? []).filter((url) => url.startsWith('attachment:'));
    return shownUrls.every((url) => names.has(url));
  }, 'an embed shows a file that is not attached');

const textInput = z
  .strictObject({
    type: z.literal(4),
    id: componentId,
    custom_id: customId,
    style: z.union([z.literal(1), z.literal(2)]),
    min_length: z.int().min(0).max(4000).optional(),
    max_length: z.int().min(1).max(4000).optional(),
    required: z.boolean().optional(),
    value: text(4000).optional(),
    placeholder: text(100).optional(),
  })
  .refine(({ value = '', max_length = 4000 }) => value.length <= max_length, 'is filled with more than it takes')
  .refine(({ style, value = '' }) => style === 2 || !value.includes('\n'), 'has several lines where there is one');
const modalSelect = z
  .strictObject({ ...selectShape, required: z.boolean().optional() })
  .refine(hasFewEnoughDefaults, 'more options are chosen than may be')
  .refine(asksForWhatItHas, 'wants more choices than there are')
  .refine(({ required = true, min_values = 1 }) => !required || min_values > 0, 'is required, and may be empty');
const fileUpload = z.strictObject({
  type: z.literal(19),
  id: componentId,
  custom_id: customId,
  min_values: z.int().min(0).max(10).optional(),
  max_values: z.int().min(1).max(10).optional(),
  required: z.boolean().optional(),
});
const label = z.strictObject({
  type: z.literal(18),
  id: componentId,
  label: shown(45),
  description: text(100).optional(),
  component: z.union([textInput, modalSelect, fileUpload]),
});

const modal = z
  .strictObject({
    custom_id: customId,
    title: shown(45),
    // The published description says 40; Discord refuses more than five.
    components: z.array(label).min(1).max(5),
  })
  .refine(({ components }) => isUnique(components.map((each) => each.component.custom_id)), 'two fields have one custom id');

const problemsIn = (schema: z.ZodType, body: unknown): readonly string[] => {
  const parsed = schema.safeParse(body);
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
};

/** What Discord, or our own rule that nobody is pinged, refuses in the body of a message; empty where it is fine. */
export const discordProblems = (body: unknown): readonly string[] => problemsIn(message, body);
/** What Discord refuses in the data of a modal. */
export const modalProblems = (data: unknown): readonly string[] => problemsIn(modal, data);
