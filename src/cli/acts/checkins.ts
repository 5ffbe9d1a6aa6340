import { aligned } from '../../domain/report-layout.js';
import type { CheckInRow } from '../../programme-ports.js';
import type { RequestOf } from '../request.js';
import type { Room } from '../room.js';
import { DONE, type Voice } from '../shell.js';
import { theProgramme } from './find.js';

/** Prints as it reads, so that ten million check-ins take no more memory than ten. */
export async function listCheckIns({ ports }: Room, request: RequestOf<'checkins'>, voice: Voice): Promise<number> {
  const { programmes } = ports;
  const programme = request.programme === null ? null : await theProgramme(programmes, request.programme);
  const id = programme?.id ?? null;
  if (request.json) {
    let before = '[\n  ';
    await programmes.eachCheckIn(id, (rows) => {
      voice.out(`${before}${rows.map((row) => JSON.stringify(jsonRow(row))).join(',\n  ')}`);
      before = ',\n  ';
    });
    voice.out(before.startsWith('[') ? '[]\n' : '\n]\n');
    return DONE;
  }
  let isFirst = true;
  await programmes.eachCheckIn(id, (rows) => {
    const lines = aligned([HEADER, ...rows.map(tableRow)], ['left', 'left', 'right', 'left'], 0);
    voice.out(`${(isFirst ? lines : lines.slice(1)).join('\n')}\n`);
    isFirst = false;
  });
  if (isFirst) voice.err('There are no check-ins yet: they are planned when a cohort is imported.\n');
  return DONE;
}

const jsonRow = ({ alumnus, cohort, waveMonths, state, dueAt, deliveredAt, answeredAt }: CheckInRow) => ({
  alumnus,
  cohort,
  waveMonths,
  state,
  dueAt,
  deliveredAt,
  answeredAt,
});

const HEADER = ['alumnus', 'cohort', 'wave', 'state', 'due', 'delivered', 'answered', 'why'];

function tableRow(row: CheckInRow): readonly string[] {
  return [
    row.alumnus ?? '(erased)',
    row.cohort,
    String(row.waveMonths),
    row.state,
    minute(row.dueAt),
    minute(row.deliveredAt),
    minute(row.answeredAt),
    row.reason?.replaceAll('_', ' ') ?? '',
  ];
}

/** In UTC, to the minute. */
const minute = (instant: Date | null) => (instant ? `${instant.toISOString().slice(0, 16).replace('T', ' ')}Z` : '');
