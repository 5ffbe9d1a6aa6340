import { describe, expect, it } from 'vitest';
import { drawPng, drawSvg } from '../../adapters/charts/draw.js';
import type { PersonAtWave } from '../../src/domain/partition.js';
import { movesPicture, type Picture, peoplePicture, responsePicture } from '../../src/domain/pictures.js';
import { hideSmallCells } from '../../src/domain/public-report.js';
import { finishReport, type Report } from '../../src/domain/report.js';
import { addPerson, emptyTally } from '../../src/domain/report-tally.js';
import { anActivity, aPerson, aRecord } from '../domain/at-wave.js';

function reportOf(people: readonly PersonAtWave[], waveMonths = 12, cohort = 'ARENA 2.0'): Report {
  const scope = { programme: 'ARENA', cohorts: [cohort], waveMonths, asOf: '2024-07-31', audience: 'organisers' } as const;
  return finishReport(people.reduce(addPerson, emptyTally(scope)), []);
}

const times = (count: number, person: PersonAtWave) => Array.from({ length: count }, () => person);
const working = (given: Parameters<typeof anActivity>[0]) => aPerson({ record: aRecord({ activities: [anActivity(given)] }) });
const silent = aPerson({ record: null, checkIn: { state: 'lapsed', asked: true } });
const moved = aPerson({ previous: { activities: [anActivity({ track: 'non_ai' })], basis: 'confirmed' } });
const founding = [
  ...times(12, moved),
  ...times(7, working({ track: 'non_ai' })),
  working({ track: 'capabilities' }),
  ...times(2, working({ track: 'unclear' })),
  ...times(6, silent),
];
const there = (picture: Picture | null): Picture => {
  if (picture === null) throw new Error('there is somebody to draw');
  return picture;
};

describe('the picture of what people do', () => {
  const picture = there(peoplePicture([reportOf(times(28, silent), 3), reportOf(founding)]));

  it('has every person of the roster in each bar, those of whom nothing is known too', () => {
    if (picture.kind !== 'people') throw new Error('it shows people');
    for (const { segments } of picture.bars) expect(segments.reduce((sum, { people }) => sum + people, 0)).toBe(28);
    expect(picture.bars[0]?.segments).toEqual([{ key: 'unknown', label: 'nothing known', people: 28 }]);
    expect(picture.bars[1]?.segments.map(({ key, people }) => [key, people])).toEqual([
      ['alignment', 12],
      ['capabilities', 1],
      ['non_ai', 7],
      ['unclear', 2],
      ['unknown', 6],
    ]);
  });

  it('says in words what it shows', () => {
    expect(picture.alt).toContain(
      'A year after the end: 12 alignment, 1 capabilities, 7 outside AI, 2 answered, unclear and 6 nothing known.',
    );
    expect(picture.alt).toContain('capabilities, 1 known: 1 to 4 if the unknown are like the rest, 1 to 9 in any case');
  });

  it('hatches those of whom nothing is known, and is the same each time', async () => {
    const svg = await drawSvg(picture, 'one');
    expect(svg).toContain('fill="url(#one-hatch-1)"');
    expect(svg).toContain('a year after the end');
    expect(await drawSvg(picture, 'one')).toBe(svg);
  });

  it('shows the public no small number, in the picture or in its words', async () => {
    const hidden = there(peoplePicture([hideSmallCells(reportOf(founding), 5)]));
    expect(hidden.alt).toMatch(/capabilities, a small number: 1 to 12 in any case/);
    expect(hidden.alt).not.toMatch(/1 capabilities|12 alignment/);
    expect(JSON.stringify(hidden)).not.toContain('"key":"capabilities"');
    if (hidden.kind !== 'people') throw new Error('it shows people');
    expect(hidden.bars[0]?.segments.reduce((sum, { people }) => sum + people, 0)).toBe(28);
  });

  it('is a PNG at twice its size, with text in it', async () => {
    const png = Buffer.from(await drawPng(picture));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(1200);
    const mute = Buffer.from(await drawPng({ ...picture, title: ' ', subtitle: ' ' }));
    expect(mute.equals(png)).toBe(false); // without a font, no word would leave a trace
  });

  it('survives names that hold markup, or letters without a glyph', async () => {
    const odd = there(responsePicture([reportOf(founding, 12, '<b>"ARENA" & 東京 🚀')]));
    const svg = await drawSvg(odd);
    expect(svg).not.toContain('<b>');
    expect(svg).not.toMatch(/[東🚀]/u);
    expect((await drawPng(odd)).length).toBeGreaterThan(1000);
  });

  it('is not drawn of nobody', () => {
    expect([
      peoplePicture([]),
      peoplePicture([reportOf([])]),
      responsePicture([reportOf([])]),
      movesPicture(reportOf([])),
    ]).toEqual([null, null, null, null]);
  });
});

describe('the pictures of answers and moves', () => {
  it('tell who answered, and who moved', async () => {
    expect(there(responsePicture([reportOf(founding)])).alt).toContain('20 answered clearly, 2 answered, unclear and 6 silent');
    const moves = there(movesPicture(reportOf(founding)));
    expect(moves.alt).toBe('Moves since the wave before, of 12 people who are known at both: 12 from outside AI to alignment.');
    expect(await drawSvg(moves)).toContain('outside AI');
  });
});
