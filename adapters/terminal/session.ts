import type { Control, Message, Part } from '../../src/domain/message.js';
import type { Account } from '../../src/domain/people.js';
import type { ChatOptions, ChatPerson, ChatPorts, TerminalEvent, TerminalMessage } from './chat-ports.js';
import type { Lines } from './lines.js';
import { oneLine } from './plain-text.js';
import { controlsOf, type Look, renderMessage, renderParts, styled } from './render.js';

/** Who one is at the moment. */
export type Self =
  | { readonly kind: 'alumnus'; readonly person: ChatPerson }
  | { readonly kind: 'organiser'; readonly programme: string | null };

/** The message whose controls the numbers press. `ref` is null for an answer that is no message of its own. */
type Shown = { readonly ref: string | null; readonly controls: readonly Control[] };

export type Session = {
  readonly ports: ChatPorts;
  readonly lines: Lines;
  readonly look: () => Look;
  self: Self;
  shown: Shown | null;
  /** What each person wrote last, by the id it was given, so that it can be edited or deleted. */
  readonly lastWritten: Map<number, string>;
  /** What happened out of sight since the last line about it. */
  readonly news: { readonly people: Set<number>; channels: number; removed: number };
  isLeaving: boolean;
};

const WIDEST = 100;

export function startSession(ports: ChatPorts, lines: Lines, { output, colour }: ChatOptions): Session {
  return {
    ports,
    lines,
    look: () => ({ colour, width: Math.max(30, Math.min(output.columns ?? 80, WIDEST) - 2) }),
    self: { kind: 'organiser', programme: null },
    shown: null,
    lastWritten: new Map(),
    news: { people: new Set(), channels: 0, removed: 0 },
    isLeaving: false,
  };
}

export const accountOf = (self: Self): Account => ({
  platform: 'terminal',
  id: self.kind === 'alumnus' ? String(self.person.id) : 'organiser',
});

export const nameOf = (person: ChatPerson): string => oneLine(person.name) || `number ${person.id}`;

export function promptOf({ self }: Session): string {
  if (self.kind === 'alumnus') return `${nameOf(self.person).split(' ')[0]}> `;
  return self.programme === null ? 'organiser> ' : `organiser of ${oneLine(self.programme)}> `;
}

/** A line of the chat itself, which is nobody's message. */
export function tell(session: Session, ...texts: readonly string[]): void {
  session.lines.print(texts.map((text) => styled(text, 'dim', session.look())).join('\n'));
}

/** Every line of the bot's stands behind a bar, so that nothing within a message can pass for the chat. */
function printBarred(session: Session, text: string): void {
  const bar = styled('|', 'key', session.look());
  const lines = text.split('\n').map((line) => `${bar} ${line}`.trimEnd());
  session.lines.print(['', ...lines].join('\n'));
}

/** Shows a message, whose controls the numbers press from now on if it has any. */
export function showMessage(session: Session, message: Message, ref: string | null = null): void {
  printBarred(session, renderMessage(message, session.look()));
  take(session, message, ref);
  const hint = hintFor(controlsOf(message));
  if (hint !== null) tell(session, hint);
}

export function showUnnumbered(session: Session, message: Message): void {
  printBarred(session, renderMessage(message, { ...session.look(), numbered: false }));
}

function take(session: Session, message: Message, ref: string | null): void {
  const controls = controlsOf(message);
  if (controls.length > 0) session.shown = { ref, controls };
  else if (ref !== null && session.shown?.ref === ref) session.shown = null;
}

function hintFor(controls: readonly Control[]): string | null {
  if (controls.length === 0) return null;
  const numbers = controls.length === 1 ? '1 presses it' : `1 to ${controls.length} press them`;
  const select = controls.findIndex((each) => each.kind === 'select') + 1;
  const choosing = select === 0 ? '' : `, “${select} 2” takes the second choice in ${select}`;
  return `  ${numbers}${choosing}; or write back in words.`;
}

export function isForSelf({ self }: Session, { to }: TerminalMessage): boolean {
  return self.kind === 'alumnus' ? to.what === 'person' && to.id === String(self.person.id) : to.what === 'channel';
}

/** What the bot does as it does it: shown to whoever one is, counted for the others. */
export function onEvent(session: Session, event: TerminalEvent): void {
  const { now } = event;
  if (!isForSelf(session, now)) {
    if (event.kind !== 'sent') return;
    if (now.to.what === 'channel') session.news.channels += 1;
    else session.news.people.add(Number(now.to.id));
    return;
  }
  switch (event.kind) {
    case 'sent':
      showMessage(session, now.message, now.ref);
      break;
    case 'edited':
      showEdit(session, now, event.before);
      break;
    case 'removed':
      session.news.removed += 1;
      if (session.shown?.ref === now.ref) session.shown = null;
  }
}

/** A card is shown whole, since it is what one works on; of any other message only what has changed. */
function showEdit(session: Session, now: TerminalMessage, before: TerminalMessage): void {
  if (now.message.parts.some((part) => part.kind === 'heading')) {
    showMessage(session, now.message, now.ref);
    return;
  }
  const known = new Set(before.message.parts.map(asText));
  const changed = now.message.parts.filter((part) => !known.has(asText(part)));
  const isShown = session.shown === null || session.shown.ref === now.ref;
  if (changed.length === 0) return;
  printBarred(session, `(changed) ${renderParts(now.message, changed, { ...session.look(), numbered: isShown })}`);
  if (isShown) take(session, now.message, now.ref);
}

const asText = (part: Part) => JSON.stringify(part);
const MOST_NAMED = 6;

/** Says what happened out of sight, in a line or two. */
export async function tellNews(session: Session): Promise<void> {
  const { news } = session;
  const ids = [...news.people];
  const { channels, removed } = news;
  news.people.clear();
  news.channels = 0;
  news.removed = 0;
  if (removed > 0)
    tell(session, `  (${removed === 1 ? 'one message of the bot was' : `${removed} messages of the bot were`} removed)`);
  if (channels > 0) tell(session, '  The organisers have a new message: /be organiser, then /messages.');
  if (ids.length === 0) return;
  const found = await Promise.all(ids.slice(0, MOST_NAMED).map((id) => personNumbered(session.ports, id)));
  const names = found.map((person, at) => (person ? nameOf(person) : `number ${ids[at]}`));
  const more = ids.length - names.length;
  const listed = more > 0 ? `${names.join(', ')} and ${more} more` : joined(names);
  tell(session, `  ${listed} ${ids.length === 1 ? 'has' : 'have'} a new message: /be ${names[0]?.split(' ')[0]}`);
}

export const personNumbered = async (ports: ChatPorts, id: number): Promise<ChatPerson | null> =>
  (await ports.findPeople(String(id), 10)).find((each) => each.id === id) ?? null;

const joined = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
