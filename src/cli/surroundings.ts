import { everySecond, type Ticking } from '../../adapters/cron.js';
import type { Pace as SlackPace } from '../../adapters/slack/pace.js';
import type { Pace } from '../flows/deliver.js';
import type { PlatformMemory, Plug } from '../platform-ports.js';
import type { Clock, Log, Ports } from '../ports.js';
import type { ReportPorts } from '../report-ports.js';

/** How long platforms are waited for, and how fast they are written to, where that is not what suits the real ones. */
export type Haste = { readonly timeoutMs?: number; readonly slackPace?: SlackPace };

/**
 * What a bot lives in. One that people run lives in the machine's time and is as patient as the platforms need. A trial brings a clock
 * that it turns itself, ticks that come faster, and may stand between the bot and its ports; no setting of the environment leads there.
 */
export type Surroundings = Haste & {
  /** Null: the machine's. */
  readonly clock: Clock | null;
  /** Null: as the configuration says. */
  readonly pace: Pace | null;
  readonly ticking: (tick: () => Promise<void>, log: Log) => Ticking;
  readonly ports: <T extends Ports & ReportPorts>(ports: T) => T;
  readonly plugs: (plugs: readonly Plug[]) => readonly Plug[];
  readonly memory: (memory: PlatformMemory) => PlatformMemory;
};

const asIs = <T>(given: T): T => given;

export const THE_MACHINE: Surroundings = {
  clock: null,
  pace: null,
  ticking: everySecond,
  ports: asIs,
  plugs: asIs,
  memory: asIs,
};
