import { z } from 'zod';
import type { Asker } from './answers.js';

const named = z.object({ id: z.string(), team_id: z.string().nullish() });
const viewOf = z.object({
  id: z.string(),
  type: z.string().optional(),
  callback_id: z.string().nullish(),
  hash: z.string().nullish(),
  title: z.object({ text: z.string() }).nullish(),
  submit: z.object({ text: z.string() }).nullish(),
  blocks: z.array(z.unknown()).nullish(),
  state: z.object({ values: z.unknown() }).nullish(),
});
export type SentView = z.output<typeof viewOf>;

export const commandSchema = z.object({
  command: z.string(),
  text: z.string().nullish(),
  user_id: z.string(),
  channel_id: z.string().nullish(),
  trigger_id: z.string(),
  response_url: z.string().nullish(),
});

const action = z.object({
  action_id: z.string(),
  selected_option: z.object({ value: z.string() }).nullish(),
  action_ts: z.string().nullish(),
});
export const pressSchema = z.object({
  type: z.literal('block_actions'),
  user: named,
  trigger_id: z.string().nullish(),
  response_url: z.string().nullish(),
  channel: z.object({ id: z.string() }).nullish(),
  container: z.object({ channel_id: z.string().nullish() }).nullish(),
  view: viewOf.nullish(),
  actions: z.array(action).min(1),
});
export type SentPress = z.output<typeof pressSchema>;

export const submissionSchema = z.object({
  type: z.literal('view_submission'),
  user: named,
  trigger_id: z.string().nullish(),
  view: viewOf,
});

/** Which workspace and app a payload is of, as far as it says. */
const originSchema = z.object({
  team_id: z.string().nullish(),
  team: z.object({ id: z.string() }).nullish(),
  user: z.object({ team_id: z.string().nullish() }).nullish(),
  api_app_id: z.string().nullish(),
});

/** Whether a payload comes from our workspace and for our app; what does not say so is not ours. */
export function isOurs(body: unknown, { teamId, appId }: { readonly teamId: string; readonly appId: string | null }): boolean {
  const parsed = originSchema.safeParse(body);
  if (!parsed.success) return false;
  const { team_id, team, user, api_app_id } = parsed.data;
  const isOurApp = !api_app_id || appId === null || api_app_id === appId;
  return isOurApp && (team_id ?? team?.id ?? user?.team_id) === teamId;
}

export function askerOf(press: SentPress): Asker {
  const { view } = press;
  return {
    user: press.user.id,
    channel: press.channel?.id ?? press.container?.channel_id ?? null,
    responseUrl: press.response_url ?? null,
    trigger: press.trigger_id ?? null,
    view: view ? { id: view.id, kind: view.type === 'home' ? 'home' : 'modal' } : null,
  };
}
