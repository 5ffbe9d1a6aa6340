import type { Message } from '../../domain/message.js';
import type { Show } from './show.js';
import type { StageEvent } from './stage.js';

/** How many messages of a sort are shown whole; after that a line each is enough. */
const WHOLE: Readonly<Record<string, number>> = {
  question: 1,
  reminder: 1,
  card: 4,
  confirmed: 1,
  note: 3,
  digest: 4,
  picture: 1,
};
const LONGEST = 88;

/** Tells what happens on the stage: the first of each sort of message whole, the rest in a line. Of those behind the scenes nothing is told. */
export function narrate(show: Show, clock: { now(): Date }, behind: readonly string[]): (event: StageEvent) => Promise<void> {
  const seen = new Map<string, number>();
  const isWhole = (sort: string) => {
    const count = (seen.get(sort) ?? 0) + 1;
    seen.set(sort, count);
    return count <= (WHOLE[sort] ?? 0);
  };
  const savedAs = new Map<string, string>();
  return async (event) => {
    const at = clock.now();
    if (behind.some((name) => (event.kind === 'posted' ? event.channel.startsWith(name) : event.who === name))) return;
    switch (event.kind) {
      case 'told':
        return isWhole(event.what)
          ? show.message(at, `Afterwards to ${event.who}`, event.message)
          : show.line(at, `${event.who} gets a ${event.what}: ${firstWords(event.message)}`);
      case 'edited':
        if (!headingOf(event.message).startsWith('Saved'))
          return show.line(at, `${event.who}’s card says now: ${firstWords(event.message)}`);
        // A card that is saved already is edited once more for each further press, and says the same.
        if (savedAs.get(event.who) === firstWords(event.message)) return;
        savedAs.set(event.who, firstWords(event.message));
        return isWhole('confirmed')
          ? show.message(at, `${event.who}’s card, edited in place`, event.message)
          : show.line(at, `${event.who}’s card is saved: ${firstWords(event.message)}`);
      case 'wrote':
        return show.line(at, `${event.who} writes: “${shortened(event.text)}”`);
      case 'pressed':
        return show.line(at, `${event.who} presses [${event.label}]`);
      case 'posted':
        return tellPosted(show, at, event, isWhole);
    }
  };
}

type Posted = Extract<StageEvent, { kind: 'posted' }>;

function tellPosted(show: Show, at: Date, { channel, message }: Posted, isWhole: (sort: string) => boolean): Promise<void> {
  const alt = altOf(message);
  if (alt === null)
    return isWhole('digest')
      ? show.message(at, `Weekly digest, in the channel “${channel}”`, message)
      : show.line(at, `weekly digest: ${shortened(belowHeading(message))}`);
  return isWhole('picture')
    ? show.message(at, 'The picture in its thread, as it is told to whoever cannot see it', message)
    : show.line(at, `with its picture in the thread: ${shortened(alt)}`);
}

const headingOf = (message: Message) => message.parts.find((part) => part.kind === 'heading')?.text ?? '';

function firstParagraph(message: Message): string {
  return message.parts.find((part) => part.kind === 'paragraph')?.text ?? '';
}

function altOf({ parts }: Message): string | null {
  const chart = parts.find((part) => part.kind === 'chart');
  return chart ? chart.picture.alt : null;
}

/** What stands right under a digest's heading: its counts, or the title of what else there is. */
function belowHeading({ parts: [, part] }: Message): string {
  return part?.kind === 'paragraph' || part?.kind === 'heading' ? part.text : '';
}

/** What a card says first is what was understood; its heading is the same on every one. */
const firstWords = (message: Message) => shortened(firstParagraph(message) || headingOf(message));

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1).trimEnd()}…`;
}
