import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { DiscordBody } from '../../adapters/discord/render.js';
import { discordShows, type Shown } from './discord-markdown.js';

export type Drawn = { readonly title: string } & (
  | { readonly body: DiscordBody; readonly isToAskerAlone: boolean }
  | { readonly modal: APIModalInteractionResponseCallbackData }
);

const STYLE = `
body { margin: 0; background: #313338; color: #dbdee1; font: 16px/1.375 "gg sans", "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
main { width: 640px; padding: 12px 24px 32px; }
section > h2 { font-size: 12px; font-weight: 600; text-transform: uppercase; letter-spacing: .04em; color: #949ba4; border-top: 1px solid #3f4147; padding-top: 14px; margin: 26px 0 10px; }
.message { display: grid; grid-template-columns: 40px 1fr; gap: 16px; }
.face { width: 40px; height: 40px; border-radius: 50%; background: #3d8f87; color: #fff; display: grid; place-items: center; font-weight: 700; font-size: 18px; }
.who b { color: #f2f3f5; font-weight: 600; } .who i { font-style: normal; font-size: 10px; background: #5865f2; color: #fff; border-radius: 3px; padding: 1px 5px; margin: 0 6px; vertical-align: 2px; } .who small { color: #949ba4; font-size: 12px; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; }
.words h3 { font-size: 16px; line-height: 1.375; margin: 4px 0 2px; color: #f2f3f5; } .words .subtext { font-size: 13px; color: #949ba4; display: block; }
.words .quote { display: block; border-left: 4px solid #4e5058; border-radius: 2px; padding-left: 10px; margin: 2px 0; white-space: pre-wrap; } .words .item { display: block; padding-left: 20px; text-indent: -12px; }
.words pre { background: #2b2d31; border: 1px solid #1e1f22; border-radius: 4px; padding: 7px; font: 14px/1.3 Consolas, "DejaVu Sans Mono", monospace; margin: 6px 0; white-space: pre-wrap; } .words .acting { background: #3c4270; color: #c9cdfb; border-radius: 3px; }
.embed { background: #2b2d31; border-left: 4px solid; border-radius: 4px; padding: 10px 16px 14px 12px; margin-top: 4px; max-width: 500px; font-size: 15px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; } .button { border-radius: 8px; padding: 6px 16px; background: #4e5058; color: #fff; font-weight: 500; font-size: 14px; } .primary { background: #5865f2; } .danger { background: #da373c; }
.select { width: 400px; background: #1e1f22; border: 1px solid #3f4147; border-radius: 8px; padding: 9px 12px; display: flex; justify-content: space-between; color: #dbdee1; font-size: 15px; } .select.empty { color: #949ba4; }
.file { border: 1px solid #3f4147; background: #2b2d31; border-radius: 8px; padding: 14px; width: 400px; margin-top: 8px; color: #949ba4; font-size: 14px; } .file b { color: #00a8fc; display: block; font-weight: 500; }
.alone { color: #949ba4; font-size: 12px; margin-top: 8px; }
.modal { background: #242429; border: 1px solid #3f4147; border-radius: 12px; width: 440px; padding: 20px; } .modal h1 { font-size: 20px; margin: 0 0 4px; color: #f2f3f5; } .modal label { display: block; font-weight: 500; margin-top: 16px; color: #f2f3f5; } .modal label > span { color: #f23f43; } .modal label small { display: block; font-weight: 400; color: #949ba4; font-size: 13px; }
.modal .input, .modal .select { width: auto; margin-top: 6px; background: #1e1f22; border: 1px solid #3f4147; border-radius: 8px; padding: 9px 12px; min-height: 20px; } .modal .long { min-height: 64px; } .modal footer { display: flex; justify-content: flex-end; gap: 8px; margin-top: 20px; }
`;

const html = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Everything on one page that looks like Discord's client in the dark. */
export function discordPage(all: readonly Drawn[]): string {
  const sections = all.map(
    (each) => `<section><h2>${html(each.title)}</h2>${'modal' in each ? modalHtml(each.modal) : messageHtml(each)}</section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Afterwards in Discord</title><style>${STYLE}</style><main>${sections.join('')}</main></html>\n`;
}

function messageHtml({ body, isToAskerAlone }: Extract<Drawn, { body: unknown }>): string {
  const colour = (color: number | undefined) => `#${(color ?? 0x1e1f22).toString(16).padStart(6, '0')}`;
  const embeds = body.embeds.map(
    ({ color, description = '' }) =>
      `<div class="embed" style="border-color:${colour(color)}"><div class="words">${wordsHtml(description)}</div></div>`,
  );
  const files = body.attachments.map(
    ({ filename, description = '' }) => `<div class="file"><b>${html(filename)}</b>${html(description)}</div>`,
  );
  const rows = body.components.map(({ components }) => `<div class="row">${components.map(controlHtml).join('')}</div>`);
  const alone = isToAskerAlone ? '<div class="alone">Only you can see this · Dismiss message</div>' : '';
  return `<div class="message"><div class="face">A</div><div><div class="who"><b>Afterwards</b><i>APP</i><small>Today at 10:00</small></div><div class="words">${wordsHtml(body.content)}</div>${embeds.join('')}${files.join('')}${rows.join('')}${alone}</div></div>`;
}

const wordsHtml = (content: string): string => discordShows(content).map(shownHtml).join('');

function shownHtml(shown: Shown): string {
  const inner = 'children' in shown ? shown.children.map(shownHtml).join('') : html(shown.text);
  switch (shown.kind) {
    case 'text':
      return inner;
    case 'heading':
      return `<h3>${inner}</h3>`;
    case 'quote':
    case 'item':
    case 'subtext':
      return `<span class="${shown.kind}">${shown.kind === 'item' ? '•&ensp;' : ''}${inner}</span>`;
    case 'strong':
      return `<b>${inner}</b>`;
    case 'em':
      return `<em>${inner}</em>`;
    case 'underline':
      return `<u>${inner}</u>`;
    case 'strike':
      return `<s>${inner}</s>`;
    case 'codeBlock':
      return `<pre>${inner}</pre>`;
    default:
      return `<span class="acting">${inner}</span>`;
  }
}

type Component = DiscordBody['components'][number]['components'][number];

function controlHtml(component: Component): string {
  if ('options' in component) return selectHtml(component.options, component.placeholder ?? 'Make a selection');
  const style = { 1: ' primary', 4: ' danger' }[component.type === 2 ? (component.style as number) : 0] ?? '';
  return 'label' in component ? `<span class="button${style}">${html(component.label ?? '')}</span>` : '';
}

function selectHtml(options: readonly { label: string; default?: boolean }[], placeholder: string): string {
  const chosen = options.find((each) => each.default);
  return `<div class="select${chosen ? '' : ' empty'}"><span>${html(chosen?.label ?? placeholder)}</span><span>⌄</span></div>`;
}

function modalHtml({ title, components }: APIModalInteractionResponseCallbackData): string {
  const fields = components.map((each) => {
    if (!('label' in each) || !('component' in each)) return '';
    const { component } = each;
    const star = 'required' in component && component.required ? ' <span>*</span>' : '';
    const hint = each.description ? `<small>${html(each.description)}</small>` : '';
    const field =
      'options' in component && component.type === 3
        ? selectHtml(component.options, 'Make a selection')
        : `<div class="input${'style' in component && component.style === 2 ? ' long' : ''}">${html('value' in component ? (component.value ?? '') : component.type === 19 ? 'Drop file here or browse' : '')}</div>`;
    return `<label>${html(each.label)}${star}${hint}${field}</label>`;
  });
  return `<div class="modal"><h1>${html(title)}</h1>${fields.join('')}<footer><span class="button">Cancel</span><span class="button primary">Submit</span></footer></div>`;
}
