import { say } from './message.js';

/** For whom a direct message is, going by the message alone: it may still turn out that its writer organises nothing. */
export type MeantFor =
  | { readonly kind: 'organiser_command'; readonly text: string; readonly isCertain: boolean }
  | { readonly kind: 'list' }
  | { readonly kind: 'alumnus' };

type Incoming = { readonly text: string; readonly fileNames: readonly string[] };

/**
 * `/alumni …` is for organisers whoever writes it, and so is `alumni …` and a list where its writer is one. Somebody who is on no
 * list themselves need not write the word in front.
 */
export function meantFor({ text, fileNames }: Incoming, isAlumnus: boolean): MeantFor {
  const [, slash, command] = /^\s*(\/?)alumni\b[\s:]*([\s\S]*)$/i.exec(text) ?? [];
  if (command !== undefined) return { kind: 'organiser_command', text: command.trim(), isCertain: slash === '/' };
  if (fileNames.some((name) => /\.(csv|tsv|txt)$/i.test(name))) return { kind: 'list' };
  if (!isAlumnus && text.trim() !== '') return { kind: 'organiser_command', text: text.trim(), isCertain: false };
  return { kind: 'alumnus' };
}

export const FILE_NOT_TAKEN = say('I cannot take files, so I have only kept your words.');
export const ONLY_A_FILE = say('I cannot take files. Tell me in a line what you are doing these days, and I note it down.');
export const LIST_NOT_READ = say('I could not fetch that file. A list may have at most 5 MB; please send it again.');
