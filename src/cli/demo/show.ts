import { renderMessage } from '../../../adapters/terminal/render.js';
import type { Message } from '../../domain/message.js';

const WIDTH = 92;
const LINE_MS = 350;
const BLOCK_MS = 1_800;

/** What one sees of the demo. Without `fast` it takes its time, so that it can be read. */
export type Show = {
  title(text: string): Promise<void>;
  line(at: Date, text: string): Promise<void>;
  message(at: Date, head: string, message: Message): Promise<void>;
  words(text: string): Promise<void>;
  /** How far the clock has come, from 0 to 1; a line at the bottom of a terminal, nothing elsewhere. */
  progress(share: number, at: Date): void;
};

type Output = NodeJS.WritableStream & { readonly isTTY?: boolean };

export function showOn(output: Output, fast: boolean, colour: boolean): Show {
  const isLive = output.isTTY === true;
  const style = (code: string, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const clear = () => void (isLive && output.write('\r\u001b[2K'));
  const pause = (ms: number) => (fast ? Promise.resolve() : new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const put = async (text: string, ms: number) => {
    clear();
    output.write(`${text}\n`);
    await pause(ms);
  };
  const indented = (text: string) =>
    text
      .split('\n')
      .map((line) => `    ${line}`)
      .join('\n');
  return {
    title: (text) => put(`\n${style('1', text)}\n${style('2', '─'.repeat(Math.min(WIDTH, text.length)))}`, LINE_MS),
    line: (at, text) => put(`${style('2', dayOf(at))}  ${text}`, LINE_MS),
    message: (at, head, message) =>
      put(
        `\n${style('2', dayOf(at))}  ${style('36', head)}\n${indented(renderMessage(message, { colour, width: WIDTH, numbered: false }))}\n`,
        BLOCK_MS,
      ),
    words: (text) => put(text, BLOCK_MS),
    progress(share, at) {
      if (!isLive) return;
      const done = Math.round(share * 30);
      output.write(`\r\u001b[2K${style('2', `[${'='.repeat(done)}${' '.repeat(30 - done)}] ${dayOf(at)}`)}`);
    },
  };
}

function dayOf(at: Date): string {
  return at.toLocaleDateString('en-GB', { timeZone: 'UTC', day: '2-digit', month: 'short', year: 'numeric' });
}
