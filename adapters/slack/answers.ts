import type { types, webApi } from '@slack/bolt';
import type { DeliveryKey } from '../../src/domain/ids.js';
import { type Form, type Message, say } from '../../src/domain/message.js';
import type { Answer } from '../../src/platform-ports.js';
import type { Log } from '../../src/ports.js';
import { isOfSlack } from './client.js';
import { plainText } from './controls.js';
import { platformError } from './failure.js';
import { type Picture, sendFiles } from './files.js';
import { homeView } from './home.js';
import { formView } from './modal.js';
import { label } from './plain-words.js';
import { type Rendered, renderWhole } from './render.js';

/** Words for a failure of ours: what was done stays as it was. */
export const SORRY_WORDS = 'Something went wrong on my side; nothing is lost. Please try again.';
export const SORRY: Message = say(SORRY_WORDS);
export const DONE: Message = say('Done.');
const TOO_LATE: Message = say('That took me too long to open, so nothing has changed. Please press again.');
const PICTURES: Message = say('The picture is in our direct messages.');

/** Slack takes five answers by one address. */
const MOST_RESPONSES = 5;
const TIMEOUT_MS = 10_000;
const TITLE = 24;

/** Where somebody acted, and the means that Slack gave with it to answer them alone. */
export type Asker = {
  readonly user: string;
  readonly channel: string | null;
  readonly responseUrl: string | null;
  readonly trigger: string | null;
  /** The view in which they pressed; null where it was a message or a command. */
  readonly view: { readonly id: string; readonly kind: 'modal' | 'home' } | null;
};

export type AnswererOptions = {
  readonly client: webApi.WebClient;
  readonly apiUrl: string;
  readonly log: Log;
  readonly fileKey: () => string;
};

export type Answerer = (asker: Asker, answer: Answer) => Promise<void>;

/** A message as a modal of its own. */
export const messageModal = (title: string, message: Message): types.ModalView => ({
  type: 'modal',
  title: plainText(label(title, TITLE)),
  close: plainText('Close'),
  blocks: homeView(message).blocks,
});

/** Answers whoever acted, and nobody else. */
export function answererOn({ client, apiUrl, log, fileKey }: AnswererOptions): Answerer {
  async function openForm(asker: Asker, form: Form): Promise<boolean> {
    if (asker.trigger === null) return false;
    const args = { trigger_id: asker.trigger, view: formView(form) };
    try {
      await (asker.view?.kind === 'modal' ? client.views.push(args) : client.views.open(args));
      return true;
    } catch (error) {
      log.warn('slack_form_not_opened', { error, code: platformError(error) });
      return false;
    }
  }

  async function tell(asker: Asker, message: Message): Promise<void> {
    if (asker.view?.kind === 'modal') {
      await client.views.update({ view_id: asker.view.id, view: messageModal('Afterwards', message) });
      return;
    }
    if (asker.view?.kind === 'home' && asker.trigger !== null) {
      await client.views.open({ trigger_id: asker.trigger, view: messageModal('Afterwards', message) });
      return;
    }
    let left = MOST_RESPONSES;
    for (const piece of renderWhole(message)) {
      const isTold = left > 0 && (await respond(asker.responseUrl, piece));
      left -= 1;
      if (!isTold) await inChannel(asker, piece);
    }
  }

  /** An address in a payload is Slack's own, and used for nobody but whoever the payload is about. */
  async function respond(url: string | null, { text, blocks }: Rendered): Promise<boolean> {
    if (url === null || !isOfSlack(url, apiUrl)) return false;
    const body = JSON.stringify({ response_type: 'ephemeral', replace_original: false, text, blocks });
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) };
    const response = await fetch(url, request).catch(() => null);
    return response?.ok === true;
  }

  async function inChannel({ user, channel }: Asker, { text, blocks }: Rendered): Promise<void> {
    const said = { user, text, blocks };
    try {
      if (channel === null) throw new Error('no channel');
      await client.chat.postEphemeral({ channel, ...said });
    } catch {
      await client.chat.postEphemeral({ channel: await directWith(user), ...said });
    }
  }

  async function directWith(user: string): Promise<string> {
    const { channel } = await client.conversations.open({ users: user });
    if (!channel?.id) throw new Error('Slack opened no direct messages');
    return channel.id;
  }

  /** An answer that only the asker sees can carry no file. */
  async function sendToDirect(user: string, pictures: readonly Picture[]): Promise<void> {
    const place = { channel: await directWith(user), thread: null, blocks: [] };
    const sent = await sendFiles(client, pictures, fileKey() as DeliveryKey, place);
    if (!sent.ok) log.warn('slack_picture_not_sent', { kind: sent.error.kind });
  }

  return async (asker, { answer, form }) => {
    try {
      const isOpen = form === null || (await openForm(asker, form));
      const pictures = answer?.parts.filter((part): part is Picture => part.kind === 'image') ?? [];
      const words = answer && pictures.length > 0 ? { parts: [...answer.parts.filter(isNoPicture), ...PICTURES.parts] } : answer;
      if (words) await tell(asker, words);
      // A window that stood there unchanged would ask its question again.
      else if (form === null && asker.view?.kind === 'modal') await tell(asker, DONE);
      if (!isOpen) await tell({ ...asker, trigger: null }, TOO_LATE);
      if (pictures.length > 0) await sendToDirect(asker.user, pictures);
    } catch (error) {
      log.warn('slack_answer_not_shown', { error, code: platformError(error) });
    }
  };
}

const isNoPicture = (part: Message['parts'][number]) => part.kind !== 'image';
