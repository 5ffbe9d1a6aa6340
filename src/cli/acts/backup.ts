import { BackupFileError } from '../../../adapters/backup-file.js';
import type { BackedUpTable } from '../../domain/backup.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';
import { DONE, failed, type Voice } from '../shell.js';

export async function backUpInto(room: Room, { file }: RequestOf<'backup'>, voice: Voice): Promise<number> {
  const { clock, programmes } = room.ports;
  const tables = await room.backUp(file).catch((error: unknown) => {
    throw error instanceof BackupFileError ? failed(error.message, 'No backup was made.') : error;
  });
  await programmes.writeLog({ programmeId: null, at: clock.now(), actor: COMMAND_LINE, what: 'backed_up', detail: {} });
  voice.out(`Written to ${file}: ${whatIsIn(tables)}.\n`);
  return DONE;
}

/** In words for people: what they would miss first. */
export function whatIsIn(tables: readonly BackedUpTable[]): string {
  const rowsOf = (name: string) => tables.find((each) => each.name === name)?.rows ?? 0;
  const all = tables.reduce((sum, each) => sum + each.rows, 0);
  const counts = [
    [rowsOf('programmes'), 'programme'],
    [rowsOf('people'), 'person', 'people'],
    [rowsOf('check_ins'), 'check-in'],
    [rowsOf('replies'), 'reply', 'replies'],
  ] as const;
  const said = counts.map(([count, one, many = `${one}s`]) => `${count} ${count === 1 ? one : many}`);
  return `${said.join(', ')}; ${all} ${all === 1 ? 'row' : 'rows'} in ${tables.length} tables`;
}
