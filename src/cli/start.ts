import { resolve } from 'node:path';
import { systemClock } from '../../adapters/clock.js';
import { type Health, type ServeFirst, serveHealth } from '../../adapters/health.js';
import { call, serve } from '../../adapters/local-socket.js';
import { errorCode, jsonLog } from '../../adapters/log.js';
import { FolderInUseError } from '../../db/connect.js';
import { sweepDrafts } from '../../db/drafts.js';
import { platformMemoryIn } from '../../db/platform-memory.js';
import { dropOldWords } from '../../db/retention.js';
import type { Config } from '../config.js';
import type { Platform } from '../domain/people.js';
import { catchUpOn } from '../flows/catch-up.js';
import { paceFor } from '../flows/deliver.js';
import type { Listening } from '../platform-ports.js';
import type { Messenger } from '../ports.js';
import { type Bot, makeBot } from './bot.js';
import type { Answer } from './carry-out.js';
import { closeInOrder, ending } from './ending.js';
import { configOf } from './environment.js';
import { execute } from './execute.js';
import { hearingOn } from './hearing.js';
import { countedOutbox, countedReader, metricsOf } from './metrics.js';
import { NO_SECRET, type OpenRoom, openRoom } from './open.js';
import { organiserPortsOn } from './organiser-ports.js';
import { isHearing, listenToAll, platformPlugs, platformsOf } from './platforms.js';
import { DONE, FAILED, failed, type Shell } from './shell.js';
import { type Surroundings, THE_MACHINE } from './surroundings.js';

const POOL_SIZE = 10;
/** Another command may have the folder for a moment. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 50;
const NOBODY_THERE =
  'No platform is configured, and there is no terminal to chat in: nothing is sent. Set SLACK_… or DISCORD_…, or start it in a terminal.\n';

/** Runs the bot until it is told to end; with no platform configured, until the chat in the terminal is left. */
export async function start(shell: Shell, around: Surroundings = THE_MACHINE): Promise<number> {
  const config = atHome(configOf(shell), shell.cwd);
  if (config.database.kind === 'postgres' && config.secret === null) throw failed(NO_SECRET);
  const hasPlatforms = platformsOf(config).length > 0;
  const log = jsonLog(config.logLevel ?? (hasPlatforms ? 'info' : 'error'));
  const closing = closeInOrder(log);
  const end = ending(log, closing.atWhat);
  try {
    const clock = around.clock ?? systemClock(config.clockOffsetMs);
    const plugs = around.plugs(await platformPlugs(config, { log, clock, haste: around }));
    const messengers = new Map<Platform, Messenger>(plugs.map(({ messenger }) => [messenger.platform, messenger]));
    let bot: Bot | undefined;
    const furnishing = { log, poolSize: POOL_SIZE, messengers, clock, wakeSender: () => bot?.wakeSender() };
    const opened = await openPatiently(config, furnishing);
    const room = { ...opened, ports: around.ports(opened.ports) };
    closing.last('database', () => room.connection.close());
    const terminal = hasPlatforms ? null : await (await import('./start-terminal.js')).terminalPlatform(config, room.ports.clock);
    if (terminal) messengers.set(terminal.platform, terminal);
    const counted = countedOutbox(room.ports.outbox);
    const memory = around.memory(platformMemoryIn(room.connection.db));
    let listening: readonly Listening[] = [];
    const isConnected = (platform: Platform) =>
      isHearing(listening[plugs.findIndex(({ messenger }) => messenger.platform === platform)]);
    const catchUp = catchUpOn({ ...room.ports, memory, takeIn: (incoming) => hearing.message(incoming) });
    const reading = countedReader(room.ports.readReply);
    const sending = { ...room.ports, outbox: counted.outbox, readReply: reading.readReply };
    const pace = around.pace ?? paceFor(config.reconcileAfterMs);
    const running = makeBot(sending, pace, () => catchUp.look(isConnected), sweepingIn(room));
    bot = running;
    closing.last('sender', () => running.stop());
    closing.last('reader', async () => room.stopReading());
    const hearing = hearingOn(room.ports, organiserPortsOn(room), catchUp);
    listening = await listenToAll(plugs, hearing, memory);
    for (const each of listening) {
      closing.last('platforms', each.close);
      end.when(each.lost);
    }
    if (config.database.kind === 'embedded')
      closing.last('socket', await serve(config.database.folder, (request) => carryOut(room, request)));
    const health = healthOf(room, { listening, messengers, isEnding: end.isEnding }, () =>
      metricsOf(room.connection.db, room.ports.clock.now(), {
        ended: counted.ended,
        stages: running.stages,
        reading: reading.spent(),
      }),
    );
    const serveFirst = listening.flatMap(({ serve }) => serve ?? []);
    const port = await serveIfFree(config, hasPlatforms, { health, serveFirst }, (close) => closing.last('port', close));
    const ticking = around.ticking(running.tick, log);
    closing.last('ticks', () => ticking.stop());
    const platforms = [...messengers.keys()];
    log.info('started', { database: config.database.kind, platforms, port, model: config.model?.model ?? null });
    if (hasPlatforms) {
      await Promise.race([end.ended, whenReady(listening, end.isEnding)]);
      if (!end.isEnding()) shell.out(`${JSON.stringify({ ready: true, platforms, port })}\n`);
    } else if (terminal) {
      const chat = (await import('./start-terminal.js')).chatOn(room, running, terminal);
      closing.last('chat', async () => chat.close());
      end.when(chat.done);
    } else shell.err(NOBODY_THERE);
    await end.ended;
    return DONE;
  } finally {
    end.begin();
    await closing.close();
    end.off();
  }
}

const SWEEP_MS = 600_000;

/**
 * Keeps the copy of the list of erased people, at once; and drops what organisers have begun and not finished, once it is too old: now
 * and then, since it takes no hurry.
 */
function sweepingIn({ connection, ports, keepErased }: OpenRoom): () => Promise<void> {
  let nextAt = 0;
  let listAt = 0;
  // A folder that cannot be written is told of once in ten minutes, not once a second.
  const keepList = async (now: Date) => {
    if (now.getTime() < listAt) return;
    await keepErased().catch((error: unknown) => {
      listAt = now.getTime() + SWEEP_MS;
      ports.log.error('erased_list_not_kept', { error });
    });
  };
  return async () => {
    const now = ports.clock.now();
    await keepList(now);
    if (now.getTime() < nextAt) return;
    nextAt = now.getTime() + SWEEP_MS;
    await sweepDrafts(connection.db, now);
    const words = await dropOldWords(connection.db, now);
    if (words > 0) ports.log.info('old_words_dropped', { messagesAndRecords: words });
  };
}

/** Resolves once every platform is connected, however long one is out of reach; or once the bot is to end. */
async function whenReady(listening: readonly Listening[], isEnding: () => boolean): Promise<void> {
  while (!isEnding() && listening.some((each) => each.notReady() !== null))
    await new Promise((again) => setTimeout(again, LOOK_AGAIN_MS));
}

/** The folder as this process names it, whatever its working directory was called with. */
function atHome(config: Config, cwd: string): Config {
  const { database } = config;
  const dataFolder = resolve(cwd, config.dataFolder);
  return database.kind === 'postgres'
    ? { ...config, dataFolder }
    : { ...config, dataFolder, database: { ...database, folder: dataFolder } };
}

async function openPatiently(config: Config, furnishing: Parameters<typeof openRoom>[1]): Promise<OpenRoom> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await openRoom(config, furnishing);
    } catch (error) {
      if (!(error instanceof FolderInUseError) || config.database.kind !== 'embedded') throw error;
      const isBot = (await call(config.database.folder, { kind: 'migrate' })).kind === 'answered';
      if (isBot || error.heldBy.elsewhere || Date.now() >= until) throw failed(error.message);
      await new Promise((again) => setTimeout(again, LOOK_AGAIN_MS));
    }
  }
}

/** For a command of another process that found the folder taken by this one. */
async function carryOut(room: OpenRoom, request: unknown): Promise<Answer> {
  const said = { stdout: '', stderr: '' };
  const voice = {
    out: (text: string) => {
      said.stdout += text;
    },
    err: (text: string) => {
      said.stderr += text;
    },
  };
  try {
    return { exitCode: await execute(room, request, voice), ...said };
  } catch (error) {
    room.ports.log.error('command_failed', { error });
    const stderr = `The running bot could not do that (${errorCode(error)}). If it is of another version than this command, restart it.\n`;
    return { exitCode: FAILED, ...said, stderr: `${said.stderr}${stderr}` };
  }
}

type Standing = {
  readonly listening: readonly Listening[];
  readonly messengers: ReadonlyMap<Platform, Messenger>;
  readonly isEnding: () => boolean;
};

function healthOf(room: OpenRoom, { listening, messengers, isEnding }: Standing, metrics: Health['metrics']): Health {
  const illness = async () => ((await answersInTime(room)) ? null : 'the database does not answer');
  return {
    illness,
    notReady: async () => {
      if (isEnding()) return 'ending';
      if (messengers.size === 0) return 'no platform is connected';
      return listening.map((each) => each.notReady()).find((problem) => problem !== null) ?? illness();
    },
    metrics,
  };
}

const ANSWER_MS = 5_000;

async function answersInTime({ connection }: OpenRoom): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_MS);
  });
  const answer = connection.db.execute('select 1').then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Somebody who only tries it in the terminal is not kept from it by another server on the usual port. */
async function serveIfFree(
  { port }: Config,
  hasPlatforms: boolean,
  { health, serveFirst }: { readonly health: Health; readonly serveFirst: readonly ServeFirst[] },
  closeWith: (close: () => Promise<void>) => void,
): Promise<number | null> {
  try {
    const server = await serveHealth(port.number, health, serveFirst);
    closeWith(server.close);
    return server.port;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' && !hasPlatforms && !port.isChosen) return null;
    const why = { EADDRINUSE: 'it is in use', EACCES: 'this user may not listen on it' }[code ?? ''] ?? code;
    throw failed(`Port ${port.number} cannot be used: ${why}. Set PORT to another one (0 for any)`);
  }
}
