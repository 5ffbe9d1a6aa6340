import { homeView } from '../../adapters/slack/home.js';
import { formView } from '../../adapters/slack/modal.js';
import { renderWhole } from '../../adapters/slack/render.js';
import { EXAMPLES, FORM_EXAMPLES } from './examples.js';
import { FURTHER_EXAMPLES } from './further-examples.js';
import { type Drawn, slackPage } from './slack-page.js';

/** Files by their names: what goes into Slack's Block Kit Builder for each example, and a page that shows all of it. */
export function slackFiles(): ReadonlyMap<string, string> {
  const messages = [...EXAMPLES, ...FURTHER_EXAMPLES].flatMap(({ name, title, key, message }) =>
    renderWhole(message).map(({ text, blocks }, page, { length }) => ({
      name: page === 0 ? name : `${name}-${page + 1}`,
      json: { text, blocks },
      drawn: {
        kind: 'message' as const,
        name: page === 0 ? name : `${name}-${page + 1}`,
        title: length === 1 ? title : `${title} (${page + 1} of ${length})`,
        isToAskerAlone: key === null,
        text,
        blocks,
      },
    })),
  );
  const home = EXAMPLES.filter((each) => each.name === 'data').map(({ message }) => {
    const view = homeView(message);
    return {
      name: 'home',
      json: view,
      drawn: { kind: 'home' as const, name: 'home', title: 'The Home tab', blocks: view.blocks },
    };
  });
  const forms = FORM_EXAMPLES.map(({ name, title, form }) => {
    const view = formView(form);
    return { name: `${name}-form`, json: view, drawn: { kind: 'modal' as const, name: `${name}-form`, title, view } };
  });
  const all: readonly { readonly name: string; readonly json: object; readonly drawn: Drawn }[] = [
    ...messages,
    ...home,
    ...forms,
  ];
  return new Map([
    ...all.map(({ name, json }): [string, string] => [`${name}.json`, `${JSON.stringify(json, null, 2)}\n`]),
    ['index.html', slackPage(all.map((each) => each.drawn))],
  ]);
}
