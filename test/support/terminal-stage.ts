import { PassThrough } from 'node:stream';
import { openChat } from '../../adapters/terminal/chat.js';
import type { Chat, ChatPorts, TerminalMessenger } from '../../adapters/terminal/chat-ports.js';
import { openTerminalMessenger } from '../../adapters/terminal/messenger.js';
import { organiserListsIn } from '../../db/organiser-lists.js';
import type { Form, FormError, FormValues, Message } from '../../src/domain/message.js';
import type { Answer, FormAnswer, Hearing } from '../../src/platform-ports.js';
import { controlsIn, wordsIn } from './fake-messenger.js';
import { PlatformBot, TurnedClock } from './platform-bot.js';
import type { Actor, OrganisersStage, Seen, StageChannel, Trouble } from './platform-stage.js';
import { TerminalActor } from './terminal-actor.js';
import type { TestDb } from './test-db.js';

type Open = { readonly form: Form; readonly values: FormValues; readonly errors: readonly FormError[] };
const COLUMNS = 100;

/** The stage in the terminal: the real chat, played line by line, whoever one is in it at the moment. */
export class TerminalStage implements OrganisersStage {
  readonly platform = 'terminal';
  readonly files = new Map<string, Uint8Array>();
  /** The form that is being filled in. */
  open: Open | null = null;
  /** What was answered last to whoever acted, with what can be pressed on it. */
  answered: Message | null = null;
  lastWritten: string | null = null;
  messenger!: TerminalMessenger;
  bot!: PlatformBot;
  private readonly people = new Map<string, TerminalActor>();
  private readonly input = new PassThrough();
  private readonly output = Object.assign(new PassThrough(), { columns: COLUMNS });
  private screen = '';
  private signal: (() => void) | null = null;
  private chat: Chat | null = null;

  private constructor(
    readonly clock: TurnedClock,
    private readonly test: TestDb,
  ) {
    this.output.setEncoding('utf8').on('data', (text: string) => {
      this.screen += text;
    });
  }

  static async open({ test, startsAt }: { readonly test: TestDb; readonly startsAt: string }): Promise<TerminalStage> {
    const stage = new TerminalStage(new TurnedClock(new Date(startsAt)), test);
    const messenger = await openTerminalMessenger({ clock: stage.clock, folder: null });
    stage.messenger = messenger;
    const lost = new Promise<never>(() => {});
    const close = async () => {
      stage.chat?.close();
      await stage.chat?.done;
    };
    stage.bot = await PlatformBot.open({
      test,
      clock: stage.clock,
      environment: {},
      plug: () => ({
        messenger,
        listen: async (hearing) => {
          await stage.goesOn(() => stage.begin(hearing));
          return { notReady: () => null, close, serve: null, lost };
        },
      }),
    });
    return stage;
  }

  private begin(hearing: Hearing): void {
    let tokens = 0;
    const { clock, test, messenger, files } = this;
    const ports: ChatPorts = {
      messenger,
      clock,
      random: { token: () => `line-${String(++tokens).padStart(6, '0')}` },
      findPeople: organiserListsIn(test.db).findPeople,
      programmes: async () => ['ARENA'],
      hearing: this.watched(hearing),
      readFile: async (path) => files.get(path) ?? null,
      makeSample: () => Promise.reject(new Error('a story brings its own people')),
      // The chat waits here after each line; time goes on only when the story says so.
      settle: async () => this.signal?.(),
    };
    this.chat = openChat(ports, { input: this.input, output: this.output, colour: false });
  }

  /** The chat is done with a line when it settles, or when it asks for the fields of a form. */
  private watched(hearing: Hearing): Hearing {
    const took = (answer: Answer): Answer => {
      this.answered = answer.answer;
      if (answer.form) this.asks({ form: answer.form, values: valuesOf(answer.form), errors: [] });
      return answer;
    };
    const tookForm = (answer: FormAnswer, values: FormValues): FormAnswer => {
      if (answer.kind === 'errors' && this.open) this.asks({ ...this.open, values, errors: answer.errors });
      else this.open = null;
      if (answer.kind === 'saved') this.answered = answer.answer;
      return answer;
    };
    return {
      ...hearing,
      message: async (incoming) => {
        this.lastWritten = incoming.externalId;
        await hearing.message(incoming);
      },
      press: async (press) => took(await hearing.press(press)),
      alumnusCommand: async (command) => took(await hearing.alumnusCommand(command)),
      organiserCommand: async (command) => took(await hearing.organiserCommand(command)),
      form: async (form) => tookForm(await hearing.form(form), form.values),
    };
  }

  private asks(open: Open): void {
    this.open = open;
    this.signal?.();
  }

  private async goesOn(act: () => void): Promise<void> {
    const done = new Promise<void>((go) => {
      this.signal = go;
    });
    act();
    await done;
    this.signal = null;
  }

  /** Types lines, and resolves once the chat has done with them; what the bot's messages said on the screen meanwhile. */
  async types(...lines: readonly string[]): Promise<string> {
    const before = this.screen.length;
    await this.goesOn(() => this.input.write(`${lines.join('\n')}\n`));
    const barred = this.screen
      .slice(before)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    await this.look();
    return barred.map((line) => line.slice(2)).join('\n');
  }

  /** Whoever is on a list has a number from then on. */
  private async look(): Promise<void> {
    for (const { id, name } of await organiserListsIn(this.test.db).findPeople('', 100)) this.person(name).number = id;
  }

  get trouble(): Trouble {
    throw new Error('nothing lies between the terminal and the bot');
  }

  now = () => this.clock.now();
  cli = (...argv: readonly string[]) => this.bot.cli(...argv);
  async pass(ms: number): Promise<void> {
    await this.bot.pass(ms);
    await this.look();
  }
  async until(instant: string): Promise<void> {
    await this.bot.until(instant);
    await this.look();
  }

  person(name: string, about: { readonly timeZone?: string } = {}): TerminalActor {
    const known = this.people.get(name);
    if (known) return known;
    const actor = new TerminalActor(this, name, about.timeZone ?? '');
    this.people.set(name, actor);
    return actor;
  }

  /** Whoever sits at the terminal may speak for the organisers: there is nobody to be put on a list. */
  async organiser(name: string): Promise<TerminalActor> {
    return new TerminalActor(this, name, '', true);
  }

  /** A list needs one way to reach each; the terminal then reaches everybody by their number. */
  listOf(people: readonly Actor[]): string {
    const lines = people.map(({ name }, at) => `${name},UTERMINAL${at},${this.person(name).timeZone}`);
    return ['name,slack,timezone', ...lines].join('\n');
  }

  async import(
    { programme, cohort, ended }: { readonly programme: string; readonly cohort: string; readonly ended: string },
    people: readonly Actor[],
  ): Promise<void> {
    await this.bot.import([this.listOf(people)], ['--programme', programme, '--cohort', cohort, '--ended', ended]);
    await this.look();
  }

  group(): never {
    throw new Error('the terminal has no groups');
  }

  letsMembersBeListed(): void {}

  channel(name: string): StageChannel {
    const isHere = (id: string) => id === name;
    return {
      id: name,
      sees: () =>
        this.messenger
          .messagesTo('channels')
          .filter(({ to }) => isHere(to.id))
          .map(seen),
      pictures: () => [],
    };
  }

  close = () => this.bot.close();
}

export const seen = ({ ref, message }: { readonly ref: string; readonly message: Message }): Seen => ({
  id: ref,
  words: wordsIn(message),
  controls: controlsIn(message).map(({ id }) => id),
});

const valuesOf = (form: Form): FormValues =>
  form.sections.map(({ fields }) => Object.fromEntries(fields.map(({ name, value }) => [name, value ?? ''])));
