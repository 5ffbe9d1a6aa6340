import type { Message, Part } from './message.js';
import { peoplePicture } from './pictures.js';
import type { Report } from './report.js';

/** What goes into a digest's thread, of reports wave by wave; null where nobody has answered yet. */
export function chartMessage(waves: readonly Report[]): Message | null {
  const last = waves.at(-1);
  if (!last || waves.every(({ people }) => people.answered + people.partial === 0)) return null;
  const picture = peoplePicture(waves);
  if (!picture) return null;
  const { newAnswers } = last;
  const answers = newAnswers === 1 ? '1 new answer has' : `${newAnswers} new answers have`;
  const since: readonly Part[] = newAnswers
    ? [{ kind: 'note', text: `${answers} come in since these numbers, and will be shown with the next ones.` }]
    : [];
  return { parts: [{ kind: 'chart', picture }, ...since] };
}
