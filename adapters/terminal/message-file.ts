import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { DeliveryKey } from '../../src/domain/ids.js';
import type { Message } from '../../src/domain/message.js';
import type { TerminalMessage } from './chat-ports.js';

const FILE = 'terminal-messages.jsonl';
const PICTURES = 'pictures';

const lineSchema = z.object({
  ref: z.string(),
  key: z.string(),
  to: z.object({ platform: z.literal('terminal'), id: z.string(), what: z.enum(['person', 'channel']) }),
  at: z.iso.datetime(),
  message: z.object({ parts: z.array(z.object({ kind: z.string() }).loose()) }),
  isRemoved: z.boolean(),
});

export type MessageFile = {
  /** What was there when it was opened, oldest first. */
  readonly messages: readonly TerminalMessage[];
  /** Adds a message, or its new version. Resolves once it is written. */
  write(message: TerminalMessage): Promise<void>;
};

/** A line a version, added at the end; the last one of a message counts. Null: keeps nothing. */
export async function openMessageFile(folder: string | null): Promise<MessageFile> {
  if (folder === null) return { messages: [], write: async () => {} };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, FILE);
  const kept = new Map((await linesOf(path)).map((each) => [each.ref, each]));
  // A line that a crash cut short would swallow the next one.
  await rewrite(path, kept.values());
  let turn: Promise<void> = Promise.resolve();
  return {
    messages: [...kept.values()],
    write(message) {
      const writing = turn.then(async () => {
        await savePictures(folder, message.message);
        await appendFile(path, lineOf(message), { mode: 0o600 });
        kept.set(message.ref, message);
        // What was taken away must not stay on the disk in an older line.
        if (message.isRemoved) await rewrite(path, kept.values());
      });
      turn = writing.catch(() => {});
      return writing;
    },
  };
}

async function linesOf(path: string): Promise<readonly TerminalMessage[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    const read = lineSchema.safeParse(parsed(line));
    return read.success ? [asMessage(read.data)] : [];
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Pictures lie in files of their own. */
function asMessage(line: z.infer<typeof lineSchema>): TerminalMessage {
  const message = line.message as unknown as Message;
  const parts = message.parts.map((part) => (part.kind === 'image' ? { ...part, png: new Uint8Array() } : part));
  return { ...line, key: line.key as DeliveryKey, at: new Date(line.at), message: { parts } };
}

const lineOf = (message: TerminalMessage) =>
  `${JSON.stringify(message, (name, value) => (name === 'png' ? undefined : value))}\n`;

async function rewrite(path: string, messages: Iterable<TerminalMessage>): Promise<void> {
  const beside = `${path}.new`;
  await writeFile(beside, [...messages].map(lineOf).join(''), { mode: 0o600 });
  await rename(beside, path);
}

async function savePictures(folder: string, message: Message): Promise<void> {
  for (const part of message.parts) {
    if (part.kind !== 'image' || part.png.length === 0) continue;
    await mkdir(join(folder, PICTURES), { recursive: true, mode: 0o700 });
    await writeFile(join(folder, PICTURES, basename(part.fileName)), part.png, { mode: 0o600 });
  }
}
