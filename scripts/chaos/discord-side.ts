import { FakeDiscord } from '../../test/support/discord/fake-discord.js';
import type { Fault } from '../../test/support/discord/faults.js';
import type { Person } from '../../test/support/discord/people.js';
import { componentsIn, environmentFor, seen, wordsIn } from '../../test/support/discord/seen.js';
import type { Reply, Request } from '../../test/support/discord/server.js';
import { type Body, SEES } from '../../test/support/discord/state.js';
import type { Dice } from './dice.js';
import type { Ledger } from './ledger.js';
import { type Account, controlOf, type Side } from './side.js';

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'rate_limited', retryAfterS: 0.2 },
  { kind: 'hang' },
  { kind: 'silent' },
  { kind: 'lost' },
  { kind: 'dropped' },
];
/** What is asked at a start alone, all of it in a row: more than a few failures there, and nobody ever gets up. */
const AT_START =
  /^GET \/(gateway|oauth2|users\/@me|applications|guilds\/\d+)(\/bot|\/@me|\/\d+\/guilds\/.*)?$|^PUT \/applications/;
const AT_START_SHARE = 0.15;

const DISTURBANCES = {
  drop: 'Discord’s connections break',
  askToReconnect: 'Discord asks to reconnect',
  invalidate: 'Discord ends its sessions',
} as const;

/** A made-up Discord whose people act, and whose requests and events go wrong by chance. */
export async function discordSide(now: () => Date, ledger: Ledger, dice: Dice): Promise<Side> {
  const discord = await FakeDiscord.open({ now });
  const people = new Map<string, Person>();
  let probability = 0;

  discord.faults.byChance = (route) => {
    if (!dice.happens(probability * (AT_START.test(route) ? AT_START_SHARE : 1))) return null;
    const fault = dice.one(FAULTS);
    ledger.fault(`discord ${route.replaceAll(/\d{15,}|token-of-\d+/g, '…')}`, fault.kind);
    return fault;
  };
  discord.onDone = (request, reply) => note(discord, ledger, request, reply);

  const account = (person: Person): Account => ({
    id: person.id,
    writes(text) {
      if (probability > 0 && dice.happens(0.15)) eventsGoWrong();
      const id = person.says(text);
      ledger.add({ who: person.id, what: 'wrote', id, words: text });
    },
    presses(on, verb, { choice, value } = {}) {
      const control = controlOf(on, verb, choice);
      const message = person.inbox.find((each) => each.id === on.id);
      if (!message || control === undefined) return;
      ledger.add({ who: person.id, what: 'pressed', id: on.id, words: `${verb} ${choice ?? value ?? ''}`.trim() });
      const acted = value === undefined ? person.presses(message, control) : person.picks(message, control, value);
      // Nobody may be there to answer it.
      acted.catch(() => {});
    },
    fromBot: () => person.inbox.map(seen),
  });

  function eventsGoWrong(): void {
    const isTwice = dice.happens(0.5);
    ledger.fault('discord gateway', isTwice ? 'events come twice' : 'events come late and in the wrong order');
    if (isTwice) discord.gateway.deliverEach(2);
    else discord.gateway.hold();
  }

  return {
    platform: 'discord',
    environment: { ...environmentFor(discord), DISCORD_OPENINGS: '1000' },
    person: (name) => {
      const person = discord.person(name.toLowerCase().replaceAll(' ', '_'), name);
      people.set(person.id, person);
      return account(person);
    },
    channel: (name, members, isPrivate) => {
      const { guild } = discord;
      const allowed = [discord.state.bot.id, ...members].map(
        (id) => ({ id, type: 1, allow: SEES.toString(), deny: '0' }) as const,
      );
      const hidden = { id: guild.id, type: 0, allow: '0', deny: SEES.toString() } as const;
      return discord.channel(name, isPrivate ? [hidden, ...allowed] : []).id;
    },
    comes: (channel, who) => overwrite(discord, channel, who, true),
    goes: (channel, who) => overwrite(discord, channel, who, false),
    problems: () => discord.problems.filter((each) => !/answered after more than/.test(each)),
    fail: (each) => {
      probability = each;
    },
    disturb: () => {
      const what = dice.one(['drop', 'askToReconnect', 'invalidate'] as const);
      discord.gateway[what]();
      return DISTURBANCES[what];
    },
    settle: () => {
      discord.gateway.deliverEach(1);
      discord.gateway.release();
    },
    close: () => discord.close(),
  };
}

function overwrite(discord: FakeDiscord, channelId: string, who: string, mayRead: boolean): void {
  const channel = discord.state.channels.get(channelId);
  if (!channel) return;
  const others = channel.overwrites.filter((each) => each.id !== who);
  channel.overwrites = mayRead ? [...others, { id: who, type: 1, allow: SEES.toString(), deny: '0' }] : others;
}

/** The person of direct messages, else the channel itself. */
const receiver = ({ state }: FakeDiscord, id: string) => state.channels.get(id)?.recipientId ?? id;

function note(discord: FakeDiscord, ledger: Ledger, { method, path, body, files }: Request, reply: Reply): void {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Body;
  const told = () => ({
    words: wordsIn(given),
    controls: componentsIn(given).map((each) => String(each.custom_id)),
    raw: JSON.stringify(given),
  });
  const [, channel = '', message = ''] = /^\/channels\/(\d+)\/messages(?:\/(\d+))?$/.exec(path) ?? [];
  if (channel !== '' && method !== 'GET') {
    const who = receiver(discord, channel);
    if (method === 'DELETE') return void ledger.add({ what: 'removed', who, id: message });
    if (method === 'PATCH') return void ledger.add({ what: 'edited', who, id: message, ...told() });
    const isInThread = given.message_reference !== undefined || files.size > 0;
    return void ledger.add({ what: 'sent', who, id: String((reply.body as Body).id), ...told(), isInThread });
  }
  const token = /^\/(?:interactions\/\d+|webhooks\/\d+)\/([\w-]+)/.exec(path)?.[1];
  if (token === undefined) return;
  const data = (typeof given.data === 'object' && given.data !== null ? given.data : given) as Body;
  ledger.add({ what: 'shown', who: discord.interactions.byToken(token).by.id, words: wordsIn(data), raw: JSON.stringify(given) });
}
