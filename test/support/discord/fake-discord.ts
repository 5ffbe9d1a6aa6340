import { Faults } from './faults.js';
import { Gateway } from './gateway.js';
import { Interactions } from './interactions.js';
import { Person } from './people.js';
import { type Limits, NO_LIMITS, RateLimits } from './rate-limits.js';
import { messageRoutes } from './routes.js';
import { serverRoutes } from './routes-server.js';
import { ApiError, type Reply, type Request, RestServer, type Route } from './server.js';
import { type Channel, type Guild, type Overwrite, State } from './state.js';

type Options = {
  /** What time Discord takes it to be: its ids and its history go by that. */
  readonly now?: () => Date;
  readonly limits?: Limits;
  readonly heartbeatMs?: number;
};

/** A strict Discord on loopback: REST, gateway and people. What a client does wrong stands in `problems`. */
export class FakeDiscord {
  readonly problems: string[] = [];
  readonly requests: Request[] = [];
  readonly faults = new Faults();
  readonly gateway: Gateway;
  readonly state: State;
  readonly interactions: Interactions;
  readonly guild: Guild;
  token = 'a-token-of-the-fake';
  onDone: (request: Request, reply: Reply) => void = () => {};
  private readonly server: RestServer;
  private port = 0;

  private constructor({ now = () => new Date(), limits = NO_LIMITS, heartbeatMs = 41_250 }: Options) {
    const complain = (problem: string) => void this.problems.push(problem);
    const token = () => this.token;
    this.gateway = new Gateway({ state: () => this.state, token, complain, heartbeatMs });
    this.state = new State(now, (type, data, intent) => this.gateway.dispatch(type, data, intent));
    this.interactions = new Interactions(this.state, complain);
    this.guild = this.state.addGuild('Alumni');
    const rates = new RateLimits();
    const place = { state: this.state, interactions: this.interactions, gateway: this.gateway, limits, rates, complain };
    const routes = [...messageRoutes(place), ...serverRoutes(place), this.files()];
    const onRequest = (request: Request) => void this.requests.push(request);
    const onDone = (request: Request, reply: Reply) => this.onDone(request, reply);
    this.server = new RestServer({ routes, faults: this.faults, limits, rates, token, complain, onRequest, onDone });
  }

  static async open(options: Options = {}): Promise<FakeDiscord> {
    const fake = new FakeDiscord(options);
    const { server, port } = await fake.server.listen();
    fake.port = port;
    fake.state.filesUrl = `http://127.0.0.1:${port}/attachments`;
    fake.gateway.attach(server, port);
    return fake;
  }

  /** For DISCORD_API_URL. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.port}/api`;
  }

  /** Somebody on the server. */
  person(username: string, globalName: string | null = null): Person {
    const user = this.state.addUser(username, { globalName });
    this.state.join(this.guild, user);
    return new Person({ state: this.state, interactions: this.interactions, guild: this.guild }, user);
  }

  role(name: string, people: readonly Person[], permissions = 0n): string {
    const id = this.state.nextId();
    this.guild.roles.set(id, { id, name, permissions });
    for (const each of people) this.guild.members.get(each.id)?.roles.push(id);
    return id;
  }

  channel(name: string, overwrites: readonly Overwrite[] = []): Channel {
    return this.state.addChannel(this.guild, name, overwrites);
  }

  /** Requests to a route such as `POST /channels/1/messages`. */
  requestsTo(route: RegExp): readonly Request[] {
    return this.requests.filter(({ method, path }) => route.test(`${method} ${path}`));
  }

  async close(): Promise<void> {
    this.gateway.close();
    await this.server.close();
  }

  private files(): Route {
    return {
      method: 'GET',
      path: /^\/attachments\/(\d+)\/.+$/,
      isOpen: true,
      handle: (_, [id = '']) => {
        const attachment = this.state.attachment(id);
        if (!attachment) throw new ApiError(404, 0, '404: Not Found');
        return { status: 200, bytes: attachment.bytes };
      },
    };
  }
}
