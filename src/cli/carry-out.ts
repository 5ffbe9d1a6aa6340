import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { call } from '../../adapters/local-socket.js';
import { jsonLog } from '../../adapters/log.js';
import { FolderInUseError } from '../../db/connect.js';
import type { Config } from '../config.js';
import { configOf } from './environment.js';
import { execute } from './execute.js';
import { openRoom } from './open.js';
import type { Request } from './request.js';
import { DONE, failed, type Shell, type Voice } from './shell.js';

/** What the running bot answers to a command that it carried out. */
export const answerSchema = z.object({ exitCode: z.number().int(), stdout: z.string(), stderr: z.string() });
export type Answer = z.infer<typeof answerSchema>;

/** How long a bot that has taken the folder may need before it answers. Its first start ever takes some seconds. */
const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 50;

/** Carries a request out on the database: here, or, where the bot runs on the folder, by the bot. */
export async function carryOut(shell: Shell, request: Request, patienceMs = PATIENCE_MS): Promise<number> {
  const config = configOf(shell);
  const folder = resolve(shell.cwd, config.dataFolder);
  if (config.database.kind === 'postgres') return carryOutHere({ ...config, dataFolder: folder }, request, shell);
  const here = { ...config, dataFolder: folder, database: { ...config.database, folder } };
  const until = Date.now() + patienceMs;
  for (;;) {
    const called = await call(folder, request);
    if (called.kind === 'failed') throw failed(called.message);
    if (called.kind === 'answered') return pass(answerSchema.parse(called.response), shell);
    try {
      return await carryOutHere(here, request, shell);
    } catch (error) {
      // Held, yet nobody answers: a bot that is about to, or another command that is soon done.
      if (!(error instanceof FolderInUseError)) throw error;
      if (error.heldBy.elsewhere || Date.now() >= until) throw failed(error.message);
      await new Promise((again) => setTimeout(again, LOOK_AGAIN_MS));
    }
  }
}

/** The same, with its result in a file of the caller's: written once it is whole. */
export async function carryOutInto(file: string, shell: Shell, request: Request): Promise<number> {
  const isPicture = request.kind === 'predict_picture' || (request.kind === 'report' && request.format === 'png');
  const written: string[] = [];
  const exitCode = await carryOut({ ...shell, out: (text) => void written.push(text) }, request);
  if (exitCode !== DONE) return exitCode;
  // A picture comes as base64, since a command's answer is text.
  const content = isPicture ? Buffer.from(written.join(''), 'base64') : written.join('');
  await writeFile(resolve(shell.cwd, file), content).catch((error: NodeJS.ErrnoException) => {
    const why = { ENOENT: 'there is no such folder', EISDIR: 'it is a folder', EACCES: 'you may not write there' }[
      error.code ?? ''
    ];
    throw failed(`${file} cannot be written: ${why ?? error.code}`);
  });
  shell.err(`Written to ${file}.\n`);
  return exitCode;
}

async function carryOutHere(config: Config, request: Request, voice: Voice): Promise<number> {
  const room = await openRoom(config, { log: jsonLog(config.logLevel ?? 'silent'), poolSize: 2 });
  try {
    const exitCode = await execute(room, request, voice);
    if (request.kind === 'erase') await room.keepErased();
    return exitCode;
  } finally {
    await room.connection.close();
  }
}

function pass({ exitCode, stdout, stderr }: Answer, voice: Voice): number {
  if (stdout !== '') voice.out(stdout);
  if (stderr !== '') voice.err(stderr);
  return exitCode;
}
