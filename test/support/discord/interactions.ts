import { ApiError } from './server.js';
import type { Attachment, Body, State, User } from './state.js';

export const KINDS = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;
/** How an interaction may be answered first. */
export const CALLBACKS = { reply: 4, deferReply: 5, deferUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

const ANSWER_WITHIN_MS = 3_000;

/** What only the one who acted sees. */
export type Shown = Body & { readonly id: string; readonly attachments: readonly Attachment[] };
export type Callback = { readonly type: number; readonly data: Body };

/** Something that somebody did, which the bot has to answer within three seconds, and once. */
export class Interaction {
  callback: Callback | null = null;
  /** After how many milliseconds it was answered first. */
  answeredAfterMs: number | null = null;
  original: Shown | null = null;
  readonly followUps: Shown[] = [];
  private readonly at = Date.now();

  constructor(
    readonly id: string,
    readonly token: string,
    readonly body: Body,
    readonly by: User,
  ) {}

  get isTooOld(): boolean {
    return Date.now() - this.at > ANSWER_WITHIN_MS;
  }

  answer(callback: Callback): void {
    this.callback = callback;
    this.answeredAfterMs = Date.now() - this.at;
  }

  /** What the one who acted was told, the newest last; empty while a deferred answer is still to come. */
  get told(): readonly Shown[] {
    return [...(this.original ? [this.original] : []), ...this.followUps];
  }

  get modal(): Body | null {
    return this.callback?.type === CALLBACKS.modal ? this.callback.data : null;
  }

  /** Answered, and what was deferred has come as well. */
  get isDone(): boolean {
    if (!this.callback) return false;
    return this.callback.type !== CALLBACKS.deferReply || this.original !== null;
  }
}

/** All interactions, and the rules on their answers. */
export class Interactions {
  private readonly all = new Map<string, Interaction>();

  constructor(
    private readonly state: State,
    private readonly complain: (problem: string) => void,
  ) {}

  make(by: User, body: Body): Interaction {
    const id = this.state.nextId();
    const token = `token-of-${id}`;
    const full = { id, application_id: this.state.bot.id, token, version: 1, ...body };
    const interaction = new Interaction(id, token, full, by);
    this.all.set(token, interaction);
    return interaction;
  }

  answer(id: string, token: string, callback: Callback): Interaction {
    const interaction = this.all.get(token);
    if (!interaction || interaction.id !== id) throw new ApiError(404, 10062, 'Unknown interaction');
    if (interaction.isTooOld) {
      this.complain(`an interaction was answered after more than ${ANSWER_WITHIN_MS} ms`);
      throw new ApiError(404, 10062, 'Unknown interaction');
    }
    if (interaction.callback) {
      this.complain('an interaction was answered twice');
      throw new ApiError(400, 40060, 'Interaction has already been acknowledged.');
    }
    this.check(interaction, callback.type);
    interaction.answer(callback);
    return interaction;
  }

  /** For edits and follow-ups, which come after an answer. */
  byToken(token: string): Interaction {
    const interaction = this.all.get(token);
    if (!interaction) throw new ApiError(404, 10015, 'Unknown Webhook');
    if (!interaction.callback) throw new ApiError(404, 10015, 'Unknown Webhook');
    return interaction;
  }

  /** What was shown to somebody alone, by its id. */
  shown(id: string): Shown | undefined {
    return [...this.all.values()].flatMap((each) => each.told).find((each) => each.id === id);
  }

  private check({ body }: Interaction, type: number): void {
    const allowed: Readonly<Record<number, readonly number[]>> = {
      [KINDS.command]: [CALLBACKS.reply, CALLBACKS.deferReply, CALLBACKS.modal],
      [KINDS.component]: [CALLBACKS.reply, CALLBACKS.deferReply, CALLBACKS.deferUpdate, CALLBACKS.update, CALLBACKS.modal],
      [KINDS.autocomplete]: [CALLBACKS.choices],
      // A form cannot be answered by another one.
      [KINDS.modal]: [
        CALLBACKS.reply,
        CALLBACKS.deferReply,
        ...(body.message === undefined ? [] : [CALLBACKS.deferUpdate, CALLBACKS.update]),
      ],
    };
    if (allowed[Number(body.type)]?.includes(type)) return;
    this.complain(`an interaction of type ${body.type} was answered by ${type}`);
    throw new ApiError(400, 50035, 'Invalid Form Body');
  }
}
