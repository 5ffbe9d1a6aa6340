import { exportFiles } from '../export-files.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';
import { DONE, jsonText, type Voice } from '../shell.js';
import { theProgramme } from './find.js';

/** The files of an export, as JSON for the caller to write: who holds the database need not be able to write where they are wanted. */
export async function exportProgramme(room: Room, request: RequestOf<'export'>, voice: Voice): Promise<number> {
  const programme = await theProgramme(room.ports.programmes, request.programme);
  voice.out(jsonText({ files: await exportFiles(room, programme, COMMAND_LINE) }));
  return DONE;
}
