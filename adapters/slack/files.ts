import type { types, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { DeliveryKey } from '../../src/domain/ids.js';
import type { Part } from '../../src/domain/message.js';
import { fail, ok, type Result } from '../../src/domain/result.js';
import type { SendFailure } from '../../src/domain/send-failure.js';
import type { IncomingFile } from '../../src/ports.js';
import { isOfSlack } from './client.js';
import { failureOf } from './failure.js';

const LARGEST = 5_000_000;
const LONGEST_ALT = 1_000;
const TIMEOUT_MS = 10_000;

export const fileSchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  size: z.number().optional(),
  url_private: z.string().optional(),
  url_private_download: z.string().optional(),
});
export type SentFile = z.output<typeof fileSchema>;

/** How to get at files: with the bot's token, and from Slack only. */
export type FileAccess = { readonly client: webApi.WebClient; readonly token: string; readonly apiUrl: string };

/** A file that came with a message or a form; it is fetched when somebody reads it. */
export function incomingFile(file: SentFile, access: FileAccess): IncomingFile {
  return { name: file.name ?? 'file', read: () => readFile(file, access).catch(() => null) };
}

async function readFile(file: SentFile, { client, token, apiUrl }: FileAccess): Promise<Uint8Array | null> {
  if ((file.size ?? 0) > LARGEST) return null;
  const url = file.url_private_download ?? file.url_private ?? (await addressOf(file.id, client));
  if (url === null || !isOfSlack(url, apiUrl)) return null;
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  // A page to sign in, where the token may not read files.
  const isPage = response.headers.get('content-type')?.startsWith('text/html') && !/\.html?$/i.test(file.name ?? '');
  if (!response.ok || isPage || Number(response.headers.get('content-length') ?? 0) > LARGEST) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.length > LARGEST ? null : bytes;
}

/** What comes from another workspace carries no address until it is asked for. */
async function addressOf(id: string, client: webApi.WebClient): Promise<string | null> {
  const { file } = await client.files.info({ file: id });
  return file?.url_private_download ?? file?.url_private ?? null;
}

export type Picture = Extract<Part, { kind: 'image' }>;
export type OutgoingFile = Extract<Part, { kind: 'image' | 'file' }>;
export const isFile = (part: Part): part is OutgoingFile => part.kind === 'image' || part.kind === 'file';

/** An upload carries no metadata, so that the key is in the file's name. */
function nameOf(key: DeliveryKey, file: OutgoingFile, at: number): string {
  if (file.kind === 'image') return `${key}${at === 0 ? '' : `-${at + 1}`}.png`;
  return at === 0 ? `${key}-${file.fileName}` : file.fileName;
}
export const isNamedFor = (key: DeliveryKey, name: string | null | undefined): boolean =>
  name?.startsWith(`${key}.`) === true || name?.startsWith(`${key}-`) === true;

type Place = { readonly channel: string; readonly thread: string | null; readonly blocks: types.KnownBlock[] };
type Uploaded = { readonly id: string; readonly title: string };

/** Uploads files into one message, with what is said to them; gives the id of the first. */
export async function sendFiles(
  client: webApi.WebClient,
  outgoing: readonly OutgoingFile[],
  key: DeliveryKey,
  { channel, thread, blocks }: Place,
): Promise<Result<string, SendFailure>> {
  const files: Uploaded[] = [];
  try {
    for (const [at, file] of outgoing.entries()) files.push(await upload(client, file, nameOf(key, file, at)));
  } catch (error) {
    // Nobody sees anything before the upload is completed.
    return fail(error instanceof UploadError ? NOT_UPLOADED : failureOf(error, 'opening'));
  }
  const [first, ...more] = files;
  if (!first) throw new Error('there is no file to send');
  const place = thread === null ? { channel_id: channel } : { channel_id: channel, thread_ts: thread };
  try {
    const said = blocks.length === 0 ? {} : { blocks };
    await client.files.completeUploadExternal({ files: [first, ...more], ...place, ...said });
    return ok(first.id);
  } catch (error) {
    return fail(failureOf(error, 'sending'));
  }
}

class UploadError extends Error {}
const NOT_UPLOADED: SendFailure = { kind: 'rate_limited', retryAfterMs: 60_000, what: 'opening' };

async function upload(client: webApi.WebClient, file: OutgoingFile, filename: string): Promise<Uploaded> {
  const bytes = file.kind === 'image' ? file.png : new TextEncoder().encode(file.text);
  const told = file.kind === 'image' ? { alt_text: file.alt.slice(0, LONGEST_ALT) } : {};
  const slot = await client.files.getUploadURLExternal({ filename, length: bytes.length, ...told });
  if (!slot.upload_url || !slot.file_id) throw new UploadError('Slack gave no place to upload to');
  const body = new Blob([new Uint8Array(bytes)]);
  const request = { method: 'POST', body, signal: AbortSignal.timeout(TIMEOUT_MS) };
  const response = await fetch(slot.upload_url, request).catch(() => null);
  if (!response?.ok) throw new UploadError('the upload did not arrive');
  return { id: slot.file_id, title: file.fileName };
}
