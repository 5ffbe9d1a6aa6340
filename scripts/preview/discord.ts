import { joiningMessage } from '../../adapters/discord/form-messages.js';
import { modalOf, pagesOf } from '../../adapters/discord/form-pages.js';
import { renderMessage } from '../../adapters/discord/render.js';
import type { Form } from '../../src/domain/message.js';
import { type Drawn, discordPage } from './discord-page.js';
import { EXAMPLES, FORM_EXAMPLES } from './examples.js';

/** Files by their names: what Discord's API is sent for each example, and a page that shows all of it. */
export function discordFiles(): ReadonlyMap<string, string> {
  const messages = EXAMPLES.map(({ name, title, key, message }) => ({
    name,
    drawn: { title, body: renderMessage(message, key).body, isToAskerAlone: key === null },
  }));
  const forms = FORM_EXAMPLES.flatMap(({ name, title, form }) => formDrawn(name, title, form));
  const all = [...messages, ...forms];
  return new Map([
    ...all.map(({ name, drawn }): [string, string] => [`${name}.json`, `${JSON.stringify(sentIn(drawn), null, 2)}\n`]),
    ['index.html', discordPage(all.map((each) => each.drawn))],
  ]);
}

const sentIn = (drawn: Drawn) => ('modal' in drawn ? drawn.modal : drawn.body);

function formDrawn(name: string, title: string, form: Form): readonly { readonly name: string; readonly drawn: Drawn }[] {
  const [first, ...others] = pagesOf(form);
  if (!first) return [];
  const modal = {
    name: `${name}-form`,
    drawn: { title: `${title}: the form`, modal: modalOf(form, first, [], others.length > 0) },
  };
  if (others.length === 0) return [modal];
  const message = (errors: Parameters<typeof joiningMessage>[0]['errors']) =>
    renderMessage(joiningMessage({ form, entered: [], errors }), null).body;
  const [field] = others[0]?.fields ?? [];
  const wrong = field ? [{ section: others[0]?.section ?? 0, field: field.name, message: 'This is needed.' }] : [];
  return [
    { name, drawn: { title, body: message([]), isToAskerAlone: true } },
    modal,
    { name: `${name}-refused`, drawn: { title: `${title}: refused`, body: message(wrong), isToAskerAlone: true } },
  ];
}
