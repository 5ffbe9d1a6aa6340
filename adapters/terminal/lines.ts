import { clearScreenDown, createInterface, cursorTo } from 'node:readline';
import type { ChatOptions } from './chat-ports.js';

/** Lines that come in, and text that goes out between them. */
export type Lines = {
  /** Whether somebody types, rather than lines being piped in. */
  readonly isKeyboard: boolean;
  /** The next line; null once there are no more. */
  next(prompt: string): Promise<string | null>;
  /** Prints whole lines above the prompt. */
  print(text: string): void;
  close(): void;
};

export function openLines({ input, output }: ChatOptions): Lines {
  const isKeyboard = input.isTTY === true && output.isTTY === true;
  const reader = createInterface(isKeyboard ? { input, output, terminal: true } : { input, terminal: false });
  const waiting: string[] = [];
  let take: ((line: string | null) => void) | null = null;
  let isOver = false;
  const hand = (line: string | null) => {
    const taker = take;
    take = null;
    taker?.(line);
  };
  reader.on('line', (line) => (take ? hand(line) : waiting.push(line)));
  reader.on('SIGINT', () => reader.close());
  reader.on('close', () => {
    isOver = true;
    hand(null);
  });
  // Whoever read the output has gone: there is nobody left to talk to.
  output.on('error', () => reader.close());

  return {
    isKeyboard,
    async next(prompt) {
      const line = waiting.shift();
      if (line !== undefined) {
        // What is piped in stands in no terminal by itself: without it the answers would make no sense.
        output.write(`${prompt}${line}\n`);
        return line;
      }
      if (isOver) return null;
      if (isKeyboard) {
        reader.setPrompt(prompt);
        reader.prompt();
      }
      const taken = await new Promise<string | null>((resolve) => {
        take = resolve;
      });
      if (!isKeyboard && taken !== null) output.write(`${prompt}${taken}\n`);
      return taken;
    },
    print(text) {
      const isAsking = isKeyboard && take !== null && !isOver;
      if (isAsking) {
        cursorTo(output, 0);
        clearScreenDown(output);
      }
      output.write(`${text}\n`);
      if (isAsking) reader.prompt(true);
    },
    close: () => reader.close(),
  };
}
