import { z } from 'zod';

const snowflake = z.string().regex(/^\d{1,20}$/);

export const userSchema = z.object({
  id: snowflake,
  username: z.string(),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});
export const memberSchema = z.object({
  user: userSchema,
  nick: z.string().nullish(),
  roles: z.array(snowflake).catch([]),
});
export type ApiMember = z.infer<typeof memberSchema>;

const attachmentSchema = z.object({ id: snowflake, filename: z.string(), size: z.number().catch(0), url: z.string() });
export type ApiAttachment = z.infer<typeof attachmentSchema>;

/** A message, of the gateway or of the history alike. */
export const messageSchema = z.object({
  id: snowflake,
  channel_id: snowflake,
  guild_id: snowflake.optional(),
  author: userSchema,
  content: z.string(),
  timestamp: z.iso.datetime({ offset: true }),
  edited_timestamp: z.iso.datetime({ offset: true }).nullish(),
  webhook_id: snowflake.optional(),
  /** 0 is a message, 19 a reply to one, 20 the answer to a command; the rest is what Discord itself says. */
  type: z.number().catch(0),
  attachments: z.array(attachmentSchema).catch([]),
});
export type ApiMessage = z.infer<typeof messageSchema>;

/** An update may carry no more than what changed: without an author it is no edit by hand. */
export const messageUpdateSchema = messageSchema.partial().required({ id: true, channel_id: true });
export const messageDeleteSchema = z.object({ id: snowflake, channel_id: snowflake, guild_id: snowflake.optional() });
export const typingSchema = z.object({ channel_id: snowflake, guild_id: snowflake.optional(), user_id: snowflake });
export const memberGoneSchema = z.object({ guild_id: snowflake, user: userSchema });

export const channelSchema = z.object({
  id: snowflake,
  type: z.number(),
  guild_id: snowflake.optional(),
  name: z.string().nullish(),
  permission_overwrites: z.array(z.object({ id: snowflake, type: z.number(), allow: z.string(), deny: z.string() })).catch([]),
});
export const guildSchema = z.object({
  id: snowflake,
  name: z.string(),
  owner_id: snowflake,
  roles: z.array(z.object({ id: snowflake, name: z.string(), permissions: z.string() })),
});
export type ApiGuild = z.infer<typeof guildSchema>;
export type ApiChannel = z.infer<typeof channelSchema>;

const optionSchema = z.object({
  name: z.string(),
  type: z.number(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
});
export type ApiOption = z.infer<typeof optionSchema>;

export const interactionSchema = z.object({
  id: snowflake,
  application_id: snowflake,
  /** 2 a command, 3 a component, 4 an autocompletion, 5 a form. */
  type: z.number(),
  token: z.string(),
  guild_id: snowflake.optional(),
  channel_id: snowflake.optional(),
  member: z.object({ user: userSchema, roles: z.array(snowflake).catch([]) }).optional(),
  user: userSchema.optional(),
  message: z.unknown().optional(),
  data: z
    .object({
      name: z.string().optional(),
      custom_id: z.string().optional(),
      values: z.array(z.string()).optional(),
      options: z.array(optionSchema.extend({ options: z.array(optionSchema).optional() })).optional(),
      components: z.unknown().optional(),
      resolved: z
        .object({ attachments: z.record(snowflake, attachmentSchema).optional() })
        .optional()
        .catch(undefined),
    })
    .optional(),
});
export type ApiInteraction = z.infer<typeof interactionSchema>;
