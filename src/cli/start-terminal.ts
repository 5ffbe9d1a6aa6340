import { fstatSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openChat } from '../../adapters/terminal/chat.js';
import type { Chat, ChatPorts, TerminalMessenger } from '../../adapters/terminal/chat-ports.js';
import { openTerminalMessenger } from '../../adapters/terminal/messenger.js';
import { hasColour } from '../../adapters/terminal/render.js';
import { organiserListsIn } from '../../db/organiser-lists.js';
import { nextSettling } from '../../db/waiting.js';
import type { Config } from '../config.js';
import type { Clock } from '../ports.js';
import type { Bot } from './bot.js';
import { hearingOn } from './hearing.js';
import type { OpenRoom } from './open.js';
import { organiserPortsOn } from './organiser-ports.js';
import { makeSample } from './sample.js';

/** The terminal as a platform. What was said is kept beside an embedded database; null where nobody could say or read anything. */
export async function terminalPlatform({ database }: Config, clock: Clock): Promise<TerminalMessenger | null> {
  if (!process.stdin.isTTY && isNoInput()) return null;
  return openTerminalMessenger({ clock, folder: database.kind === 'embedded' ? database.folder : null });
}

/** A service started with no input has /dev/null there: that is nobody to talk to, and no reason to end either. */
function isNoInput(): boolean {
  try {
    return fstatSync(0).isCharacterDevice();
  } catch {
    return true;
  }
}

/** Opens the chat in which whoever sits here plays everybody. */
export function chatOn(room: OpenRoom, bot: Bot, messenger: TerminalMessenger): Chat {
  const options = { input: process.stdin, output: process.stdout, colour: hasColour(process.stdout, process.env) };
  return openChat(chatPorts(room, bot, messenger), options);
}

function chatPorts(room: OpenRoom, bot: Bot, messenger: TerminalMessenger): ChatPorts {
  const { ports, connection } = room;
  const { findPeople } = organiserListsIn(connection.db);
  return {
    messenger,
    clock: ports.clock,
    random: ports.random,
    findPeople,
    programmes: async () =>
      (await ports.programmes.allProgrammes()).filter((each) => each.archivedAt === null).map((each) => each.name),
    hearing: hearingOn(ports, organiserPortsOn(room)),
    readFile: (path) => readFile(resolve(path)).catch(() => null),
    makeSample: () => makeSample(room),
    settle: () => settled(room, bot),
  };
}

/** Longer than somebody is usually waited for before their reply is read; what is put off further is not waited for. */
const LONGEST_QUIET_MS = 60_000;

/** Resolves once no reply waits to be read, and all that follows from those that did has been sent. */
async function settled({ ports, connection }: OpenRoom, bot: Bot): Promise<void> {
  for (;;) {
    await bot.settle();
    const next = await nextSettling(connection.db);
    const waitMs = next ? next.getTime() - ports.clock.now().getTime() : Number.POSITIVE_INFINITY;
    if (waitMs > LONGEST_QUIET_MS) return;
    await new Promise((resolve) => setTimeout(resolve, Math.max(waitMs, 20)));
  }
}
