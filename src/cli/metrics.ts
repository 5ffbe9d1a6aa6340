import type { Metric } from '../../adapters/health.js';
import type { Db } from '../../db/connect.js';
import { waitingDeliveries } from '../../db/waiting.js';
import type { Outbox, ReplyReader } from '../ports.js';
import type { Stage } from './stage.js';

const WAITING = ['queued', 'sending', 'remove'] as const;

/** How many deliveries this process has brought to which end. */
export type Tally = { readonly outbox: Outbox; readonly ended: ReadonlyMap<string, number> };

/** The outbox, with what was recorded on it counted. */
export function countedOutbox(outbox: Outbox): Tally {
  const ended = new Map<string, number>([
    ['sent', 0],
    ['failed', 0],
    ['unsure', 0],
  ]);
  return {
    ended,
    outbox: {
      ...outbox,
      async recordTry(claimed, recorded, now, changes) {
        const isMine = await outbox.recordTry(claimed, recorded, now, changes);
        if (isMine) ended.set(recorded.kind, (ended.get(recorded.kind) ?? 0) + 1);
        return isMine;
      },
    },
  };
}

/** How many replies this process has read, and how long that took. */
export type ReadingTally = {
  readonly readReply: ReplyReader;
  readonly spent: () => { readonly replies: number; readonly seconds: number };
};

/** The reader, with what was read by it counted. */
export function countedReader(readReply: ReplyReader): ReadingTally {
  const spent = { replies: 0, seconds: 0 };
  return {
    spent: () => ({ ...spent }),
    async readReply(...given) {
      const began = performance.now();
      try {
        return await readReply(...given);
      } finally {
        spent.replies += 1;
        spent.seconds += (performance.now() - began) / 1_000;
      }
    },
  };
}

export type Counted = {
  readonly ended: Tally['ended'];
  readonly stages: readonly Stage[];
  readonly reading: ReturnType<ReadingTally['spent']>;
};

/** Numbers and states only: never a name. What waits is read by its index, however many deliveries there have been. */
export async function metricsOf(db: Db, now: Date, { ended, stages, reading }: Counted): Promise<readonly Metric[]> {
  const waiting = await waitingDeliveries(db, now);
  const due = waiting.get('queued')?.firstDue;
  const lag = due ? Math.max(0, (now.getTime() - due.getTime()) / 1_000) : 0;
  const ofStages = (name: string, help: string, type: Metric['type'], value: (each: ReturnType<Stage['spent']>) => number) => ({
    name,
    help,
    type,
    samples: stages.map((each) => ({ labels: { stage: each.name }, value: value(each.spent()) })),
  });
  return [
    {
      name: 'afterwards_deliveries_waiting',
      help: 'Deliveries that are still to go out, by state.',
      type: 'gauge',
      samples: WAITING.map((state) => ({ labels: { state }, value: waiting.get(state)?.count ?? 0 })),
    },
    {
      name: 'afterwards_deliveries_due',
      help: 'Deliveries that wait although their time has come.',
      type: 'gauge',
      samples: [{ value: waiting.get('queued')?.due ?? 0 }],
    },
    {
      name: 'afterwards_deliveries_total',
      help: 'Tries that this process recorded since it started, by outcome.',
      type: 'counter',
      samples: [...ended].map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    {
      name: 'afterwards_due_lag_seconds',
      help: 'By how much the oldest delivery that waits is late.',
      type: 'gauge',
      samples: [{ value: lag }],
    },
    {
      name: 'afterwards_replies_total',
      help: 'Replies that this process read since it started.',
      type: 'counter',
      samples: [{ value: reading.replies }],
    },
    {
      name: 'afterwards_reading_seconds_total',
      help: 'Time spent in reading them.',
      type: 'counter',
      samples: [{ value: reading.seconds }],
    },
    ofStages('afterwards_tick_seconds_total', 'Time spent in each stage of the tick.', 'counter', (each) => each.seconds),
    ofStages('afterwards_tick_runs_total', 'Runs of each stage of the tick.', 'counter', (each) => each.runs),
    ofStages('afterwards_tick_failures_total', 'Runs of each stage that failed.', 'counter', (each) => each.failures),
    ofStages('afterwards_tick_last_seconds', 'How long each stage took last.', 'gauge', (each) => each.lastSeconds),
  ];
}
