/** The widest line of a report, in characters: what a terminal shows, and a chat window without breaking tables. */
export const WIDTH = 78;

/** Text broken into lines of at most `WIDTH`, all indented alike; a word longer than a line is cut. */
export function wrapped(text: string, indent = 2): readonly string[] {
  const room = WIDTH - indent;
  const words = text.split(/\s+/).flatMap((word) => word.match(new RegExp(`.{1,${room}}`, 'gsu')) ?? []);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => ' '.repeat(indent) + line);
}

export type Side = 'left' | 'right';

/** Rows whose cells stand under each other, each column flush with its side; columns past the last side go with that. An empty column takes no room. */
export function aligned(rows: readonly (readonly string[])[], sides: readonly Side[], indent = 2): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const padded = (cell: string, column: number) => {
    const width = widths[column] ?? 0;
    return (sides[column] ?? sides.at(-1)) === 'right' ? cell.padStart(width) : cell.padEnd(width);
  };
  return rows.map((row) => {
    const kept = row.map(padded).filter((_, column) => (widths[column] ?? 0) > 0);
    return `${' '.repeat(indent)}${kept.join('  ')}`.trimEnd();
  });
}

/** "1 answer", "2 answers". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
