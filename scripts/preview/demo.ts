import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawPng } from '../../adapters/charts/draw.js';
import { connectEmbedded } from '../../db/connect.js';
import { predictionStoreIn } from '../../db/predictions.js';
import { allProgrammes } from '../../db/programmes.js';
import { reportStoreIn } from '../../db/reports.js';
import { runDemo } from '../../src/cli/demo.js';
import { boundsPicture } from '../../src/domain/bounds-picture.js';
import type { Audience } from '../../src/domain/people.js';
import { movesPicture, type Picture, peoplePicture, responsePicture } from '../../src/domain/pictures.js';
import type { Report } from '../../src/domain/report.js';
import { boundsOverTime } from '../../src/flows/prediction-history.js';
import { makeReport } from '../../src/flows/report.js';

/** The pictures of the demo's two years, as files by their names: made anew from the same people each time. */
export async function demoFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const folder = mkdtempSync(join(tmpdir(), 'afterwards-preview-'));
  try {
    const database = join(folder, 'data');
    await runDemo({ fast: true, scene: 'two-years', keep: database });
    return await picturesOf(database);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const WAVES = [3, 6, 12, 24] as const;

async function picturesOf(database: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const { db, close } = await connectEmbedded(database);
  const now = new Date('2026-11-09T12:00:00Z');
  const ports = { reports: reportStoreIn(db), predictions: predictionStoreIn(db), clock: { now: () => now } };
  const [programme] = await allProgrammes(db);
  if (!programme) throw new Error('the demo has a programme');
  const at = async (waveMonths: number, audience: Audience): Promise<Report> => {
    const made = await makeReport(ports, { programme, waveMonths, audience });
    if (!made.ok) throw new Error(made.error.message);
    return made.value;
  };
  const waves: Report[] = [];
  for (const wave of WAVES) waves.push(await at(wave, 'organisers'));
  const first = (await ports.predictions.list(programme.id))[0];
  const pictures: Readonly<Record<string, Picture | null>> = {
    people: peoplePicture(waves),
    'people-public': peoplePicture([await at(12, 'public')]),
    response: responsePicture(waves),
    moves: movesPicture(await at(24, 'organisers')),
    prediction: first ? boundsPicture(first.reported, await boundsOverTime(ports, first, now)) : null,
  };
  await close();
  const files = new Map<string, Uint8Array>();
  for (const [name, picture] of Object.entries(pictures)) if (picture) files.set(`${name}.png`, await drawPng(picture));
  return files;
}
