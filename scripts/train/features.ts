/** Feature lists over hashed buckets, renumbered without gaps so that a trainer's vectors stay short. */
export type Compact = {
  /** Features of row `i` stand in `ids` from `starts[i]` up to `starts[i + 1]`. */
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  /** The bucket that each number stands for. */
  readonly buckets: Int32Array;
};

/** Renumbers the buckets that occur in at least `atLeast` rows; the others are left out. A bucket counts once a row. */
export function compact(rows: readonly (readonly number[])[], bits: number, atLeast: number): Compact {
  const counts = new Uint32Array(2 ** bits);
  const lastRow = new Int32Array(2 ** bits).fill(-1);
  for (const [row, features] of rows.entries())
    for (const bucket of features) {
      if (lastRow[bucket] === row) continue;
      lastRow[bucket] = row;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
  const numbers = new Int32Array(2 ** bits).fill(-1);
  const buckets: number[] = [];
  for (let bucket = 0; bucket < counts.length; bucket++)
    if ((counts[bucket] ?? 0) >= atLeast) numbers[bucket] = buckets.push(bucket) - 1;
  const starts = new Int32Array(rows.length + 1);
  const ids: number[] = [];
  lastRow.fill(-1);
  for (const [row, features] of rows.entries()) {
    for (const bucket of features) {
      const id = numbers[bucket] ?? -1;
      if (id < 0 || lastRow[bucket] === row) continue;
      lastRow[bucket] = row;
      ids.push(id);
    }
    starts[row + 1] = ids.length;
  }
  return { ids: Int32Array.from(ids), starts, buckets: Int32Array.from(buckets) };
}

/** Weights of numbered features, `width` to each, spread out over all buckets. */
export function spread(weights: Float64Array, { buckets }: Compact, bits: number, width: number): Float32Array {
  const all = new Float32Array(2 ** bits * width);
  for (const [id, bucket] of buckets.entries())
    for (let column = 0; column < width; column++) all[bucket * width + column] = weights[id * width + column] ?? 0;
  return all;
}
