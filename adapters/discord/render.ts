import type { APIEmbed } from 'discord-api-types/v10';
import { z } from 'zod';
import { type Control, type Message, type Part, parseControlId } from '../../src/domain/message.js';
import { arrange, keyOfComponent, type Row } from './components.js';
import { fill, type Line, linesOf, wordsOf } from './lines.js';
import { oneLine, plainText, shortened } from './markdown.js';

/** The body of a message as Discord's API takes it, to send or to edit: what is absent in an edit is emptied. */
export type DiscordBody = {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Row[];
  readonly attachments: readonly { readonly id: number; readonly filename: string; readonly description?: string }[];
  /** Nothing that people wrote may ping anybody. */
  readonly allowed_mentions: { readonly parse: readonly never[] };
};
export type DiscordFile = { readonly name: string; readonly data: Uint8Array; readonly contentType: string };
/** `files` are uploaded in this order, the first as `files[0]`. */
export type DiscordMessage = { readonly body: DiscordBody; readonly files: readonly DiscordFile[] };

const MOST = { content: 2000, embedText: 4096, embedsTogether: 6000, embeds: 10, files: 10, alt: 1024 } as const;
/** A bar at the side of an embed. */
const COLOUR = 0x3d8f87;
/** Where an embed carries the key. Without a title it is no link, and nobody sees it. */
const KEY_ADDRESS = 'https://discord.com/#';
/** An embed is not begun for less room than this. */
const WORTH_AN_EMBED = 500;

/**
 * A message in Discord's manner. Words alone are the message's content; what has a heading, or is long, is an embed. The key is on
 * it so that it survives edits: in the custom ids of its controls, else in the name of its first file, else in the embed's url.
 * Words that do not fit come whole in a file, and the message says so. `key` is null for an answer that is no delivery.
 */
export function renderMessage(message: Message, key: string | null): DiscordMessage {
  const parts = numbered(message.parts);
  const groups = parts.flatMap((part) => (part.kind === 'controls' ? [part.controls] : []));
  const { rows, leftOut } = arrange(groups, key);
  const { files, attachments, unshown } = picturesOf(parts, key);
  const lines = linesOf([...parts, ...[...leftOut, ...unshown].map((text): Part => ({ kind: 'note', text }))]);
  const needsUrl = key !== null && files.length === 0 && !areKeyed(groups.flat(), key);
  const url = needsUrl ? `${KEY_ADDRESS}${key}` : null;
  const whole = fill(lines, MOST.content);
  const isEmbed = url !== null || whole.rest.length > 0 || parts.some((each) => each.kind === 'heading');
  const body = { components: rows, allowed_mentions: { parse: [] } };
  if (!isEmbed) {
    const isBlank = whole.text.trim() === '' && rows.length === 0 && files.length === 0;
    return { body: { content: isBlank ? '…' : whole.text, embeds: [], attachments, ...body }, files };
  }
  const embeds = embedsOf(lines, url);
  if (embeds !== null) return { body: { content: '', embeds, attachments, ...body }, files };
  const words = wordsFile(parts, key, files.length);
  return {
    body: {
      content: '',
      embeds: embedsOf(lines, url, [words.notice]) ?? [],
      attachments: [...attachments, { id: files.length, filename: words.file.name }],
      ...body,
    },
    files: [...files, words.file],
  };
}

const areKeyed = (controls: readonly Control[], key: string) =>
  controls.length > 0 && controls.every(({ id }) => parseControlId(id)?.key === key);

/** Null where the lines do not fit. With a `closing` they are cut to what fits, and it stands at the end. */
function embedsOf(lines: readonly Line[], url: string | null, closing: readonly Line[] = []): readonly APIEmbed[] | null {
  const last = fill(closing, MOST.embedText).text;
  const texts: string[] = [];
  let rest = lines;
  let room: number = MOST.embedsTogether - (last === '' ? 0 : last.length + 2);
  while (rest.length > 0 && texts.length < MOST.embeds && room >= WORTH_AN_EMBED) {
    const filled = fill(rest, Math.min(MOST.embedText - (last === '' ? 0 : last.length + 2), room));
    texts.push(filled.text);
    room -= filled.text.length;
    rest = filled.rest;
  }
  if (rest.length > 0 && last === '') return null;
  const shown = texts.map((text, place) => (last !== '' && place === texts.length - 1 ? `${text}\n\n${last}` : text));
  return (shown.length === 0 ? ['…'] : shown).map((text, place) => ({
    color: COLOUR,
    description: text.trim() === '' ? '…' : text,
    // Embeds of one url are shown as one: only the first carries it.
    ...(url !== null && place === 0 ? { url } : {}),
  }));
}

function wordsFile(parts: readonly Part[], key: string | null, place: number): { file: DiscordFile; notice: Line } {
  const name = place === 0 ? fileName('message', key, 'txt') : 'message.txt';
  const data = new TextEncoder().encode(wordsOf(parts));
  const [notice] = linesOf([
    { kind: 'note', text: '… This is longer than Discord allows: all of it is in the file that comes with it.' },
  ]);
  if (!notice) throw new Error('a notice says something');
  return { file: { name, data, contentType: 'text/plain; charset=utf-8' }, notice };
}

/** The key stands between dots, since neither it nor the rest of the name holds one. */
const fileName = (stem: string, key: string | null, ending: string) =>
  `${stem.replace(/\W+/g, '-').replace(/^-+/, '').slice(0, 60) || 'file'}${key === null ? '' : `.${key}`}.${ending}`;

function picturesOf(parts: readonly Part[], key: string | null) {
  const images = parts.flatMap((part) => (part.kind === 'image' ? [part] : []));
  // One place is kept for the words, should they need a file.
  const shown = images.slice(0, MOST.files - 1);
  const files = shown.map(({ png, fileName: name }, place) => ({
    name: fileName(`${place === 0 ? '' : `${place + 1}-`}${name.replace(/\.png$/i, '')}`, place === 0 ? key : null, 'png'),
    data: png,
    contentType: 'image/png',
  }));
  const attachments = shown.map(({ alt }, id) => ({
    id,
    filename: files[id]?.name ?? '',
    ...(alt.trim() === '' ? {} : { description: shortened(plainText(alt).trim(), MOST.alt) }),
  }));
  const unshown = images.slice(shown.length).map((each) => `A picture does not fit here: ${oneLine(each.alt)}`);
  const room = MOST.files - 1 - shown.length;
  const texts = parts.flatMap((part) => (part.kind === 'file' ? [part] : []));
  const textFiles = texts.slice(0, room).map((each, place) => textFile(each, files.length + place === 0 ? key : null));
  return {
    files: [...files, ...textFiles],
    attachments: [...attachments, ...textFiles.map(({ name }, place) => ({ id: files.length + place, filename: name }))],
    unshown: [...unshown, ...texts.slice(room).map((each) => `A file does not fit here: ${oneLine(each.fileName)}`)],
  };
}

const TEXT_TYPES: Readonly<Record<string, string>> = { csv: 'text/csv', html: 'text/html', json: 'application/json' };

function textFile({ fileName: name, text }: Extract<Part, { kind: 'file' }>, key: string | null): DiscordFile {
  const ending = /\.(\w+)$/.exec(name)?.[1] ?? 'txt';
  const contentType = `${TEXT_TYPES[ending] ?? 'text/plain'}; charset=utf-8`;
  return { name: fileName(name.slice(0, -ending.length - 1), key, ending), data: new TextEncoder().encode(text), contentType };
}

/**
 * On Discord every control stands below all words. Where two buttons say the same, they and the words that they stand under get
 * a number, so that it can be told which is meant.
 */
function numbered(parts: readonly Part[]): readonly Part[] {
  const labels = parts.flatMap((part) =>
    part.kind === 'controls' ? part.controls.flatMap((each) => (each.kind === 'button' ? [oneLine(each.label)] : [])) : [],
  );
  const isTwice = (label: string) => labels.indexOf(oneLine(label)) !== labels.lastIndexOf(oneLine(label));
  let number = 0;
  const numbers = parts.map((part) => {
    if (part.kind !== 'controls' || !part.controls.some((each) => each.kind === 'button' && isTwice(each.label))) return null;
    number += 1;
    return number;
  });
  return parts.map((part, place) => {
    const [own, below] = [numbers[place] ?? null, numbers[place + 1] ?? null];
    if (part.kind === 'controls' && own !== null) {
      const control = (each: Control): Control =>
        each.kind === 'button' && isTwice(each.label) ? { ...each, label: `${own}. ${each.label}` } : each;
      return { ...part, controls: part.controls.map(control) };
    }
    return part.kind === 'paragraph' && below !== null ? { ...part, text: `${below}. ${part.text}` } : part;
  });
}

const sent = z.object({
  embeds: z.array(z.object({ url: z.string().nullish() })).catch([]),
  attachments: z.array(z.object({ filename: z.string() })).catch([]),
  components: z.array(z.object({ components: z.array(z.object({ custom_id: z.string().optional() })).catch([]) })).catch([]),
});
const FILE_KEY = /^[^.]*\.([A-Za-z0-9_-]{1,40})\.(?:png|txt)$/;

/** The key that a message of ours carries, as Discord's history gives the message; null where it carries none. */
export function keyIn(apiMessage: unknown): string | null {
  const read = sent.safeParse(apiMessage);
  if (!read.success) return null;
  const { embeds, attachments, components } = read.data;
  const urls = embeds.flatMap(({ url }) => (url?.startsWith(KEY_ADDRESS) ? [url.slice(KEY_ADDRESS.length)] : []));
  const named = attachments.flatMap(({ filename }) => FILE_KEY.exec(filename)?.[1] ?? []);
  const ids = components.flatMap((row) => row.components.flatMap((each) => keyOfComponent(each.custom_id ?? '') ?? []));
  return urls[0] ?? named[0] ?? ids[0] ?? null;
}
