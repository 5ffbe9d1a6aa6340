import type { types, webApi } from '@slack/bolt';
import { type FormError, type Message, parseControlId, say } from '../../src/domain/message.js';
import type { FormAnswer, Hearing } from '../../src/platform-ports.js';
import type { Log } from '../../src/ports.js';
import { DONE, messageModal, SORRY, SORRY_WORDS } from './answers.js';
import { platformError } from './failure.js';
import { type FileAccess, incomingFile } from './files.js';
import { filledAgain } from './form-again.js';
import { errorsAt, submission } from './modal.js';
import type { SentView } from './payloads.js';

/** Slack closes a modal with an error of its own after three seconds. */
const PATIENCE_MS = 2_200;

const WORKING = say('I am working on it. This window will show what came of it; what you entered is kept.');
const NOT_YOURS = say('This form belongs to somebody else, so nothing has changed.');
const NOT_READ = 'This file could not be read, or is over 5 MB. Please attach it again.';
const NO_FORM = say('This form is too old for me to read, so nothing has changed. Please open it again.');

/** What a submission is answered with at once, as Slack takes it. */
export type SubmissionAck =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: types.ModalView }
  | undefined;

export type Submission = { readonly user: string; readonly eventId: string; readonly view: SentView };

type Options = {
  readonly hearing: Pick<Hearing, 'form'>;
  readonly client: webApi.WebClient;
  readonly files: FileAccess;
  readonly log: Log;
  readonly patienceMs?: number;
};

type Outcome = FormAnswer | { readonly kind: 'failed' } | { readonly kind: 'unreadable' };

/** Takes in a form that was sent. What takes longer than Slack waits for is shown in the same window once it is done. */
export function submissionsOn({ hearing, client, files, log, patienceMs = PATIENCE_MS }: Options) {
  async function takenIn({ user, eventId, view }: Submission): Promise<Outcome> {
    const sent = submission(view);
    const ref = parseControlId(sent?.id ?? '');
    if (!ref || !sent) return { kind: 'unreadable' };
    const read: Record<string, Uint8Array> = {};
    for (const [field, id] of Object.entries(sent.fileIds)) {
      const bytes = await incomingFile({ id }, files).read();
      if (bytes === null)
        return { kind: 'errors', errors: [{ section: sectionOf(field, sent.inputs), field, message: NOT_READ }] };
      read[field] = bytes;
    }
    const from = { platform: 'slack', id: user } as const;
    return hearing.form({ from, eventId, ref, values: sent.values, files: read });
  }

  function acknowledgement(view: SentView, outcome: Outcome): SubmissionAck {
    const atFields = (errors: readonly FormError[], otherwise: Message): SubmissionAck => {
      const sent = submission(view);
      const at = sent && errorsAt(sent, errors);
      return at ? { response_action: 'errors', errors: { ...at } } : shown(otherwise);
    };
    const shown = (message: typeof WORKING): SubmissionAck => ({
      response_action: 'update',
      view: messageModal(view.title?.text ?? 'Afterwards', message),
    });
    switch (outcome.kind) {
      case 'saved':
        return outcome.answer ? shown(outcome.answer) : undefined;
      case 'not_yours':
        return shown(NOT_YOURS);
      case 'unreadable':
        return shown(NO_FORM);
      case 'failed':
        return atFields([{ section: 0, field: '', message: SORRY_WORDS }], SORRY);
      case 'errors':
        return atFields(outcome.errors, say(...outcome.errors.map(({ message }) => message)));
    }
  }

  /** The window that said that it was being worked on shows what came of it: with errors, the form as it was filled in. */
  async function showLate(view: SentView, outcome: Outcome): Promise<void> {
    const acked = acknowledgement(view, outcome);
    const late =
      acked?.response_action === 'errors'
        ? filledAgain(view, acked.errors)
        : (acked?.view ?? messageModal(view.title?.text ?? 'Afterwards', DONE));
    await client.views.update({ view_id: view.id, view: late });
  }

  return async (submission: Submission, ack: (answer: SubmissionAck) => Promise<void>): Promise<void> => {
    const { view } = submission;
    const outcome = takenIn(submission).catch((error: unknown): Outcome => {
      log.error('slack_form_failed', { error });
      return { kind: 'failed' };
    });
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), patienceMs);
    });
    const soon = await Promise.race([outcome, tooLong]);
    clearTimeout(timer);
    if (soon !== null) return ack(acknowledgement(view, soon));
    await ack({ response_action: 'update', view: messageModal(view.title?.text ?? 'Afterwards', WORKING) });
    try {
      await showLate(view, await outcome);
    } catch (error) {
      log.warn('slack_form_not_shown', { error, code: platformError(error) });
    }
  };
}

const sectionOf = (field: string, inputs: readonly string[]) =>
  Number.parseInt(inputs.find((id) => id.endsWith(`:${field}`)) ?? '0', 10);
