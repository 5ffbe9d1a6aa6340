import type { OpenForm } from '../platform-stage.js';
import type { Interaction, Shown } from './interactions.js';
import { bodiesIn, isBody, textIn } from './message-bodies.js';
import type { Entered, Person } from './people.js';
import { componentsIn, wordsIn } from './seen.js';
import type { Body } from './state.js';

export type FilledForm = {
  /** What was answered on the way. */
  readonly answers: readonly Interaction[];
  /** Null once the form is done with. */
  readonly next: OpenedForm | null;
};

/** A page of a form: the modal that asks for it, and in which section of the whole its fields stand. */
type Page = { readonly section: number; readonly modal: Interaction; readonly fields: Readonly<Record<string, string>> };

const PAGE = /^aw:(?:form|ask):[^~]+~(\d+)\.(\d+)m?$/;
const SAVE = /~save$/;
const DONE = /~done$/;

/** A form as a whole: one modal, or a message whose buttons open a modal for each of its pages. */
export class OpenedForm {
  private constructor(
    private readonly person: Person,
    private readonly message: Shown | null,
    private readonly pages: readonly Page[],
    readonly shown: OpenForm,
  ) {}

  /** The form that an answer opened; null where it opened none. */
  static async in(person: Person, answered: Interaction): Promise<OpenedForm | null> {
    if (answered.modal) {
      const fields = fieldsOf(answered.modal);
      return new OpenedForm(person, null, [{ section: 0, modal: answered, fields }], {
        title: String(answered.modal.title),
        sections: [fields],
        errors: [],
      });
    }
    const message = answered.told.at(-1);
    return message && pageButtons(message).length > 0 ? OpenedForm.behind(person, message) : null;
  }

  /** Looks behind every button: what stands in a page is only seen there. */
  private static async behind(person: Person, message: Shown): Promise<OpenedForm> {
    const pages: Page[] = [];
    for (const { customId, section } of pageButtons(message)) {
      const modal = await person.presses(message, customId);
      if (modal.modal) pages.push({ section, modal, fields: fieldsOf(modal.modal) });
    }
    const sections = pages.reduce<Record<string, string>[]>((all, { section, fields }) => {
      while (all.length <= section) all.push({});
      Object.assign(all[section] ?? {}, fields);
      return all;
    }, []);
    const [title = '', ...lines] = wordsIn(message).split('\n');
    const isWrong = componentsIn(message).some((each) => String(each.label).startsWith('Try again'));
    return new OpenedForm(person, message, pages, {
      title,
      sections,
      errors: isWrong ? lines.filter((line) => /^.+: .+/.test(line)) : [],
    });
  }

  /** Enters these into the pages that ask for them, and sends each. Where something is wrong, only what was wrong is asked again. */
  async fills(changes: readonly Entered[], files: Readonly<Record<string, string>>): Promise<FilledForm> {
    const attached = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, { name: `${name}.csv`, bytes: new TextEncoder().encode(text) }]),
    );
    const answers: Interaction[] = [];
    for (const page of this.pages) {
      const own = Object.entries({ ...changes[page.section], ...attached }).filter(([name]) => name in page.fields);
      if (own.length === 0 && this.pages.length > 1) continue;
      answers.push(await this.person.submits(page.modal, Object.fromEntries(own)));
    }
    return this.after(answers);
  }

  private async after(answers: readonly Interaction[]): Promise<FilledForm> {
    const message = this.message ?? answers.at(-1)?.told.at(-1) ?? null;
    if (!message || pageButtons(message).length === 0) return { answers, next: null };
    const next = await OpenedForm.behind(this.person, message);
    if (next.shown.errors.length > 0) return { answers, next };
    const last = componentsIn(message).find(({ custom_id }) => SAVE.test(String(custom_id)) || DONE.test(String(custom_id)));
    if (!last) return { answers, next };
    const ended = await this.person.presses(message, String(last.custom_id));
    const opened =
      SAVE.test(String(last.custom_id)) && pageButtons(message).length > 0 ? await OpenedForm.behind(this.person, message) : null;
    return { answers: [...answers, ended], next: opened };
  }
}

function pageButtons(message: Body): readonly { readonly customId: string; readonly section: number }[] {
  return componentsIn(message).flatMap(({ custom_id }) => {
    const page = PAGE.exec(String(custom_id));
    return page ? [{ customId: String(custom_id), section: Number(page[1]) }] : [];
  });
}

/** What stands in the fields of a modal. */
function fieldsOf(modal: Body): Readonly<Record<string, string>> {
  const fields = bodiesIn(modal, 'components').map((each) => (isBody(each.component) ? each.component : {}));
  return Object.fromEntries(
    fields.map((field) => {
      const chosen = bodiesIn(field, 'options').find((each) => each.default === true);
      const value = field.type === 3 ? String(chosen?.value ?? '') : (textIn(field, 'value') ?? '');
      return [String(field.custom_id), value === 'aw:none' ? '' : value];
    }),
  );
}
