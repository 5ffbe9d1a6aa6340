/** Labelled files that nobody read while writing the rules: only figures of them are ever printed. */
export const HELD_OUT = ['train-b', 'train-c', 'train-e'] as const;
/** Files that the rules and lists were written from. */
export const LOOKED_AT = ['dev', 'dev-2', 'train-a', 'train-d', 'arena-1'] as const;
