import { bodiesIn } from './message-bodies.js';
import type { Options } from './people.js';
import type { Body, State } from './state.js';

/** What somebody who types `/alumni report ARENA 2.0 12` would have put into the options that Discord offers. */
export function typedOptions(
  state: State,
  guildId: string,
  name: string,
  text: string,
):
  | { readonly subcommand: string; readonly options: Options }
  | { readonly subcommand: null; readonly options: readonly string[] } {
  const command = [...(state.commands.get('global') ?? []), ...(state.commands.get(guildId) ?? [])].find(
    (each) => each.name === name,
  );
  const all = command ? bodiesIn(command, 'options') : [];
  const [first = 'help', ...words] = text
    .trim()
    .split(/\s+/)
    .filter((each) => each !== '');
  const subcommand = all.find((each) => each.name === first);
  if (!subcommand && name === 'checkin') return { subcommand: 'say', options: { text } };
  // Discord sends no command that it does not know: it shows those that there are.
  if (!subcommand) return { subcommand: null, options: all.map((each) => String(each.name)) };
  return { subcommand: first, options: optionsOf(bodiesIn(subcommand, 'options'), words) };
}

function optionsOf(offered: readonly Body[], words: readonly string[]): Options {
  const has = (name: string) => offered.some((each) => each.name === name);
  const options: Record<string, string | number> = {};
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const flag = /^--(.+)$/.exec(word)?.[1];
    if (flag !== undefined && has(flag)) {
      at += 1;
      options[flag] = flag === 'wave' ? Number(words[at]) : (words[at] ?? '');
    } else rest.push(word);
  }
  if (has('words')) return { words: words.join(' ') };
  if (has('from') && rest[0] === 'members') {
    rest.shift();
    options.from = 'everybody in this channel';
  }
  if (has('wave') && /^\d{1,3}$/.test(rest.at(-1) ?? '') && rest.length > 0) options.wave = Number(rest.pop());
  const [target, next] = offered.filter(
    (each) => each.type === 3 && each.name !== 'programme' && !(String(each.name) in options),
  );
  if (rest.length === 0 || !target) return options;
  const isPair = next?.name === 'value';
  options[String(target.name)] = isPair ? (rest[0] ?? '') : rest.join(' ').replaceAll('"', '');
  if (isPair && rest.length > 1) options.value = rest.slice(1).join(' ');
  return options;
}
