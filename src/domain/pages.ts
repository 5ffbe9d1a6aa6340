import { button, controls, note, type Part } from './message.js';

/** Lines of a list that are shown at once. */
export const PAGE_LINES = 25;

/** A part of a list. Pages count from 1; one beyond the end is the last. */
export type PageOf<T> = { readonly items: readonly T[]; readonly number: number; readonly pages: number };

export function pageOf<T>(all: readonly T[], number: number): PageOf<T> {
  const pages = pagesFor(all.length);
  const shown = Math.min(Math.max(1, number), pages);
  return { items: all.slice((shown - 1) * PAGE_LINES, shown * PAGE_LINES), number: shown, pages };
}

export const pagesFor = (lines: number): number => Math.max(1, Math.ceil(lines / PAGE_LINES));

/** Where one is in a list, and the way back and on; nothing where it has one page. The key is that of what the buttons go by. */
export function pager(key: string, { number, pages }: Pick<PageOf<unknown>, 'number' | 'pages'>): readonly Part[] {
  if (pages < 2) return [];
  const to = (page: number, label: string) => button('ask', key, label, { choice: `p${page}` });
  return [
    note(`Page ${number} of ${pages}`),
    controls(...(number > 1 ? [to(number - 1, 'Back')] : []), ...(number < pages ? [to(number + 1, 'Next')] : [])),
  ];
}
