import { fingerprintWith, randomTokens, secretIn } from '../../../adapters/secret.js';
import { connectEmbedded } from '../../../db/connect.js';
import { digestStoreIn } from '../../../db/digests.js';
import { nextMoment } from '../../../db/next-moment.js';
import { predictionStoreIn } from '../../../db/predictions.js';
import { reportStoreIn } from '../../../db/reports.js';
import { importRoster, type RosterImport } from '../../../db/roster.js';
import { storeIn } from '../../../db/store.js';
import type { RosterOutcome } from '../../domain/roster.js';
import { deliver } from '../../flows/deliver.js';
import { planCheckIns } from '../../flows/plan-check-ins.js';
import { resolveDue } from '../../flows/predict.js';
import { publishCharts } from '../../flows/publish-charts.js';
import { publishDigests } from '../../flows/publish-digests.js';
import { makeReport } from '../../flows/report.js';
import { settleReplies } from '../../flows/settle-replies.js';
import type { Messenger, Ports } from '../../ports.js';
import { readReplyOffline } from '../../reading/read-reply.js';
import type { ReportPorts } from '../../report-ports.js';

export type Engine = {
  readonly ports: Ports & ReportPorts;
  readonly importRoster: (order: Omit<RosterImport, 'fingerprint'>) => Promise<RosterOutcome>;
  /** Everything that the running bot does once a second. */
  readonly tick: () => Promise<void>;
  /** The next instant at which there is something to do. */
  readonly nextMoment: (now: Date) => Promise<Date | null>;
  readonly close: () => Promise<void>;
};

/** The real bot on an embedded database in a folder; only its clock and its one platform are handed in. */
export async function openEngine(folder: string, clock: { now(): Date }, messenger: Messenger): Promise<Engine> {
  const connection = await connectEmbedded(folder);
  await connection.migrate();
  const { db } = connection;
  const fingerprint = fingerprintWith(await secretIn(folder));
  const ports: Ports & ReportPorts = {
    ...storeIn({ db, token: randomTokens.token, fingerprint }),
    reports: reportStoreIn(db),
    predictions: predictionStoreIn(db),
    digests: digestStoreIn(db, randomTokens.token),
    messengers: new Map([[messenger.platform, messenger]]),
    readReply: async (text) => readReplyOffline(text),
    model: null,
    clock,
    random: randomTokens,
    // What goes wrong in a demo must not pass unseen.
    log: {
      info: () => {},
      warn: () => {},
      error: (event, detail) => void process.stderr.write(`${event} ${JSON.stringify(detail)}\n`),
    },
    wakeSender: () => {},
  };
  const sendAll = () => deliver(ports, { batch: 50, atOnce: 1, leaseMs: 90_000 });
  return {
    ports,
    importRoster: (order) => importRoster(db, { ...order, fingerprint }),
    async tick() {
      await planCheckIns(ports);
      await settleReplies(ports);
      await resolveDue(ports);
      await publishDigests(ports, clock.now());
      await sendAll();
      // A picture follows a digest that stands in its channel; the next tick may be weeks away.
      if ((await publishCharts(ports, clock.now(), (wanted) => makeReport(ports, wanted))) > 0) await sendAll();
    },
    nextMoment: (now) => nextMoment(db, now),
    close: () => connection.close(),
  };
}
