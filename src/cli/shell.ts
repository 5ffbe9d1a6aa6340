import type { Readable } from 'node:stream';
import type { Environment } from '../config.js';

/** Where a command says things: results to `out`, messages to people to `err`. Both write whole lines. */
export type Voice = { readonly out: (text: string) => void; readonly err: (text: string) => void };

/** What a command has around it. */
export type Shell = Voice & { readonly env: Environment; readonly cwd: string; readonly input: Readable };

export const DONE = 0;
export const FAILED = 1;
export const WRONG_USE = 2;

/** Something a command could not do, in words that say what to do about it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    message: string,
    readonly exitCode: typeof FAILED | typeof WRONG_USE,
  ) {
    super(message);
  }
}

export const failed = (...lines: readonly string[]): Refusal => new Refusal(lines.join('\n'), FAILED);
export const wrongUse = (...lines: readonly string[]): Refusal => new Refusal(lines.join('\n'), WRONG_USE);

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
