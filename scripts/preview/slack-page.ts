import type { types } from '@slack/bolt';

/** An example as the client would show it. `name` is that of its file. */
export type Drawn =
  | {
      readonly kind: 'message';
      readonly name: string;
      readonly title: string;
      readonly isToAskerAlone: boolean;
      readonly text: string;
      readonly blocks: readonly types.AnyBlock[];
    }
  | { readonly kind: 'home'; readonly name: string; readonly title: string; readonly blocks: readonly types.AnyBlock[] }
  | { readonly kind: 'modal'; readonly name: string; readonly title: string; readonly view: types.ModalView };

const safe = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const lines = (text: string) => safe(text).replaceAll('\n', '<br>');

/** One page with all of it, light and dark, each message beside what a screen reader says. */
export function slackPage(all: readonly Drawn[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Afterwards in Slack</title>
<style>${STYLE}</style></head>
<body><header><h1>Afterwards in Slack</h1><p>Drawn from the JSON files beside this page, which go into Slack’s Block Kit Builder as they are.</p></header>
${all.map(example).join('\n')}
</body></html>
`;
}

function example(drawn: Drawn): string {
  return `<section id="${drawn.name}"><h2>${safe(drawn.title)} <small>${drawn.name}.json</small></h2>
<div class="both">${['light', 'dark'].map((look) => `<div class="client ${look}">${client(drawn)}</div>`).join('')}</div>
${drawn.kind === 'message' ? `<details><summary>as words</summary><p>${drawn.text.replaceAll('\n', '<br>')}</p></details>` : ''}</section>`;
}

function client(drawn: Drawn): string {
  switch (drawn.kind) {
    case 'message':
      return `<div class="message"><div class="face">A</div><div class="body">${drawn.isToAskerAlone ? '<div class="only">Only visible to you</div>' : ''}<div class="who"><b>Afterwards</b> <span class="app">APP</span> <span class="time">10:00 AM</span></div>${drawn.blocks.map(block).join('')}</div></div>`;
    case 'home':
      return `<div class="home">${drawn.blocks.map(block).join('')}</div>`;
    case 'modal':
      return `<div class="modal"><div class="bar"><b>${safe(drawn.view.title.text)}</b><span>×</span></div><div class="inputs">${drawn.view.blocks.map(block).join('')}</div><div class="foot"><span class="button">${safe(drawn.view.close?.text ?? 'Cancel')}</span><span class="button primary">${safe(drawn.view.submit?.text ?? '')}</span></div></div>`;
  }
}

function block(any: types.AnyBlock): string {
  const each = any as types.KnownBlock;
  switch (each.type) {
    case 'header':
      return `<div class="header">${safe(each.text.text)}</div>`;
    case 'divider':
      return '<hr>';
    case 'context':
      return `<div class="context">${each.elements.map((one) => ('text' in one ? lines(one.text) : '')).join(' ')}</div>`;
    case 'rich_text':
      return `<div class="rich">${each.elements.map(rich).join('')}</div>`;
    case 'actions':
      return `<div class="actions">${each.elements.map(element).join('')}</div>`;
    case 'input':
      return `<div class="input"><label>${safe(each.label.text)}${each.optional ? ' <span class="optional">(optional)</span>' : ''}</label>${element(each.element)}${each.hint ? `<div class="hint">${safe(each.hint.text)}</div>` : ''}</div>`;
    default:
      throw new Error(`the page cannot draw a block of type ${each.type}`);
  }
}

function rich(each: types.RichTextBlockElement): string {
  switch (each.type) {
    case 'rich_text_section':
      return `<div>${words(each.elements)}</div>`;
    case 'rich_text_quote':
      return `<blockquote>${words(each.elements)}</blockquote>`;
    case 'rich_text_preformatted':
      return `<pre>${words(each.elements)}</pre>`;
    case 'rich_text_list':
      return `<ul>${each.elements.map((one) => `<li>${words(one.elements)}</li>`).join('')}</ul>`;
  }
}

const words = (all: readonly types.RichTextElement[]) =>
  all.map((each) => (each.type === 'text' ? (each.style?.bold ? `<b>${lines(each.text)}</b>` : lines(each.text)) : '')).join('');

type Element = types.ActionsBlockElement | types.InputBlockElement;

function element(each: Element): string {
  switch (each.type) {
    case 'button':
      return `<span class="button ${each.style ?? ''}">${safe(each.text.text)}</span>`;
    case 'static_select':
      return each.initial_option
        ? `<span class="select">${safe(each.initial_option.text.text)}</span>`
        : `<span class="select empty">${safe(each.placeholder?.text ?? 'Choose an option')}</span>`;
    case 'plain_text_input':
      return `<span class="field ${each.multiline ? 'long' : ''}">${lines(each.initial_value ?? '')}</span>`;
    case 'datepicker':
      return `<span class="select">${safe(each.initial_date ?? 'Select a date')}</span>`;
    case 'file_input':
      return '<span class="button">Browse files</span>';
    default:
      throw new Error(`the page cannot draw an element of type ${each.type}`);
  }
}

/** The client's own measures and colours, as near as it matters. */
const STYLE = `
body{font:15px/1.46668 Lato,"Helvetica Neue",Arial,sans-serif;margin:24px;background:#eceaf0;color:#1d1c1d}
header h1{margin:0}section{margin:32px 0}h2{font-size:16px}h2 small{font-weight:400;color:#6b6a6b;margin-left:8px}
.both{display:grid;grid-template-columns:1fr 1fr;gap:16px;align-items:start}@media(max-width:1100px){.both{grid-template-columns:1fr}}
.client{padding:16px 20px;border-radius:8px;--line:#1d1c1d33;--soft:#616061;--link:#1264a3;--green:#007a5a;--red:#e01e5a;--page:#fff;--code:#1d1c1d0a}
.light{background:#fff;color:#1d1c1d}.dark{background:#1a1d21;color:#d1d2d3;--line:#797c8180;--soft:#ababad;--green:#007a5a;--red:#e8466f;--page:#222529;--code:#e8e8e80d}
.message{display:grid;grid-template-columns:36px 1fr;gap:8px;max-width:700px}.face{width:36px;height:36px;border-radius:8px;background:#1f3a5f;color:#fff;display:grid;place-items:center;font-weight:900}
.who{margin-bottom:2px}.app{font-size:10px;font-weight:700;background:var(--code);color:var(--soft);border-radius:2px;padding:1px 3px}.time,.only{font-size:12px;color:var(--soft)}
.rich,.context,.actions,.header{max-width:600px}.rich{margin:6px 0;overflow-wrap:anywhere}.rich>div{min-height:22px}
.header{font-size:18px;font-weight:900;margin:10px 0 4px}.context{font-size:13px;line-height:18px;color:var(--soft);margin:6px 0}
.actions{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0}hr{border:0;border-top:1px solid var(--line);margin:16px 0}
blockquote{margin:4px 0;padding:0 0 0 12px;border-left:4px solid var(--line);border-radius:2px}ul{margin:0;padding-left:26px}
pre{font:12px/1.50001 Monaco,Menlo,Consolas,"DejaVu Sans Mono",monospace;background:var(--code);border:1px solid var(--line);border-radius:4px;padding:8px;margin:4px 0;white-space:pre-wrap;overflow-wrap:anywhere}
.button{border:1px solid var(--line);border-radius:8px;padding:3px 12px 5px;font-weight:700;font-size:13px;display:inline-block;line-height:20px}
.message .button.primary,.home .button.primary,.button.primary{background:var(--green);border-color:var(--green);color:#fff}.button.danger{background:var(--red);border-color:var(--red);color:#fff}
.select{border:1px solid var(--line);border-radius:8px;padding:3px 30px 5px 12px;font-size:13px;line-height:20px;max-width:260px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;position:relative;display:inline-block}
.select:after{content:"⌄";position:absolute;right:10px;top:0}.select.empty{color:var(--soft)}
.modal{max-width:520px;border:1px solid var(--line);border-radius:8px;background:var(--page)}.bar,.foot{display:flex;justify-content:space-between;align-items:center;padding:14px 24px;font-size:20px}.foot{justify-content:flex-end;gap:10px;font-size:15px;border-top:1px solid var(--line)}
.inputs{padding:0 24px 16px}.input{margin:14px 0}.input label{font-weight:700;display:block;margin-bottom:4px}.optional,.hint{font-weight:400;color:var(--soft)}.hint{font-size:13px}
.field,.input .select{display:block;max-width:none;border:1px solid var(--line);border-radius:4px;padding:7px 12px;min-height:22px;font-size:15px}.field.long{min-height:66px}
.home{max-width:600px}details{margin:6px 0;color:#4a4a4a}details p{background:#fff;padding:10px;border-radius:6px;max-width:700px}
`;
