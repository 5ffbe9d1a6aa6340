import type { IncomingFile, IncomingMessage } from '../../src/ports.js';
import type { ApiAttachment, ApiMessage } from './payloads.js';

const LARGEST_FILE = 5 * 1024 * 1024;
const FETCH_MS = 10_000;
/** A message, and a reply to one; the rest is what Discord itself says, such as that something was pinned. */
const WRITTEN = [0, 19];

/** Whether a person wrote it, and nobody else did. */
export const isWritten = ({ author, webhook_id, type }: ApiMessage): boolean =>
  author.bot !== true && webhook_id === undefined && WRITTEN.includes(type);

/** A direct message as the core takes it. Its id is the same for its edits and its deletion. */
export function incomingOf(message: ApiMessage, kind: 'new' | 'edited'): IncomingMessage {
  return {
    kind,
    from: { platform: 'discord', id: message.author.id },
    externalId: message.id,
    text: message.content,
    sentAt: new Date(message.timestamp),
    ...(message.attachments.length === 0 ? {} : { files: message.attachments.map(fileOf) }),
  };
}

const fileOf = (attachment: ApiAttachment): IncomingFile => ({
  name: attachment.filename,
  read: () => readAttachment(attachment),
});

/** Null where it cannot be fetched, or is over 5 MB. */
export async function readAttachment({ url, size }: ApiAttachment): Promise<Uint8Array | null> {
  if (size > LARGEST_FILE) return null;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) });
    if (!response.ok || response.body === null) return null;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > LARGEST_FILE) return null;
      chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
  } catch {
    return null;
  }
}
