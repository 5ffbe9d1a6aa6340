import { type Control, type FormField, parseControlId } from '../../src/domain/message.js';
import { controlsIn } from './fake-messenger.js';
import type { OpenForm, Organiser, Pick, Seen } from './platform-stage.js';
import { seen, type TerminalStage } from './terminal-stage.js';

/** Somebody whom the chat lets one be. */
export class TerminalActor implements Organiser {
  /** Null for whoever is on no list: the terminal knows nobody else. */
  number: number | null = null;
  private readonly shown: string[] = [];

  constructor(
    private readonly stage: TerminalStage,
    readonly name: string,
    readonly timeZone: string,
    private readonly isOrganiser = false,
  ) {}

  get id(): string {
    return this.isOrganiser ? 'organiser' : String(this.number ?? '');
  }

  /** Takes their place in the chat, with their last message in front of them. */
  private async sits(): Promise<void> {
    if (this.stage.open) await this.stage.types('/cancel');
    this.stage.open = null;
    this.stage.answered = null;
    await this.stage.types(`/be ${this.id}`);
  }

  async says(text: string): Promise<string> {
    await this.sits();
    await this.stage.types(text);
    if (this.stage.lastWritten === null) throw new Error('the chat handed on nothing');
    return this.stage.lastWritten;
  }

  async edits(id: string, text: string): Promise<void> {
    await this.changes(id, `/edit ${text}`);
  }

  async deletes(id: string): Promise<void> {
    await this.changes(id, '/delete');
  }

  private async changes(id: string, line: string): Promise<void> {
    if (id !== this.stage.lastWritten) throw new Error('the chat changes only what was written last');
    await this.sits();
    await this.stage.types(line);
  }

  async presses(verb: string, { choice, value, on }: Pick = {}): Promise<void> {
    const isMeant = ({ id }: Control) => {
      const ref = parseControlId(id);
      return ref?.verb === verb && (choice === undefined || ref.choice === choice);
    };
    const answered = this.stage.answered && controlsIn(this.stage.answered);
    if (on !== undefined || !answered?.some(isMeant)) await this.sits();
    const last = this.messages().at(-1);
    if (on !== undefined && on !== last?.ref) throw new Error('the chat numbers only what was shown last');
    const controls = (this.stage.answered ? answered : last && controlsIn(last.message)) ?? [];
    const at = controls.findIndex(isMeant);
    const control = controls[at];
    if (!control) throw new Error(`there is nothing to press for ${verb} in front of ${this.name}`);
    const chosen = control.kind === 'select' ? ` ${control.choices.findIndex((each) => each.value === value) + 1}` : '';
    await this.hears(`${at + 1}${chosen}`);
  }

  async pressesOf(): Promise<void> {
    throw new Error('in the chat one presses only what is in front of oneself');
  }

  async commands(text: string): Promise<void> {
    await this.sits();
    await this.hears(text);
  }

  private async hears(...lines: readonly string[]): Promise<void> {
    const words = await this.stage.types(...lines);
    if (words.trim() !== '') this.shown.push(words);
  }

  form(): OpenForm | null {
    const { open } = this.stage;
    return open && { title: open.form.title, sections: open.values, errors: open.errors.map(({ message }) => message) };
  }

  /** The chat asks field by field; after a refusal only those that were refused. */
  async fills(changes: readonly Readonly<Record<string, string>>[], files: Readonly<Record<string, string>> = {}): Promise<void> {
    const { open } = this.stage;
    if (!open) throw new Error(`no form is open in front of ${this.name}`);
    for (const [field, text] of Object.entries(files)) this.stage.files.set(`${field}.csv`, new TextEncoder().encode(text));
    const lines: string[] = [];
    for (const [section, { fields }] of open.form.sections.entries())
      for (const field of fields) {
        const isAsked =
          open.errors.length === 0 || open.errors.some((each) => each.section === section && each.field === field.name);
        const changed = field.name in files ? `${field.name}.csv` : changes[section]?.[field.name];
        if (isAsked) lines.push(changed === undefined ? '' : entered(field, changed));
        const stands = changed ?? open.values[section]?.[field.name];
        if (field.kind === 'select' && field.name === 'kind' && ['', 'remove'].includes(stands ?? '')) break;
      }
    await this.hears(...lines);
  }

  async sendsList(): Promise<void> {
    throw new Error('a file is named in the form there');
  }

  async isOffered(): Promise<readonly string[]> {
    throw new Error('the terminal offers nothing while one types');
  }

  sees(): readonly Seen[] {
    return this.messages().map(seen);
  }

  private messages() {
    return this.id === '' ? [] : this.stage.messenger.messagesTo({ platform: 'terminal', id: this.id });
  }

  told(): readonly string[] {
    return this.shown;
  }

  reads(): string {
    return this.shown.at(-1) ?? '';
  }
}

/** What one types for a value. */
function entered(field: FormField, value: string): string {
  if (field.kind !== 'select') return value === '' ? '-' : value;
  return String(field.choices.findIndex((each) => each.value === value) + 1);
}
