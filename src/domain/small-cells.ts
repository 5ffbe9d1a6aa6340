/**
 * Which numbers of a public report stay hidden, so that no small one can be worked out from the others (secondary suppression:
 * Cox, "Suppression Methodology and Statistical Disclosure Control", JASA 1980). Two tables are looked at together, since people who look for
 * work or are on a break are rows of both: where people mainly are, and what kind of thing they mainly do.
 */
export type Table = 'places' | 'kinds';

/** A number of people in a row of one table, or of both. */
export type Cell = { readonly name: string; readonly count: number; readonly tables: readonly Table[] };

/** `first`: between 1 and k - 1, which the public is told. `second`: at least k, hidden to cover a first one. `slice`: all of its table is hidden, zeros too. */
export type Hiding = 'shown' | 'first' | 'second' | 'slice';
export type Hidings = ReadonlyMap<string, Hiding>;

/** Published beside the cells, and each the sum of its table. */
export type Totals = Readonly<Record<Table, number>>;
type Range = { readonly low: number; readonly high: number };

const TABLES: readonly Table[] = ['places', 'kinds'];

/** What must be hidden, for cells that add up to the totals. `alsoHidden`: names that may not be shown for another reason. */
export function hidingsOf(
  cells: readonly Cell[],
  totals: Totals,
  k: number,
  alsoHidden: ReadonlySet<string> = new Set(),
): Hidings {
  const hidings = new Map<string, Hiding>(cells.map((cell) => [cell.name, atFirst(cell, k, alsoHidden)]));
  if (k <= 1) return hidings;
  for (const table of TABLES) {
    const total = totals[table];
    const isShared = total > 0 && rowsOf(cells, table).some(({ count }) => count === total);
    if (isShared) hideSlice(hidings, cells, table);
  }
  for (;;) {
    const told = tooMuchTold({ cells, hidings, totals, k });
    if (told === null) return hidings;
    const isCover = (cell: Cell) => hidings.get(cell.name) === 'shown' && cell.count > 0;
    const covers = told.tables.map((table) => rowsOf(cells, table).filter(isCover));
    const isEnough = ({ name }: Cell) => {
      const covered = { cells, hidings: new Map(hidings).set(name, 'second'), totals, k };
      return !isToldOf(told.cell, covered, TABLES);
    };
    // One that is enough by itself hides least, though it may be larger than the smallest.
    const cover = smallest(covers.flat().filter(isEnough)) ?? covers.map(smallest).find((each) => each !== undefined);
    if (cover) hidings.set(cover.name, 'second');
    // With nothing left to cover it, its own table goes as a whole: then it is a first one no more.
    else for (const table of told.cell.tables) hideSlice(hidings, cells, table);
  }
}

function atFirst({ name, count }: Cell, k: number, alsoHidden: ReadonlySet<string>): Hiding {
  if (count > 0 && count < k) return 'first';
  if (!alsoHidden.has(name)) return 'shown';
  return count === 0 ? 'slice' : 'second';
}

const rowsOf = (cells: readonly Cell[], table: Table) => cells.filter(({ tables }) => tables.includes(table));

function hideSlice(hidings: Map<string, Hiding>, cells: readonly Cell[], table: Table): void {
  for (const { name } of rowsOf(cells, table)) hidings.set(name, 'slice');
}

function smallest(cells: readonly Cell[]): Cell | undefined {
  return cells.reduce<Cell | undefined>(
    (least, cell) => (least === undefined || cell.count < least.count ? cell : least),
    undefined,
  );
}

/** All that is published, and by which rule. */
export type Published = {
  readonly cells: readonly Cell[];
  readonly hidings: Hidings;
  readonly totals: Totals;
  readonly k: number;
};

/** A first hidden cell of which more could be worked out than that it lies between 1 and k - 1, and the tables to hide more of: best first. */
function tooMuchTold(published: Published): { readonly cell: Cell; readonly tables: readonly Table[] } | null {
  const { cells, hidings } = published;
  const cell = cells.find((each) => hidings.get(each.name) === 'first' && isToldOf(each, published, TABLES));
  if (!cell) return null;
  const telling = TABLES.filter((table) => isToldOf(cell, published, [table]));
  return { cell, tables: [...telling, ...TABLES.filter((table) => !telling.includes(table))] };
}

/** More than that it lies between 1 and k - 1. */
function isToldOf(cell: Cell, published: Published, tables: readonly Table[]): boolean {
  const { low, high } = rangeOf(cell, published, tables);
  return low > 1 || high < published.k - 1;
}

function toldOf({ name, count }: Cell, hidings: Hidings, k: number): Range {
  switch (hidings.get(name)) {
    case 'first':
      return { low: 1, high: k - 1 };
    case 'second':
      return { low: k, high: Number.POSITIVE_INFINITY };
    case 'slice':
      return { low: 0, high: Number.POSITIVE_INFINITY };
    default:
      return { low: count, high: count };
  }
}

function sumOf(ranges: readonly Range[]): Range {
  return ranges.reduce((sum, { low, high }) => ({ low: sum.low + low, high: sum.high + high }), { low: 0, high: 0 });
}

/** How many people may be in the rows that both tables have, by all that is told; or by one of the tables alone. */
export function sharedRange({ cells, hidings, totals, k }: Published, tables: readonly Table[] = TABLES): Range {
  const told = (some: readonly Cell[]) => sumOf(some.map((cell) => toldOf(cell, hidings, k)));
  const within = tables.map((table) => {
    const own = told(cells.filter((cell) => cell.tables.length === 1 && cell.tables[0] === table));
    return { low: totals[table] - own.high, high: totals[table] - own.low };
  });
  const shared = told(cells.filter((cell) => cell.tables.length === 2));
  return {
    low: Math.max(shared.low, ...within.map(({ low }) => low)),
    high: Math.min(shared.high, ...within.map(({ high }) => high)),
  };
}

/**
 * The tightest range for a cell that follows from the totals, the cells that are shown, and what is told of the hidden ones. Exact: given the people
 * in the rows that both tables have, the other rows of each table only need to add up.
 */
function rangeOf(cell: Cell, published: Published, tables: readonly Table[]): Range {
  const { cells, hidings, totals, k } = published;
  const own = toldOf(cell, hidings, k);
  const shared = sharedRange(published, tables);
  const isAlike = (other: Cell) => other.tables.length === cell.tables.length && other.tables[0] === cell.tables[0];
  const others = sumOf(cells.filter((other) => other !== cell && isAlike(other)).map((other) => toldOf(other, hidings, k)));
  const [table] = cell.tables;
  const total = table === undefined ? 0 : totals[table];
  const sum = cell.tables.length === 2 ? shared : { low: total - shared.high, high: total - shared.low };
  return { low: Math.max(own.low, sum.low - others.high), high: Math.min(own.high, sum.high - others.low) };
}
