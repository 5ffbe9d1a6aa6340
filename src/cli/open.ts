import { resolve } from 'node:path';
import { writeBackup } from '../../adapters/backup-file.js';
import { withChartsDrawn } from '../../adapters/charts/charts-in.js';
import { systemClock } from '../../adapters/clock.js';
import { erasedCopyAt, erasedCopyPath } from '../../adapters/erased-copy.js';
import { fingerprintWith, randomTokens, secretCheckOf, secretIn } from '../../adapters/secret.js';
import { backUp } from '../../db/backup.js';
import { type Connection, connectEmbedded, connectPostgres, FolderInUseError } from '../../db/connect.js';
import { deliveryKeys, deliverySeed, type Keys } from '../../db/delivery-keys.js';
import { digestStoreIn } from '../../db/digests.js';
import type { Fingerprint } from '../../db/erase.js';
import { erasedStoreIn } from '../../db/erased-list.js';
import { predictionStoreIn } from '../../db/predictions.js';
import { reportStoreIn } from '../../db/reports.js';
import { restoredFact } from '../../db/restore.js';
import { importRoster } from '../../db/roster.js';
import { storeIn } from '../../db/store.js';
import type { Config } from '../config.js';
import type { Message } from '../domain/message.js';
import type { Platform } from '../domain/people.js';
import { erasedKeeper } from '../flows/keep-erased.js';
import { lookBackOn } from '../flows/look-back.js';
import type { Clock, Log, Messenger, Ports } from '../ports.js';
import { READER_VERSION } from '../reading/read-reply.js';
import type { ReportPorts } from '../report-ports.js';
import { readerOf } from './reader.js';
import type { Room } from './room.js';
import { failed, Refusal } from './shell.js';

export type OpenRoom = Room & {
  readonly connection: Connection;
  /** Keeps the copy of the list of erased people beside the database. */
  readonly keepErased: () => Promise<void>;
  /** Gives up what a language model is reading. */
  readonly stopReading: () => void;
};

export type Furnishing = {
  readonly log: Log;
  readonly poolSize: number;
  readonly messengers?: ReadonlyMap<Platform, Messenger>;
  readonly wakeSender?: () => void;
  /** Of what is sent; left out: made from the secret. */
  readonly keys?: Keys;
  /** Left out: the system's, ahead by what the configuration says. */
  readonly clock?: Clock;
};

/** Opens the database, brings it up to date, and puts everything that commands and the running bot need around it. */
export async function openRoom(config: Config, furnishing: Furnishing): Promise<OpenRoom> {
  const connection = await openConnection(config, furnishing);
  try {
    await asRefusal(connection.migrate());
    return await furnished(connection, config, furnishing);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** The database alone, as it is. */
export function openConnection({ database }: Config, { log, poolSize }: Furnishing): Promise<Connection> {
  if (database.kind === 'embedded') return asRefusal(connectEmbedded(resolve(database.folder)));
  const onLostConnection = (error: Error) => log.warn('database_connection_lost', { error });
  return asRefusal(connectPostgres(database.url, { poolSize, onLostConnection }));
}

/** What the database room says about itself is for people already; a query that failed says it with its cause. */
async function asRefusal<T>(opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof FolderInUseError || error instanceof Refusal || !(error instanceof Error)) throw error;
    const cause = error.cause instanceof Error && error.message.startsWith('Failed query') ? error.cause : error;
    throw failed(cause.message);
  }
}

async function furnished(connection: Connection, config: Config, furnishing: Furnishing): Promise<OpenRoom> {
  const { db } = connection;
  const fingerprint = await fingerprintOf(config);
  const keys = deliveryKeys(fingerprintWith(await deliverySeed(db, randomTokens.token())));
  const room = roomOn(connection, config, fingerprint, { ...furnishing, keys });
  const restored = await restoredFact(db);
  const copy = erasedCopyAt(erasedCopyPath(resolve(config.dataFolder)), () => secretCheckOf(fingerprint));
  const { clock, log } = room.ports;
  return {
    ...room,
    ports: restored ? { ...room.ports, lookBack: lookBackOn(room.ports, restored) } : room.ports,
    connection,
    keepErased: erasedKeeper({
      erased: erasedStoreIn({ db, token: randomTokens.token, fingerprint, keys }),
      copy,
      clock,
      log,
      scrub: async () => connection.scrub?.(),
    }),
  };
}

export async function fingerprintOf({ database, secret }: Config): Promise<Fingerprint> {
  if (secret !== null) return fingerprintWith(secret);
  if (database.kind === 'embedded') return fingerprintWith(await secretIn(resolve(database.folder)));
  return () => {
    throw failed(NO_SECRET);
  };
}

export const NO_SECRET =
  'AFTERWARDS_SECRET is missing: with DATABASE_URL set, choose one yourself (openssl rand -hex 32) and keep it outside the database. It recognises people who had themselves erased';

/** Everything around an open database. */
export function roomOn(
  { db }: Connection,
  config: Config,
  fingerprint: Fingerprint,
  furnishing: Furnishing,
): Room & Pick<OpenRoom, 'stopReading'> {
  const { keys = deliveryKeys(fingerprint) } = furnishing;
  const clock = furnishing.clock ?? systemClock(config.clockOffsetMs);
  const reader = readerOf(config, { clock, log: furnishing.log });
  /** What makes them is loaded with the first of them. */
  const withFilesMade = async (message: Message) =>
    message.parts.some((part) => part.kind === 'export')
      ? (await import('./export-files.js')).withExportsMade({ ports }, message)
      : message;
  const ports: Ports & ReportPorts = {
    ...storeIn({ db, token: randomTokens.token, fingerprint, keys }),
    reports: reportStoreIn(db),
    predictions: predictionStoreIn(db),
    digests: digestStoreIn(db, keys),
    messengers: furnishing.messengers ?? new Map(),
    readReply: reader.readReply,
    withChartsDrawn: async (message) => withChartsDrawn(await withFilesMade(message)),
    model: reader.model,
    clock,
    random: randomTokens,
    log: furnishing.log,
    wakeSender: furnishing.wakeSender ?? (() => {}),
  };
  return {
    ports,
    importRoster: (order) => importRoster(db, { ...order, fingerprint }),
    emailReaches: config.slack !== null,
    readerVersion: READER_VERSION,
    backUp: (path) =>
      writeBackup(path, (write) =>
        backUp(db, { madeAt: clock.now().toISOString(), secretCheck: secretCheckOf(fingerprint) }, write),
      ),
    stopReading: reader.stop,
  };
}
