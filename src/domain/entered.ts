import type { Form, FormError, FormField, FormValues } from './message.js';

/** All that was entered, by the name of its field: no two fields of a form have the same. */
export type Entered = Readonly<Record<string, string>>;
export const enteredIn = (values: FormValues): Entered => Object.assign({}, ...values);

/** A problem at its field, wherever in the form that stands. */
export function errorAt(form: Form, field: string, message: string): FormError {
  const section = form.sections.findIndex((each) => each.fields.some(({ name }) => name === field));
  return { section: Math.max(0, section), field, message };
}

/** The form with what was entered in place of what stood in it. */
export function filledWith(form: Form, entered: Entered): Form {
  const fill = (field: FormField): FormField => {
    const value = entered[field.name];
    return value === undefined || field.kind === 'file' ? field : { ...field, value };
  };
  return { ...form, sections: form.sections.map((section) => ({ ...section, fields: section.fields.map(fill) })) };
}
