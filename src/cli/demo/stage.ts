import type { Conversation } from '../../domain/conversation.js';
import type { DeliveryKey, PersonId } from '../../domain/ids.js';
import { type Control, type Message, parseControlId } from '../../domain/message.js';
import type { Account, Address } from '../../domain/people.js';
import { fail, ok, type Result } from '../../domain/result.js';
import type { SendFailure } from '../../domain/send-failure.js';
import { takeInMessage, takeInPress } from '../../flows/take-in.js';
import type { Found, Messenger, Ports } from '../../ports.js';
import type { Act, Part, ScriptedReply } from './cast.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Something that happens on the stage, for whoever shows it. */
export type StageEvent =
  | { readonly kind: 'told'; readonly who: string; readonly what: string; readonly message: Message }
  | { readonly kind: 'edited'; readonly who: string; readonly message: Message }
  | { readonly kind: 'wrote'; readonly who: string; readonly text: string }
  | { readonly kind: 'pressed'; readonly who: string; readonly label: string }
  | { readonly kind: 'posted'; readonly channel: string; readonly message: Message };

type Cue = { readonly at: Date; readonly run: () => Promise<void> };
type Card = { readonly part: Part; readonly script: Extract<Act, { kind: 'writes' }>; hasCorrected: boolean; isDone: boolean };

export type StageOptions = {
  readonly clock: { now(): Date };
  readonly parts: readonly Part[];
  readonly replies: ReadonlyMap<string, ScriptedReply>;
  readonly tell: (event: StageEvent) => Promise<void>;
};

/**
 * The platform of the demo and the people on it: it keeps what it is given, and its people do what their part says, some minutes
 * or days after they were asked. Everything they do goes through the same flows as on any platform.
 */
export class Stage implements Messenger {
  readonly platform = 'terminal';
  private readonly kept = new Map<string, { key: DeliveryKey; to: string; message: Message }>();
  private readonly cards = new Map<string, Card>();
  private readonly cues: Cue[] = [];
  /** What somebody will do when asked again, by person and wave. */
  private readonly waiting = new Map<string, Act>();
  private readonly played = new Set<string>();
  private ports: Ports | null = null;
  private events = 0;
  private sent = 0;

  constructor(private readonly options: StageOptions) {}

  /** Lets the people speak to this bot. */
  open(ports: Ports): void {
    this.ports = ports;
    for (const part of this.options.parts) {
      if (part.unasked) this.cue(new Date(`${part.unasked.on}T12:00:00Z`), () => this.writeUnasked(part));
    }
  }

  nextCue(): Date | null {
    return this.cues[0]?.at ?? null;
  }

  /** Everything that people do by now. */
  async play(): Promise<void> {
    while (this.cues[0] && this.cues[0].at <= this.options.clock.now()) await this.cues.shift()?.run();
  }

  async send(address: Address, key: DeliveryKey, message: Message): Promise<Result<string, SendFailure>> {
    const ref = `m${++this.sent}`;
    if (address.what === 'channel') {
      await this.options.tell({ kind: 'posted', channel: address.id, message });
    } else {
      const conversation = await this.conversationAt(address.id);
      const part = this.options.parts.find((each) => each.name === conversation?.person.name) ?? null;
      if (part?.accountLostOn && this.options.clock.now() >= new Date(part.accountLostOn)) {
        return fail({ kind: 'unreachable', why: 'deactivated' });
      }
      const who = part?.name ?? 'somebody';
      const what = conversation?.sent.find((own) => own.key === key)?.kind ?? 'note';
      await this.options.tell({ kind: 'told', who, what, message });
      if (part) this.cue(this.in(MINUTE_MS), () => this.react(part, address, key, ref));
    }
    this.kept.set(ref, { key, to: address.id, message });
    return ok(ref);
  }

  async edit(address: Address, ref: string, key: DeliveryKey, message: Message): Promise<Result<string, SendFailure>> {
    this.kept.set(ref, { key, to: address.id, message });
    const card = this.cards.get(ref);
    if (card) {
      await this.options.tell({ kind: 'edited', who: card.part.name, message });
      if (!card.isDone) this.cue(this.in(MINUTE_MS), () => this.lookAtCard(card, address, ref));
    }
    return ok(ref);
  }

  async remove(_address: Address, ref: string): Promise<Result<null, SendFailure>> {
    this.kept.delete(ref);
    return ok(null);
  }

  async find(key: DeliveryKey): Promise<Found> {
    const found = [...this.kept].find(([, kept]) => kept.key === key);
    return found ? { kind: 'found', ref: found[0] } : { kind: 'not_found' };
  }

  async membersOf(): ReturnType<Messenger['membersOf']> {
    return ok({ isPrivate: true, members: [] });
  }

  private cue(at: Date, run: () => Promise<void>): void {
    this.cues.push({ at, run });
    this.cues.sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  private in(ms: number): Date {
    return new Date(this.options.clock.now().getTime() + ms);
  }

  private bot(): Ports {
    if (!this.ports) throw new Error('nobody can speak before the stage is open');
    return this.ports;
  }

  private conversationAt(account: string): Promise<Conversation | null> {
    return this.bot().conversations.conversation(Number(account) as PersonId);
  }

  /** What somebody does when a message of the bot reaches them. */
  private async react(part: Part, address: Address, key: DeliveryKey, ref: string): Promise<void> {
    const conversation = await this.conversationAt(address.id);
    const own = conversation?.sent.find((each) => each.key === key);
    if (own?.kind === 'card') {
      const card = this.cards.get(`next ${address.id}`);
      if (card) this.cards.set(ref, card);
      return card ? this.lookAtCard(card, address, ref) : undefined;
    }
    if (own?.kind === 'note' && part.unasked?.confirms) return this.press(part, address, ref, 'erase', { choice: 'yes' });
    if (own?.kind !== 'question') return;
    const checkIn = conversation?.checkIns.find((each) => each.id === own.checkInId);
    const scene = `${address.id} ${checkIn?.waveMonths}`;
    const act = this.waiting.get(scene) ?? (this.played.has(scene) ? undefined : part.acts[checkIn?.waveMonths ?? -1]);
    this.waiting.delete(scene);
    this.played.add(scene);
    if (act && act.kind !== 'is silent')
      this.cue(this.in((act.afterDays ?? 0) * DAY_MS + 20 * MINUTE_MS), () => this.perform(part, act, address, ref, scene));
  }

  private async perform(
    part: Part,
    act: Exclude<Act, { kind: 'is silent' }>,
    address: Address,
    ref: string,
    scene: string,
  ): Promise<void> {
    if (act.kind === 'writes') {
      this.cards.set(`next ${address.id}`, { part, script: act, hasCorrected: false, isDone: false });
      for (const text of this.options.replies.get(act.reply)?.messages ?? []) await this.write(part, address, text);
      return;
    }
    if (act.next) this.waiting.set(scene, act.next);
    await this.press(part, address, ref, act.verb);
  }

  private async writeUnasked(part: Part): Promise<void> {
    const ports = this.bot();
    for (let id = 1; id <= this.options.parts.length; id += 1) {
      const conversation = await ports.conversations.conversation(id as PersonId);
      if (conversation?.person.name === part.name && part.unasked) {
        return this.write(part, { platform: 'terminal', id: String(id), what: 'person' }, part.unasked.text);
      }
    }
  }

  private async write(part: Part, { id }: Address, text: string): Promise<void> {
    await this.options.tell({ kind: 'wrote', who: part.name, text });
    const from: Account = { platform: 'terminal', id };
    const now = this.options.clock.now();
    await takeInMessage(this.bot(), { kind: 'new', from, externalId: `said-${++this.events}`, text, sentAt: now });
  }

  /** Puts one thing right at a time, as a person does, and then says that it is right. */
  private async lookAtCard(card: Card, address: Address, ref: string): Promise<void> {
    const message = this.kept.get(ref)?.message;
    if (!message || card.isDone || card.script.card === 'leaves it') return;
    if (card.script.corrects && !card.hasCorrected) {
      card.hasCorrected = true;
      return this.write(card.part, address, card.script.corrects);
    }
    const reply = this.options.replies.get(card.script.reply);
    const wrong = reply?.meant && firstWrong(message, reply.meant);
    if (wrong) return this.press(card.part, address, ref, wrong.verb, { value: wrong.value });
    if (hasControl(message, 'right')) return this.press(card.part, address, ref, 'right');
    if (card.part.names && hasControl(message, 'names'))
      return this.press(card.part, address, ref, 'names', { choice: card.part.names });
    if (hasControl(message, 'help')) return this.press(card.part, address, ref, 'help', { choice: 'yes' });
    card.isDone = true;
    if (reply?.rating && hasControl(message, 'influence'))
      await this.press(card.part, address, ref, 'influence', { value: String(reply.rating) });
  }

  private async press(
    part: Part,
    { id }: Address,
    ref: string,
    verb: string,
    pick: { value?: string; choice?: string } = {},
  ): Promise<void> {
    const message = this.kept.get(ref)?.message;
    const control = message && findControl(message, verb, pick.choice);
    const pressed = control && parseControlId(control.id);
    if (!pressed) return;
    await this.options.tell({ kind: 'pressed', who: part.name, label: labelOf(control, pick.value) });
    await takeInPress(this.bot(), {
      from: { platform: 'terminal', id },
      eventId: `pressed-${++this.events}`,
      ref: pressed,
      value: pick.value ?? null,
    });
  }
}

const controlsOf = (message: Message) => message.parts.flatMap((part) => (part.kind === 'controls' ? part.controls : []));

function findControl(message: Message, verb: string, choice?: string): Control | undefined {
  return controlsOf(message).find((control) => {
    const ref = parseControlId(control.id);
    return ref?.verb === verb && (choice === undefined || ref.choice === choice);
  });
}

const hasControl = (message: Message, verb: string) => findControl(message, verb) !== undefined;

/** The first of the card's two selects that does not say what was meant. */
function firstWrong(
  message: Message,
  meant: NonNullable<ScriptedReply['meant']>,
): { verb: 'kind' | 'track'; value: string } | null {
  for (const verb of ['kind', 'track'] as const) {
    const select = findControl(message, verb);
    if (select?.kind === 'select' && select.chosen !== meant[verb]) return { verb, value: meant[verb] };
  }
  return null;
}

function labelOf(control: Control, value: string | undefined): string {
  if (control.kind === 'button') return control.label;
  return `${control.prompt} ${control.choices.find((choice) => choice.value === value)?.label ?? ''}`;
}
