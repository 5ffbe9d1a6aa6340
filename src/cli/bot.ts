import { DEFAULT_PACE, deliver, type Pace } from '../flows/deliver.js';
import { planCheckIns } from '../flows/plan-check-ins.js';
import { resolveDue } from '../flows/predict.js';
import { publishCharts } from '../flows/publish-charts.js';
import { publishDigests } from '../flows/publish-digests.js';
import { makeReport } from '../flows/report.js';
import { settleReplies } from '../flows/settle-replies.js';
import type { Ports } from '../ports.js';
import type { MakeReport, ReportPorts } from '../report-ports.js';
import { type Stage, stage } from './stage.js';

export type Bot = {
  readonly stages: readonly Stage[];
  /** Looks for everything that may have come due; what is still at it from the last time is left alone. */
  readonly tick: () => Promise<void>;
  readonly wakeSender: () => void;
  /** Does everything that is due now and all that follows from it, to the end. */
  readonly settle: () => Promise<void>;
  /** Claims nothing more, and resolves when what is in hand is done. */
  readonly stop: () => Promise<void>;
};

/**
 * All that the bot does by itself; `hear` reads what platforms had to say while nobody listened, `sweep` drops what is not needed any more. The stages look side by side, so that a wave that takes long to plan holds up nobody's card,
 * and a stage that fails stops none of the others.
 */
export function makeBot(
  given: Ports & ReportPorts,
  pace: Pace = DEFAULT_PACE,
  hear: () => Promise<void> = async () => {},
  sweep: () => Promise<unknown> = async () => {},
): Bot {
  let isStopping = false;
  const ports = untilStopped(given, () => isStopping);
  const { log } = ports;
  // With nobody to send by, everybody would count as unreachable.
  const send = stage('send', async () => (ports.messengers.size > 0 ? deliver(ports, pace) : 0), log);
  const wakeSender = () => void send.again();
  const report: MakeReport = (wanted) => makeReport(ports, wanted);
  const stages: readonly Stage[] = [
    stage('plan', async () => void ((await planCheckIns(ports)) > 0 && wakeSender()), log),
    stage('read', () => settleReplies(ports), log),
    stage('digest', async () => void ((await publishDigests(ports, ports.clock.now())) > 0 && wakeSender()), log),
    stage('chart', async () => void ((await publishCharts(ports, ports.clock.now(), report)) > 0 && wakeSender()), log),
    stage('hear', hear, log),
    stage('sweep', sweep, log),
    stage('resolve', () => resolveDue(ports), log),
    send,
  ];
  return {
    stages,
    wakeSender,
    tick: async () => {
      if (!isStopping) for (const each of stages) void each.look();
    },
    settle: async () => {
      for (const each of stages) await each.again();
      await send.again();
    },
    stop: async () => {
      isStopping = true;
      await Promise.all(stages.map((each) => each.idle()));
    },
  };
}

/** The same ports, on which nothing new is taken in hand once the bot stops; what was begun is finished. */
function untilStopped<T extends Ports>(ports: T, isStopping: () => boolean): T {
  const { outbox, conversations } = ports;
  return {
    ...ports,
    outbox: {
      ...outbox,
      claimDue: async (now, limit, leaseMs) => (isStopping() ? [] : outbox.claimDue(now, limit, leaseMs)),
      // What was claimed and not begun is handed back, so that another copy need not wait for the lease to run out.
      beginTry: (claimed, now, leaseMs, look) =>
        outbox.beginTry(claimed, now, leaseMs, isStopping() ? () => ({ kind: 'wait', until: now }) : look),
    },
    conversations: {
      ...conversations,
      changeDue: async (now, limit, decide) => (isStopping() ? 0 : conversations.changeDue(now, limit, decide)),
      settled: async (now, limit) => (isStopping() ? [] : conversations.settled(now, limit)),
    },
  };
}
