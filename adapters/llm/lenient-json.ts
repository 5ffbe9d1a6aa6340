/**
 * The first whole object in what a model wrote, whatever stands around it: fences, thoughts in `<think>` tags, words before and
 * after. Undefined where there is none, as where it was cut off. Time is linear in the text but for the objects tried, which are few.
 */
export function firstObject(written: string): unknown {
  const text = withoutThoughts(written);
  for (let at = text.indexOf('{'), tries = 0; at >= 0 && tries < MOST_TRIES; at = text.indexOf('{', at + 1), tries++) {
    const end = endOfObject(text, at);
    if (end === null) continue;
    const value = parsed(text.slice(at, end));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  }
  return undefined;
}

const MOST_TRIES = 20;

/** Thoughts may hold objects of their own. One that never ends is all thought, unless the answer came before it. */
function withoutThoughts(text: string): string {
  const closed = text.replace(/<(think|thinking|reasoning)>[\s\S]*?<\/\1>/gi, '');
  const tail = closed.replace(/^[\s\S]*<\/(?:think|thinking|reasoning)>/i, '');
  return tail.replace(/<(?:think|thinking|reasoning)>[\s\S]*$/i, '');
}

/** Just after the brace that closes the one at `from`; braces within strings do not count. */
function endOfObject(text: string, from: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at++) {
    const each = text[at];
    if (inString) {
      if (each === '\\') at += 1;
      else if (each === '"') inString = false;
    } else if (each === '"') inString = true;
    else if (each === '{') depth += 1;
    else if (each === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function parsed(text: string): unknown {
  for (const form of [text, text.replace(/,(\s*[}\]])/g, '$1')]) {
    try {
      return JSON.parse(form);
    } catch {}
  }
  return undefined;
}
