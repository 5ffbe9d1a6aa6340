import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

const answerSchema = z.union([z.object({ response: z.unknown() }), z.object({ error: z.string() })]);

/** `failed`: somebody listens, but threw, or ended before answering; the message is for people. `nobody`: no running process serves the folder. */
export type CallResult =
  | { readonly kind: 'answered'; readonly response: unknown }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'nobody' };

/** The kernel keeps a socket's path in 108 bytes (104 on macOS), and cuts off the rest without a word. */
const LONGEST_PATH_BYTES = 100;
const LARGEST_MESSAGE_BYTES = 64 * 1024 * 1024;
/** Where the socket of a folder with a long path goes: a folder of this name in the system's temporary folder. */
const REFUGE = 'afterwards-socket-';
const NEWLINE = 0x0a;

/**
 * Answers requests that other processes of this user make through the folder, each as one line of JSON. For the process that
 * holds the folder's lock. The returned function stops listening, lets requests under way be answered, and takes the socket away.
 */
export async function serve(folder: string, handle: (request: unknown) => Promise<unknown>): Promise<() => Promise<void>> {
  const path = await socketPath(folder);
  if (await isAnswered(path)) throw new Error(`another process already answers on ${path}`);
  if (process.platform !== 'win32') await rm(path, { force: true }); // left by a process that was killed
  const idle = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    idle.add(socket);
    socket.on('error', () => {}); // the other side went away: its loss alone
    socket.once('close', () => idle.delete(socket));
    readMessage(socket).then(
      async (line) => {
        idle.delete(socket);
        socket.end(`${await answer(line, handle)}\n`);
      },
      () => socket.destroy(),
    );
  });
  await listening(server, path);
  if (process.platform !== 'win32') await chmod(path, 0o600);
  let closed: Promise<void> | undefined;
  return () => {
    closed ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of idle) socket.destroy();
    }).then(() => leaveRefuge(path));
    return closed;
  };
}

/** Puts one request to the process that serves the folder, and waits for its answer however long that takes. */
export async function call(folder: string, request: unknown): Promise<CallResult> {
  const line = `${JSON.stringify(request)}\n`;
  const socket = await connected(await socketPath(folder));
  if (socket === 'nobody') return { kind: 'nobody' };
  if (socket instanceof Error) return { kind: 'failed', message: `the running bot cannot be reached: ${socket.message}` };
  try {
    const reading = readMessage(socket);
    socket.write(line);
    const answer = answerSchema.parse(JSON.parse(await reading));
    return 'error' in answer ? { kind: 'failed', message: answer.error } : { kind: 'answered', response: answer.response };
  } catch {
    return {
      kind: 'failed',
      message: 'the running bot ended before it answered: the request may or may not have been carried out',
    };
  } finally {
    socket.destroy();
  }
}

async function answer(line: string, handle: (request: unknown) => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify({ response: (await handle(JSON.parse(line))) ?? null });
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
  }
}

/** The first line; fails when the other side ends or breaks before it is whole, or when it is larger than any roster. */
function readMessage(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer) => {
      const end = chunk.indexOf(NEWLINE);
      chunks.push(end === -1 ? chunk : chunk.subarray(0, end));
      bytes += chunk.length;
      if (end !== -1) {
        socket.off('data', onData).resume();
        resolve(Buffer.concat(chunks).toString('utf8'));
      } else if (bytes > LARGEST_MESSAGE_BYTES) reject(new Error('the message is too large'));
    };
    socket.on('data', onData);
    socket.once('error', reject);
    socket.once('end', () => reject(new Error('the message breaks off')));
    socket.once('close', () => reject(new Error('the message breaks off')));
  });
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      server.on('error', () => {}); // a connection that could not be accepted: the caller sees it
      resolve();
    });
  });
}

function connected(path: string): Promise<Socket | 'nobody' | Error> {
  return new Promise((resolve) => {
    const socket = connect({ path, allowHalfOpen: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'ENOTSOCK' ? 'nobody' : error);
    });
  });
}

async function isAnswered(path: string): Promise<boolean> {
  const socket = await connected(path);
  if (socket === 'nobody') return false;
  if (socket instanceof Error) throw socket;
  socket.destroy();
  return true;
}

/** The same on both sides, whichever way each of them spells the folder. */
async function socketPath(folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => folder);
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\afterwards-${hash}`;
  const path = join(real, 'afterwards.sock');
  if (Buffer.byteLength(path) <= LONGEST_PATH_BYTES) return path;
  const refuge = join(tmpdir(), `${REFUGE}${process.getuid?.()}-${hash}`);
  await mkdir(refuge, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  // Anybody may make a folder there: requests, or a roster, must not go to another user who was there first.
  const stats = await lstat(refuge);
  if (!stats.isDirectory() || stats.uid !== process.getuid?.() || (stats.mode & 0o077) !== 0) {
    throw new Error(`${refuge} belongs to somebody else: choose a shorter path for AFTERWARDS_DATA`);
  }
  return join(refuge, 'afterwards.sock');
}

async function leaveRefuge(path: string): Promise<void> {
  if (basename(dirname(path)).startsWith(REFUGE)) await rm(dirname(path), { recursive: true, force: true });
}
