import { destination, pino } from 'pino';
import type { Log } from '../src/ports.js';

export type LogLevel = 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** Where a string may stand. Under any other key it could be a name or somebody's words, and is left out. */
const KEYS_OF_STRINGS: ReadonlySet<string> = new Set([
  'address',
  'code',
  'database',
  'error',
  'kind',
  'level',
  'outcome',
  'platform',
  'platforms',
  'problem',
  'reader',
  'signal',
  'stage',
  'state',
  'todo',
  'version',
  'what',
  'why',
]);
/** A kind, a state, a class of error, a version: one word without blanks, and no token of a platform. */
const CODE_WORD = /^(?!xox|xapp|sk-)[A-Za-z0-9_.:-]{1,40}$/;
const HIDDEN = '(hidden)';

/** One JSON line an event on stderr. Of what it is handed, only numbers, yes and no, and code words under known keys are written. */
export function jsonLog(level: LogLevel, stream: NodeJS.WritableStream | null = null): Log {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  // Synchronous: the line about why a process ends must be out before it does.
  const logger = stream ? pino(options, stream) : pino(options, destination({ dest: 2, sync: true }));
  return {
    info: (event, detail) => logger.info(safeDetail(detail), event),
    warn: (event, detail) => logger.warn(safeDetail(detail), event),
    error: (event, detail) => logger.error(safeDetail(detail), event),
  };
}

/** The class and code of an error, never its message: that may hold a name, a reply or a whole query. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? `:${error.code}` : '';
  const own = error instanceof Error ? `${error.name}${code}` : typeof error;
  return error instanceof Error && error.cause !== undefined ? `${own}:${errorCode(error.cause)}` : own;
}

function safeDetail(detail: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, safeValue(key, value)]));
}

function safeValue(key: string, value: unknown): unknown {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Error) return errorCode(value);
  if (Array.isArray(value)) return value.map((each) => safeValue(key, each));
  return typeof value === 'string' && KEYS_OF_STRINGS.has(key) ? safeWord(key, value) : HIDDEN;
}

/** "TypeError: cannot read 'Ada'" keeps its class alone. */
function safeWord(key: string, value: string): string {
  const word = key === 'error' ? (/^[A-Za-z0-9_.:]*(?=$|: )/.exec(value)?.[0] ?? '') : value;
  return CODE_WORD.test(word) ? word : HIDDEN;
}
