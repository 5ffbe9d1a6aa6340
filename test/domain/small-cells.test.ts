import { describe, expect, it } from 'vitest';
import { type Cell, hidingsOf, type Table } from '../../src/domain/small-cells.js';

const places: readonly Table[] = ['places'];
const rows = (...counts: readonly number[]): readonly Cell[] =>
  counts.map((count, place) => ({ name: `row ${place}`, count, tables: places }));
const total = (cells: readonly Cell[]) => ({ places: cells.reduce((sum, { count }) => sum + count, 0), kinds: 0 });
const hidden = (k: number, ...counts: readonly number[]) => {
  const cells = rows(...counts);
  return [...hidingsOf(cells, total(cells), k).values()];
};

describe('small cells', () => {
  it('are hidden from 1 to k - 1, and a true zero is shown', () => {
    expect(hidden(5, 12, 4, 0, 4, 1, 6)).toEqual(['shown', 'first', 'shown', 'first', 'first', 'shown']);
  });

  it('take a second one with them where the first follows from the total', () => {
    expect(hidden(5, 20, 9, 2)).toEqual(['shown', 'second', 'first']);
  });

  it('take one with them that is large enough where their sum is small itself: 20, 5, 2 and 1 of 28', () => {
    expect(hidden(5, 20, 5, 2, 1)).toEqual(['second', 'shown', 'first', 'first']);
  });

  it('hide least: of 7, 6 and 2 the 7, since with the 6 hidden the 2 would be known to be at most 3', () => {
    expect(hidden(5, 7, 6, 2)).toEqual(['second', 'shown', 'first']);
  });

  it('hide everything where all do the same, zeros too', () => {
    expect(hidden(5, 9, 0, 0)).toEqual(['slice', 'slice', 'slice']);
    expect(hidden(5, 2, 0, 0)).toEqual(['slice', 'slice', 'slice']);
  });

  it('hide everything where nothing is left to cover a small one', () => {
    expect(hidden(5, 5, 1, 0)).toEqual(['slice', 'slice', 'slice']);
  });

  it('show an empty table', () => {
    expect(hidden(5, 0, 0)).toEqual(['shown', 'shown']);
  });

  it('show everything where the programme has lowered k to one', () => {
    expect(hidden(1, 1, 0, 9)).toEqual(['shown', 'shown', 'shown']);
  });

  it('cover a small number that the other table gives away', () => {
    const both: readonly Table[] = ['places', 'kinds'];
    const cells: readonly Cell[] = [
      { name: 'alignment', count: 9, tables: ['places'] },
      { name: 'governance', count: 8, tables: ['places'] },
      { name: 'capabilities', count: 7, tables: ['places'] },
      { name: 'seeking', count: 2, tables: both },
      { name: 'employment', count: 20, tables: ['kinds'] },
      { name: 'study', count: 6, tables: ['kinds'] },
    ];
    const hidings = hidingsOf(cells, { places: 26, kinds: 28 }, 5);
    expect(hidings.get('seeking')).toBe('first');
    const isHiddenIn = (table: Table) =>
      cells.filter((cell) => cell.tables.includes(table) && hidings.get(cell.name) !== 'shown').length;
    expect(isHiddenIn('places')).toBeGreaterThan(1);
    expect(isHiddenIn('kinds')).toBeGreaterThan(1);
  });
});
