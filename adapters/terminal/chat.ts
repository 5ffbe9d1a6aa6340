import { onCommand } from './chat-commands.js';
import type { Chat, ChatOptions, ChatPorts } from './chat-ports.js';
import { openLines } from './lines.js';
import { parsePress, press } from './press.js';
import { accountOf, onEvent, promptOf, type Session, startSession, tell, tellNews } from './session.js';
import { welcome } from './welcome.js';

/** Messages to others are told together, once it has been quiet for so long. */
const NEWS_AFTER_MS = 400;

/** Opens a chat in which one person at a terminal, or a script, plays everybody: alumni and organisers. */
export function openChat(ports: ChatPorts, options: ChatOptions): Chat {
  const lines = openLines(options);
  const session = startSession(ports, lines, options);
  let newsTimer: NodeJS.Timeout | undefined;
  const stopListening = ports.messenger.listen((event) => {
    onEvent(session, event);
    if (!lines.isKeyboard) return;
    clearTimeout(newsTimer);
    newsTimer = setTimeout(() => void tellNews(session).catch(() => {}), NEWS_AFTER_MS);
  });
  const done = converse(session).finally(() => {
    clearTimeout(newsTimer);
    stopListening();
    lines.close();
  });
  return { done, close: lines.close };
}

async function converse(session: Session): Promise<void> {
  await welcome(session);
  await catchUp(session);
  while (!session.isLeaving) {
    const line = await session.lines.next(promptOf(session));
    if (line === null) return tell(session, '', 'Goodbye.');
    await onLine(session, line.trim());
    await catchUp(session);
  }
  tell(session, 'Goodbye.');
}

/** A script goes on only once all that follows from its last line has happened; somebody who types is not kept waiting. */
async function catchUp(session: Session): Promise<void> {
  if (session.lines.isKeyboard) return;
  await session.ports.settle();
  await tellNews(session);
}

async function onLine(session: Session, line: string): Promise<void> {
  if (line === '') return;
  if (line.startsWith('/')) return onCommand(session, line);
  const pressed = parsePress(line);
  if (pressed && session.shown) return press(session, pressed.control, pressed.choice);
  if (session.self.kind === 'organiser') return onCommand(session, `/alumni ${line}`);
  const { ports, self } = session;
  const externalId = ports.random.token();
  session.lastWritten.set(self.person.id, externalId);
  const sentAt = ports.clock.now();
  await ports.hearing.message({ kind: 'new', from: accountOf(self), externalId, text: line, sentAt });
}
