import { resolve } from 'node:path';
import { BackupFileError, checkBackup, openBackup } from '../../adapters/backup-file.js';
import { systemClock } from '../../adapters/clock.js';
import { ErasedCopyError, erasedCopyAt, erasedCopyPath } from '../../adapters/erased-copy.js';
import { jsonLog } from '../../adapters/log.js';
import { randomTokens, secretCheckOf } from '../../adapters/secret.js';
import { type Connection, FolderInUseError } from '../../db/connect.js';
import type { Fingerprint } from '../../db/erase.js';
import { erasedStoreIn } from '../../db/erased-list.js';
import { CannotRestoreError, checkRestorable, restoreInto } from '../../db/restore.js';
import type { Config } from '../config.js';
import { type BackedUpTable, BackupDamagedError } from '../domain/backup.js';
import type { ErasedList } from '../ports.js';
import { whatIsIn } from './acts/backup.js';
import { configOf } from './environment.js';
import { fingerprintOf, openConnection } from './open.js';
import { DONE, failed, type Shell } from './shell.js';

/** Puts a backup into an empty database. Nothing is written before the whole file has been looked through. */
export async function restore(shell: Shell, file: string, erasedList: string | null): Promise<number> {
  const config = withFolders(configOf(shell), shell.cwd);
  const path = resolve(shell.cwd, file);
  const log = jsonLog(config.logLevel ?? 'silent');
  return inWords(async () => {
    const backup = await openBackup(path);
    const { rows } = await checkBackup(backup);
    shell.err(`${file} is whole: ${rows} rows, as things were on ${inMinutes(backup.header.madeAt)}.\n`);
    const connection = await openConnection(config, { log, poolSize: 2 });
    try {
      await checkRestorable(connection);
      const fingerprint = await fingerprintOf(config);
      const list = await listBeside(config, fingerprint, erasedList === null ? null : resolve(shell.cwd, erasedList));
      const now = systemClock(config.clockOffsetMs).now();
      const tables = await restoreInto(connection, { header: backup.header, lines: backup.lines(), restoredAt: now });
      const erased = list === null ? null : await eraseAgain(connection, fingerprint, list, now);
      sayDone(shell, {
        tables,
        erased,
        madeAt: backup.header.madeAt,
        isSameSecret: backup.header.secretCheck === secretCheckOf(fingerprint),
      });
      return DONE;
    } finally {
      await connection.close();
    }
  });
}

function withFolders(config: Config, cwd: string): Config {
  const dataFolder = resolve(cwd, config.dataFolder);
  return config.database.kind === 'embedded'
    ? { ...config, dataFolder, database: { kind: 'embedded', folder: dataFolder } }
    : { ...config, dataFolder };
}

async function inWords(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const isForPeople = [BackupFileError, BackupDamagedError, CannotRestoreError, ErasedCopyError].some(
      (each) => error instanceof each,
    );
    if (isForPeople && error instanceof Error) throw failed(`${error.message}.`, 'Nothing was restored.');
    if (error instanceof FolderInUseError) throw failed(`${error.message}.`, 'Nothing was restored.');
    throw error;
  }
}

/** The list beside the database. One from elsewhere is put there first: a restore that is stopped half-way is made good by the next start. */
async function listBeside({ dataFolder }: Config, fingerprint: Fingerprint, from: string | null): Promise<ErasedList | null> {
  const check = secretCheckOf(fingerprint);
  const copy = erasedCopyAt(erasedCopyPath(dataFolder), () => check);
  if (from === null) return copy.read();
  const list = await erasedCopyAt(from, () => check).read();
  if (list === null) throw new ErasedCopyError(`${from} is not there`);
  await copy.write(list);
  return list;
}

function eraseAgain({ db }: Connection, fingerprint: Fingerprint, list: ErasedList, now: Date): Promise<number> {
  return erasedStoreIn({ db, token: randomTokens.token, fingerprint }).applyAgain(list, now);
}

type Done = {
  readonly tables: readonly BackedUpTable[];
  /** Null: there was no list of erased people. */
  readonly erased: number | null;
  readonly madeAt: string;
  readonly isSameSecret: boolean;
};

function sayDone({ out, err }: Shell, { tables, erased, madeAt, isSameSecret }: Done): void {
  out(`Restored ${whatIsIn(tables)}. What is in the database was held against the file: it is the same.\n`);
  if (erased === null)
    err(
      'There was no list of erased people (the file "erased" in AFTERWARDS_DATA): whoever was erased after the backup was made is back. If you have the list, erase them again: afterwards erase.\n',
    );
  else if (erased > 0)
    out(
      `Erased again, since they had asked for it after the backup was made: ${erased} ${erased === 1 ? 'person' : 'people'}.\n`,
    );
  if (!isSameSecret)
    err(
      'AFTERWARDS_SECRET is another than the one that the backup was made with: people who had themselves erased before are not recognised. Set the old one if you still have it.\n',
    );
  out(
    `Now start the bot. It reads what people wrote since ${inMinutes(madeAt)} from the platforms, and looks up each message there before it sends it: nothing goes out twice, and what cannot be told is marked "unsure" for an organiser. Buttons pressed and forms filled in since then are lost.\n`,
  );
}

const inMinutes = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
