import type { RosterImport } from '../../db/roster.js';
import type { RosterOutcome } from '../domain/roster.js';
import type { Ports } from '../ports.js';

/** All that commands may use, on an open database. */
export type Room = {
  readonly ports: Ports;
  readonly importRoster: (order: Omit<RosterImport, 'fingerprint'>) => Promise<RosterOutcome>;
  /** Whether an e-mail address on a roster finds somebody: where Slack is configured. */
  readonly emailReaches: boolean;
  readonly readerVersion: string;
};

/** Who is said to have done it in the log of a programme. */
export const COMMAND_LINE = 'command line';
