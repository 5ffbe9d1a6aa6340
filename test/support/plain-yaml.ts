export type Yaml = string | boolean | readonly Yaml[] | { readonly [name: string]: Yaml };

type Line = { readonly indent: number; readonly text: string; readonly number: number };

/**
 * Reads the small part of YAML that the manifest is written in: maps and lists by two spaces, plain and double-quoted scalars, comments.
 * Throws for all else, so that no other reader of YAML can take it otherwise.
 */
export function readPlainYaml(source: string): Yaml {
  const lines = source.split('\n').flatMap((raw, at): Line[] => {
    if (/^\s*(#.*)?$/.test(raw)) return [];
    const indent = raw.length - raw.trimStart().length;
    if (raw.includes('\t') || raw !== raw.trimEnd() || indent % 2 !== 0) throw wrong(at + 1, 'spacing');
    return [{ indent, text: raw.trim(), number: at + 1 }];
  });
  const [value, rest] = block(lines, 0);
  if (rest[0]) throw wrong(rest[0].number, 'indentation');
  return value;
}

const wrong = (line: number, what: string) => new Error(`line ${line}: ${what}`);

function block(lines: readonly Line[], indent: number): readonly [Yaml, readonly Line[]] {
  return lines[0]?.text.startsWith('- ') ? list(lines, indent) : map(lines, indent);
}

function map(lines: readonly Line[], indent: number): readonly [Yaml, readonly Line[]] {
  const entries = new Map<string, Yaml>();
  let rest = lines;
  while (rest[0] && rest[0].indent === indent) {
    const [line, ...after] = rest;
    const [, name = '', value = ''] = /^([a-z_]+):(?: (.+))?$/.exec(line?.text ?? '') ?? [];
    if (!line || name === '' || entries.has(name)) throw wrong(line?.number ?? 0, 'neither a new name nor the end of the map');
    const [read, left] = value === '' ? block(after, indent + 2) : ([scalar(value, line.number), after] as const);
    entries.set(name, read);
    rest = left;
  }
  if (entries.size === 0) throw wrong(lines[0]?.number ?? 0, 'an empty map');
  return [Object.fromEntries(entries), rest];
}

function list(lines: readonly Line[], indent: number): readonly [Yaml, readonly Line[]] {
  const items: Yaml[] = [];
  let rest = lines;
  while (rest[0] && rest[0].indent === indent && rest[0].text.startsWith('- ')) {
    const [line, ...after] = rest;
    if (!line) break;
    const text = line.text.slice(2);
    if (/^[a-z_]+: /.test(text)) {
      const [item, left] = map([{ ...line, indent: indent + 2, text }, ...after], indent + 2);
      items.push(item);
      rest = left;
    } else {
      items.push(scalar(text, line.number));
      rest = after;
    }
  }
  return [items, rest];
}

function scalar(text: string, line: number): string | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.startsWith('"')) {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'string') throw wrong(line, 'not a string');
    return value;
  }
  // What else a plain scalar could mean: numbers, nulls, comments, references, other kinds of quotes, flow collections.
  if (/^[-\d.~'&*!|>%@`{}[\],?:#]|: |:$| #|^(?:null|yes|no|on|off|y|n)$/i.test(text)) throw wrong(line, 'quote this');
  return text;
}
