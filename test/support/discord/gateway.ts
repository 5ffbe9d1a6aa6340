import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { isBody } from './message-bodies.js';
import { type Body, guildBody, INTENTS, memberBody, PRIVILEGED, type State, userBody } from './state.js';

const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  ack: 11,
};

type Session = {
  readonly id: string;
  readonly intents: number;
  readonly sent: { readonly s: number; readonly t: string; readonly d: Body }[];
  seq: number;
  socket: WebSocket | null;
};

type Options = {
  readonly state: () => State;
  readonly token: () => string;
  readonly complain: (problem: string) => void;
  readonly heartbeatMs: number;
};

/** Discord's gateway on loopback: sessions that outlive their connections, and every way to lose them. */
export class Gateway {
  /** Which privileged intents are switched on for the application. */
  readonly privileged = new Set<keyof typeof PRIVILEGED>();
  readonly sessions = new Map<string, Session>();
  /** How often a session was begun, and taken up again. */
  identified = 0;
  resumed = 0;
  /** The most sessions that were connected at one time. */
  mostAtOnce = 0;
  isDown = false;
  /** How many heartbeats were answered. */
  beats = 0;
  /** How many connections were turned away while it was down. */
  turnedAway = 0;
  private deliveriesEach = 1;
  private held: (() => void)[] | null = null;
  private readonly sockets = new Set<WebSocket>();
  private server: WebSocketServer | null = null;
  private url = '';

  constructor(private readonly options: Options) {}

  attach(server: Server, port: number): void {
    this.url = `ws://127.0.0.1:${port}`;
    this.server = new WebSocketServer({ server });
    this.server.on('connection', (socket, request) => {
      if (this.isDown) {
        this.turnedAway += 1;
        return socket.terminate();
      }
      const query = new URL(request.url ?? '/', 'http://loopback').searchParams;
      if (query.get('v') !== '10' || query.get('encoding') !== 'json') this.options.complain('gateway: not version 10 in JSON');
      this.welcome(socket);
    });
  }

  connectionInfo(): Body {
    const limit = { total: 1000, remaining: 1000 - this.identified, reset_after: 86_400_000, max_concurrency: 1 };
    return { url: this.url, shards: 1, session_start_limit: limit };
  }

  /** Connected sessions. */
  get connected(): readonly Session[] {
    return [...this.sessions.values()].filter((each) => each.socket !== null);
  }

  dispatch(type: string, data: Body, intent: number): void {
    for (const session of this.sessions.values()) {
      if (intent !== 0 && (session.intents & intent) === 0) continue;
      for (let nth = 0; nth < this.deliveriesEach; nth += 1) this.tell(session, type, data);
    }
  }

  /** From now on every event comes so many times. */
  deliverEach(times: number): void {
    this.deliveriesEach = times;
  }

  /** Holds events back until `release`, which sends them in the reverse order. */
  hold(): void {
    this.held = [];
  }

  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const each of held.reverse()) each();
  }

  /** Drops every connection, as a network does. Sessions can be taken up again. */
  drop(): void {
    for (const each of this.sockets) each.terminate();
  }

  /** Asks every client to connect anew. */
  askToReconnect(): void {
    for (const each of this.sockets) send(each, { op: OP.reconnect, d: null });
  }

  /** Ends all sessions: what was not heard by then is never told. */
  invalidate(): void {
    this.sessions.clear();
    for (const each of this.sockets) send(each, { op: OP.invalidSession, d: false });
  }

  /** Lets every connection stand and answers nothing on it any more; its session is lost. New ones work. */
  freeze(): void {
    this.sessions.clear();
    for (const each of this.sockets) each.removeAllListeners('message');
  }

  /** Closes every connection for a reason, such as 4014. */
  closeWith(code: number): void {
    if (code === 4004 || code >= 4010) this.sessions.clear();
    for (const each of this.sockets) each.close(code);
  }

  close(): void {
    this.drop();
    this.server?.close();
  }

  private welcome(socket: WebSocket): void {
    let session: Session | null = null;
    let lastBeat = Date.now();
    const { heartbeatMs } = this.options;
    this.sockets.add(socket);
    const watch = setInterval(() => {
      if (Date.now() - lastBeat > heartbeatMs * 2) socket.close(4009);
    }, heartbeatMs);
    socket.on('close', () => {
      clearInterval(watch);
      this.sockets.delete(socket);
      if (session?.socket === socket) session.socket = null;
    });
    socket.on('error', () => {});
    socket.on('message', (raw) => {
      const packet = parse(String(raw));
      if (!packet) return socket.close(4002);
      if (packet.op === OP.heartbeat) {
        lastBeat = Date.now();
        this.beats += 1;
        send(socket, { op: OP.ack });
      } else if (packet.op === OP.identify) session = this.identify(socket, packet.d);
      else if (packet.op === OP.resume) session = this.resume(socket, packet.d);
      else if (packet.op !== OP.presence) socket.close(4001);
    });
    send(socket, { op: OP.hello, d: { heartbeat_interval: heartbeatMs } });
  }

  private identify(socket: WebSocket, data: Body): Session | null {
    if (data.token !== this.options.token()) return refuse(socket, 4004);
    const intents = Number(data.intents);
    if (!Number.isInteger(intents) || intents < 0) return refuse(socket, 4013);
    const asked = Object.entries(PRIVILEGED).filter(([, bit]) => (intents & bit) !== 0);
    if (asked.some(([name]) => !this.privileged.has(name as keyof typeof PRIVILEGED))) return refuse(socket, 4014);
    if (!isBody(data.properties)) this.options.complain('gateway: identify without properties');
    const state = this.options.state();
    const session: Session = { id: `session-${state.nextId()}`, intents, sent: [], seq: 0, socket };
    this.sessions.set(session.id, session);
    this.identified += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.connected.length);
    const guilds = [...state.guilds.values()].filter((each) => each.members.has(state.bot.id));
    this.tell(session, 'READY', {
      v: 10,
      user: userBody(state.bot),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.url,
      shard: [0, 1],
      application: { id: state.bot.id, flags: 0 },
    });
    if ((intents & INTENTS.guilds) === 0) return session;
    for (const guild of guilds) {
      const channels = [...state.channels.values()].filter((each) => each.guildId === guild.id);
      const me = guild.members.get(state.bot.id);
      this.tell(session, 'GUILD_CREATE', {
        ...guildBody(guild),
        joined_at: '2022-01-01T00:00:00.000000+00:00',
        large: false,
        unavailable: false,
        member_count: guild.members.size,
        members: me ? [memberBody(me)] : [],
        channels: channels.map((each) => state.channelBody(each)),
        threads: [],
        presences: [],
        voice_states: [],
        stage_instances: [],
        guild_scheduled_events: [],
        soundboard_sounds: [],
      });
    }
    return session;
  }

  private resume(socket: WebSocket, data: Body): Session | null {
    const session = this.sessions.get(String(data.session_id));
    if (data.token !== this.options.token()) return refuse(socket, 4004);
    if (!session) {
      send(socket, { op: OP.invalidSession, d: false });
      return null;
    }
    session.socket = socket;
    this.resumed += 1;
    const missed = session.sent.filter((each) => each.s > Number(data.seq));
    for (const each of missed) send(socket, { op: OP.dispatch, ...each });
    this.tell(session, 'RESUMED', {});
    return session;
  }

  private tell(session: Session, t: string, d: Body): void {
    const event = { s: ++session.seq, t, d };
    session.sent.push(event);
    const go = () => session.socket && send(session.socket, { op: OP.dispatch, ...event });
    if (this.held && t !== 'READY' && t !== 'RESUMED') this.held.push(go);
    else go();
  }
}

function refuse(socket: WebSocket, code: number): null {
  socket.close(code);
  return null;
}

function send(socket: WebSocket, packet: Body): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ s: null, t: null, ...packet }));
}

function parse(raw: string): { readonly op: number; readonly d: Body } | null {
  const packet: unknown = JSON.parse(raw);
  return isBody(packet) && typeof packet.op === 'number' ? { op: packet.op, d: isBody(packet.d) ? packet.d : {} } : null;
}
