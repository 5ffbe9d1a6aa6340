import type { Picture } from './pictures.js';

/**
 * A message to a person as a value: adapters render it in their platform's own manner. Every text in it is plain:
 * an adapter escapes all of it, since names, replies and rosters come from people.
 */
export type Message = { readonly parts: readonly Part[] };

export type Part =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Small print: who reads this, how to leave. */
  | { readonly kind: 'note'; readonly text: string }
  /** Somebody's own words. */
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'fields'; readonly fields: readonly { readonly label: string; readonly value: string }[] }
  /** Lines whose columns should stand under each other. */
  | { readonly kind: 'preformatted'; readonly text: string }
  | { readonly kind: 'image'; readonly png: Uint8Array; readonly fileName: string; readonly alt: string }
  /** A picture that is yet to be drawn: that is done right before it is sent. Where nothing draws, what it shows is said in words. */
  | { readonly kind: 'chart'; readonly picture: Picture }
  | { readonly kind: 'file'; readonly fileName: string; readonly text: string }
  /** The files of a programme's export, which are yet to be made, right before they are sent. `askedBy` stands in the log. */
  | { readonly kind: 'export'; readonly programme: string; readonly askedBy: string }
  | { readonly kind: 'controls'; readonly controls: readonly Control[] };

export type Choice = { readonly value: string; readonly label: string };

/** Something to press. The id is `aw:<verb>:<key>`, see `controlId`. */
export type Control =
  | { readonly kind: 'button'; readonly id: string; readonly label: string; readonly style?: 'primary' | 'danger' }
  | {
      readonly kind: 'select';
      readonly id: string;
      /** What is asked; shown while nothing is chosen. */
      readonly prompt: string;
      readonly choices: readonly Choice[];
      readonly chosen: string | null;
    };

/** A form to fill in. Its fields are named as in the codebook; a section is one activity. */
export type Form = {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly FormSection[];
  readonly submitLabel: string;
};
export type FormSection = {
  readonly title: string;
  /** Small print under the title. */
  readonly note?: string;
  readonly fields: readonly FormField[];
};
export type FormField =
  | {
      readonly kind: 'text';
      readonly name: string;
      readonly label: string;
      readonly value: string;
      readonly hint?: string;
      readonly optional: boolean;
      /** Room for several lines. */
      readonly isLong?: boolean;
      /** How many characters are kept. */
      readonly longest?: number;
    }
  | {
      readonly kind: 'select';
      readonly name: string;
      readonly label: string;
      readonly value: string | null;
      readonly choices: readonly Choice[];
    }
  /** An ISO day. */
  | {
      readonly kind: 'day';
      readonly name: string;
      readonly label: string;
      readonly value: string | null;
      readonly optional: boolean;
    }
  /** A file to attach; its bytes come beside the values. */
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly label: string;
      readonly value: null;
      readonly hint?: string;
      readonly optional: boolean;
    };

/** What a form was sent with: one map of field name to value a section, in order. */
export type FormValues = readonly Readonly<Record<string, string>>[];
/** A problem with what was entered, shown at its field. */
export type FormError = { readonly section: number; readonly field: string; readonly message: string };

export const VERBS = [
  'no_change',
  'later',
  'stop',
  'right',
  'change',
  'undo',
  'kind',
  'track',
  'names',
  'influence',
  'channels',
  'help',
  'keep',
  'zone',
  'pause',
  'more',
  'erase',
  'resume',
  'form',
  'ask',
] as const;
export type Verb = (typeof VERBS)[number];

/** `aw:<verb>:<key>`; `choice` tells two buttons of one verb apart and stands behind a dot in the key. */
export function controlId(verb: Verb, key: string, choice?: string): string {
  return `aw:${verb}:${key}${choice === undefined ? '' : `.${choice}`}`;
}

export type ControlRef = { readonly verb: Verb; readonly key: string; readonly choice: string | null };

/** Reads an id that came back from a platform; null for anything that is not ours. */
export function parseControlId(id: string): ControlRef | null {
  const match = /^aw:([a-z_]+):([A-Za-z0-9_-]{1,40})(?:\.([A-Za-z0-9_-]{1,40}))?$/.exec(id);
  const verb = VERBS.find((each) => each === match?.[1]);
  if (!match?.[2] || !verb) return null;
  return { verb, key: match[2], choice: match[3] ?? null };
}

export const paragraph = (text: string): Part => ({ kind: 'paragraph', text });
export const say = (...texts: readonly string[]): Message => ({ parts: texts.map(paragraph) });

/** Stands for a message's own key until it is sent: a note is written down before its key is known. */
export const OWN_KEY = 'own';

/** The message with every control under its own key. */
export function withKey(message: Message, key: string): Message {
  const bound = (control: Control): Control => ({ ...control, id: control.id.replace(`:${OWN_KEY}`, `:${key}`) });
  return {
    parts: message.parts.map((part) => (part.kind === 'controls' ? { ...part, controls: part.controls.map(bound) } : part)),
  };
}

export function button(
  verb: Verb,
  key: string,
  label: string,
  extra: { choice?: string; style?: 'primary' | 'danger' } = {},
): Control {
  const id = controlId(verb, key, extra.choice);
  return extra.style === undefined ? { kind: 'button', id, label } : { kind: 'button', id, label, style: extra.style };
}

export const controls = (...all: readonly Control[]): Part => ({ kind: 'controls', controls: all });
export const note = (text: string): Part => ({ kind: 'note', text });
