import type { RosterImport } from '../../db/roster.js';
import type { BackedUpTable } from '../domain/backup.js';
import type { RosterOutcome } from '../domain/roster.js';
import type { Ports } from '../ports.js';
import type { ReportPorts } from '../report-ports.js';

/** All that commands may use, on an open database. */
export type Room = {
  readonly ports: Ports & ReportPorts;
  readonly importRoster: (order: Omit<RosterImport, 'fingerprint'>) => Promise<RosterOutcome>;
  /** Whether an e-mail address on a roster finds somebody: where Slack is configured. */
  readonly emailReaches: boolean;
  readonly readerVersion: string;
  /** Writes all that is in the database into a file of this machine. */
  readonly backUp: (path: string) => Promise<readonly BackedUpTable[]>;
};

/** Kept with every prediction: by which rules its answers are coded. */
export const CODEBOOK_VERSION = '1';

/** Who is said to have done it in the log of a programme. */
export const COMMAND_LINE = 'command line';
