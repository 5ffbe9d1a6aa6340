import { App, type Receiver, type ReceiverEvent, type webApi } from '@slack/bolt';
import { z } from 'zod';
import { parseControlId } from '../../src/domain/message.js';
import type { Answer, Hearing } from '../../src/platform-ports.js';
import type { Log } from '../../src/ports.js';
import { type Answerer, SORRY } from './answers.js';
import { clientOptions, type Identity, SILENT_LOGGER } from './client.js';
import { choiceValue } from './controls.js';
import { profileFrom } from './directory.js';
import { incomingOf, type Place } from './events.js';
import { platformError } from './failure.js';
import { homeView } from './home.js';
import { commandFrom, wordsFrom } from './incoming-words.js';
import { askerOf, commandSchema, isOurs, pressSchema, submissionSchema } from './payloads.js';
import { submissionsOn } from './submissions.js';

export type ListenOptions = {
  readonly receiver: Receiver;
  readonly hearing: Hearing;
  readonly identity: Identity;
  /** The app's id as it is known by now. */
  readonly appId: () => string | null;
  readonly client: webApi.WebClient;
  readonly place: Place;
  readonly answer: Answerer;
  readonly log: Log;
  /** Somebody took the app out of the workspace. */
  readonly onUninstalled: () => void;
};

export type Heard = {
  readonly app: App;
  /** Resolves when all that was begun is done. */
  readonly idle: () => Promise<void>;
  /** Takes in nothing more. */
  readonly stop: () => void;
};

const eventBody = z.object({ type: z.literal('event_callback'), event: z.looseObject({ type: z.string() }) });
const homeOpened = z.object({ user: z.string(), tab: z.string().nullish() });

/** Hears what Slack sends to the app, and hands it on parsed. A message is acknowledged only once it is stored. */
export function listenTo(options: ListenOptions): Heard {
  const { receiver, hearing, identity, client, place, answer, log } = options;
  const { botId, botUserId, teamId } = identity;
  const app = new App({
    receiver,
    // Who we are is known already, and asked no more: Bolt would drop what it hears where that question fails.
    authorize: async () => ({ botToken: place.files.token, botId: botId ?? '', botUserId, teamId }),
    clientOptions: clientOptions(place.files.apiUrl),
    logger: SILENT_LOGGER,
    convoStore: false,
    ignoreSelf: false,
  });
  app.error(async (error) => log.error('slack_listener_failed', { error }));
  const inHand = new Set<Promise<void>>();
  const inOrder = lines();
  let isStopped = false;

  async function store(event: unknown): Promise<void> {
    const incoming = incomingOf(event, place);
    if (incoming) await inOrder(incoming.from.id, () => hearing.message(incoming));
  }

  const passOn = app.processEvent.bind(app);
  async function process(received: ReceiverEvent): Promise<void> {
    if (!isOurs(received.body, { teamId, appId: options.appId() })) {
      log.warn('slack_event_of_others');
      return received.ack();
    }
    const { data } = eventBody.safeParse(received.body);
    if (data?.event.type === 'message') {
      try {
        await store(data.event);
      } catch (error) {
        // Not acknowledged: Slack delivers it again.
        log.error('slack_message_not_stored', { error });
        throw error;
      }
      return received.ack();
    }
    return passOn(received);
  }
  app.processEvent = (received) => {
    if (isStopped) return Promise.reject(new Error('stopping'));
    const done = process(received);
    const settled = done.catch(() => {});
    inHand.add(settled);
    void settled.finally(() => inHand.delete(settled));
    return done;
  };

  const from = (id: string) => ({ platform: 'slack', id }) as const;
  const orSorry = (answering: Promise<Answer>, what: string): Promise<Answer> =>
    answering.catch((error: unknown) => {
      log.error('slack_act_failed', { what, error });
      return { answer: SORRY, form: null };
    });

  app.command(/./, async ({ ack, body }) => {
    const { data } = commandSchema.safeParse(body);
    if (!data) return ack();
    const isOrganisers = data.command.endsWith('alumni');
    const command = {
      from: from(data.user_id),
      eventId: data.trigger_id,
      text: (isOrganisers ? commandFrom : wordsFrom)(data.text ?? ''),
      channelId: data.channel_id ?? null,
      file: null,
    };
    const hear = isOrganisers ? hearing.organiserCommand : hearing.alumnusCommand;
    const answered = orSorry(hear(command), 'command');
    await ack();
    const asker = { user: data.user_id, channel: command.channelId, responseUrl: data.response_url ?? null };
    await answer({ ...asker, trigger: data.trigger_id, view: null }, await answered);
  });

  app.action(/./, async ({ ack, body }) => {
    const { data } = pressSchema.safeParse(body);
    const answered = (data?.actions ?? []).flatMap(({ action_id, selected_option, action_ts }) => {
      const ref = parseControlId(action_id);
      if (!data || !ref) return [];
      const eventId = `${data.trigger_id ?? data.user.id}:${action_ts ?? ''}:${action_id}`;
      const value = selected_option ? choiceValue(selected_option.value) : null;
      return [orSorry(hearing.press({ from: from(data.user.id), eventId, ref, value }), 'press')];
    });
    await ack();
    if (!data) return;
    for (const each of answered) await answer(askerOf(data), await each);
    if (data.view) await refreshHome(data.user.id);
  });

  const takeInForm = submissionsOn({ hearing, client, files: place.files, log });
  app.view(/./, async ({ ack, body }) => {
    const { data } = submissionSchema.safeParse(body);
    if (!data) return ack();
    const { user, view, trigger_id } = data;
    const eventId = trigger_id ?? `${view.id}:${view.hash ?? ''}`;
    await takeInForm({ user: user.id, eventId, view }, (acked) => (acked ? ack(acked as never) : ack()));
    await refreshHome(user.id);
  });

  /** Who may be looking at their home: opening it shows it anew, so a restart may forget this. */
  const looking = new Set<string>();
  /** What was done in a window or at home is seen at home at once. */
  const refreshHome = async (user: string) => (looking.has(user) ? publishHome(user) : undefined);

  async function publishHome(user: string): Promise<void> {
    looking.add(user);
    try {
      const message = await hearing.home(from(user));
      await client.views.publish({ user_id: user, view: homeView(message) });
    } catch (error) {
      log.warn('slack_home_not_shown', { error, code: platformError(error) });
    }
  }

  app.event('app_home_opened', async ({ event }) => {
    const { data } = homeOpened.safeParse(event);
    if (data && data.tab !== 'messages') await publishHome(data.user);
  });

  app.event('user_change', async ({ event }) => {
    const profile = profileFrom((event as { readonly user?: unknown }).user, teamId);
    if (profile) await hearing.profile(profile);
  });

  app.event('app_uninstalled', async () => options.onUninstalled());

  return {
    app,
    idle: async () => {
      while (inHand.size > 0) await Promise.all(inHand);
    },
    stop: () => {
      isStopped = true;
    },
  };
}

/** One line for each name: what belongs to it happens in the order in which it came. */
function lines(): (name: string, act: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (name, act) => {
    const done = (last.get(name) ?? Promise.resolve()).then(act);
    const settled = done.catch(() => {});
    last.set(name, settled);
    void settled.then(() => last.get(name) === settled && last.delete(name));
    return done;
  };
}
