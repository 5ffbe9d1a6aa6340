import { button, controls, note, type Part } from './message.js';

/** Lines of a list that are shown at once. */
export const PAGE_LINES = 25;

/** A part of a list. Pages count from 1; one beyond the end is the last. `pages` null: there are more, nobody has counted how many. */
export type PageOf<T> = { readonly items: readonly T[]; readonly number: number; readonly pages: number | null };

export function pageOf<T>(all: readonly T[], number: number, size = PAGE_LINES): PageOf<T> & { readonly pages: number } {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const shown = Math.min(Math.max(1, number), pages);
  return { items: all.slice((shown - 1) * size, shown * size), number: shown, pages };
}

/** Where one is in a list, and the way back and on; nothing where it has one page. The key is that of what the buttons go by. */
export function pager(key: string, { number, pages }: Omit<PageOf<unknown>, 'items'>): readonly Part[] {
  if (pages === 1) return [];
  const to = (page: number, label: string) => button('ask', key, label, { choice: `p${page}` });
  return [
    note(pages === null ? `Page ${number}` : `Page ${number} of ${pages}`),
    controls(
      ...(number > 1 ? [to(number - 1, 'Back')] : []),
      ...(pages === null || number < pages ? [to(number + 1, 'Next')] : []),
    ),
  ];
}
