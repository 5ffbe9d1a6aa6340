/** How many letters have to be put in, taken out, changed or swapped with their neighbour to make one text of the other. */
export function editDistance(from: string, to: string): number {
  const a = [...from];
  const b = [...to];
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of a.entries()) {
    const row = [i + 1];
    for (const [j, other] of b.entries()) {
      const swapped = i > 0 && j > 0 && letter === b[j - 1] && a[i - 1] === other;
      row.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (last[j + 1] ?? 0) + 1,
          (last[j] ?? 0) + (letter === other ? 0 : 1),
          swapped ? (beforeLast[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The longest text that is compared: nothing longer is a slip of the fingers. */
const LONGEST = 60;

/** The name that was probably meant: a slip of a third of its letters at most, or its beginning; null where none is near. Capitals do not count. */
export function nearestTo(typed: string, names: readonly string[]): string | null {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '' || wanted.length > LONGEST) return null;
  const beginning = wanted.length < 2 ? [] : names.filter((each) => each.toLowerCase().startsWith(wanted));
  if (beginning.length === 1) return beginning[0] ?? null;
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const name of names) {
    if (name.length > LONGEST) continue;
    const distance = editDistance(wanted, name.toLowerCase());
    const isNear = distance <= Math.max(1, Math.floor(Math.min(name.length, wanted.length) / 3));
    if (isNear && (best === null || distance < best.distance)) best = { name, distance };
  }
  return best?.name ?? null;
}
