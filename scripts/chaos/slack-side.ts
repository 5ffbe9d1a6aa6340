import { wordsIn } from '../../test/support/slack/block-kit.js';
import type { Acked, Envelope } from '../../test/support/slack/connections.js';
import { elementsIn, FakeSlack } from '../../test/support/slack/fake-slack.js';
import type { Fault } from '../../test/support/slack/faults.js';
import { environmentFor, seen } from '../../test/support/slack/seen.js';
import type { Arguments, Reply } from '../../test/support/slack/web-api.js';
import { BOT_USER } from '../../test/support/slack/workspace.js';
import type { Dice } from './dice.js';
import type { Ledger } from './ledger.js';
import { type Account, controlOf, type Side } from './side.js';

/** Slack delivers what nobody acknowledges three more times, and then no more. */
const MOST_DELIVERIES = 4;
const DELIVERED_TWICE = 0.1;
const DELIVERED_LATE = 0.1;
const NEVER_DELIVERED = 0.03;
/** More than a few failures of what is asked at a start, and nobody ever gets up. */
const AT_START_SHARE = 0.3;

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 500 },
  { kind: 'rate_limited', retryAfter: 1 },
  { kind: 'hang' },
  { kind: 'silent' },
  { kind: 'lose' },
  { kind: 'drop' },
];

type Late = { readonly envelope: Envelope; readonly stored: () => void; deliveries: number };

/** A made-up Slack whose people act, and whose calls and events go wrong by chance. */
export async function slackSide(now: () => Date, ledger: Ledger, dice: Dice): Promise<Side> {
  const slack = await FakeSlack.open(now);
  const late: Late[] = [];
  let probability = 0;

  slack.faults.byChance = (method) => {
    const isAtStart = /^(auth\.test|bots\.info|apps\.connections\.open)$/.test(method);
    if (!dice.happens(probability * (isAtStart ? AT_START_SHARE : 1))) return null;
    const fault = dice.one(FAULTS);
    ledger.fault(`slack ${method}`, fault.kind);
    return fault;
  };
  slack.onDone = (method, args, reply) => note(slack, ledger, method, args, reply);

  /** Delivers it as Slack does; `stored` is called at the first acknowledgement. */
  async function deliver(each: Late): Promise<void> {
    each.deliveries += 1;
    const acked: Acked = await slack.connections.deliver(each.envelope, each.deliveries - 1);
    if (acked !== null) each.stored();
    else if (each.deliveries < MOST_DELIVERIES) late.push(each);
  }

  function tell(who: string, id: string, event: Readonly<Record<string, unknown>>): void {
    let isStored = false;
    const stored = () => {
      if (!isStored) ledger.add({ who, what: 'stored', id });
      isStored = true;
    };
    const each = { envelope: { kind: 'events_api', payload: slack.eventBody(event) } as const, stored, deliveries: 0 };
    if (probability > 0 && dice.happens(NEVER_DELIVERED)) return void ledger.fault(who, 'an event is never delivered');
    if (probability > 0 && dice.happens(DELIVERED_LATE)) {
      ledger.fault(who, 'an event is delivered late');
      late.push(each);
      return;
    }
    void deliver(each);
    if (probability > 0 && dice.happens(DELIVERED_TWICE)) {
      ledger.fault(who, 'an event is delivered twice');
      void deliver({ ...each, deliveries: 1 });
    }
  }

  const account = (id: string): Account => ({
    id,
    writes(text) {
      const message = slack.writes(id, text);
      ledger.add({ who: id, what: 'wrote', id: message.ts, words: text });
      tell(id, message.ts, slack.messageEvent(id, message));
    },
    presses(on, verb, { choice, value } = {}) {
      const control = controlOf(on, verb, choice);
      const channel = slack.workspace.openDirect(id);
      const message = slack.workspace.message(channel.id, on.id);
      const standing = elementsIn(message?.blocks ?? null).find(({ element }) => element.action_id === control);
      if (!message || !standing || control === undefined) return;
      ledger.add({ who: id, what: 'pressed', id: on.id, words: `${verb} ${choice ?? value ?? ''}`.trim() });
      void slack.presses(id, { channel, message }, standing, value ?? null);
    },
    fromBot: () => slack.fromBot(id).map(seen),
  });

  return {
    platform: 'slack',
    environment: environmentFor(slack),
    person: (name, timeZone) => account(slack.workspace.addUser({ name, timeZone }).id),
    channel: (name, members, isPrivate) => slack.workspace.addChannel(name, members, isPrivate ? 'private' : 'channel').id,
    comes: (channel, who) => void slack.workspace.channels.get(channel)?.members.add(who),
    goes: (channel, who) => void slack.workspace.channels.get(channel)?.members.delete(who),
    problems: () => slack.refused,
    fail: (each) => {
      probability = each;
    },
    disturb: () => {
      const what = dice.one(['drop', 'refresh'] as const);
      slack.connections[what]();
      return what === 'drop' ? 'Slack’s sockets break' : 'Slack takes its sockets away';
    },
    settle: () => {
      for (const each of late.splice(0)) void deliver(each);
    },
    close: () => slack.close(),
  };
}

/** Who stands behind a channel: the person of direct messages, else the channel itself. */
function receiver({ workspace }: FakeSlack, id: string): string {
  const channel = workspace.channels.get(id);
  return channel?.kind === 'im' ? ([...channel.members].find((each) => each !== BOT_USER) ?? id) : id;
}

function note(slack: FakeSlack, ledger: Ledger, method: string, args: Arguments, reply: Reply): void {
  const blocks = args.blocks === undefined ? null : (JSON.parse(args.blocks) as readonly unknown[]);
  const words = (blocks ? wordsIn(blocks).join('\n') : '') || (args.text ?? '');
  const controls = elementsIn(blocks).flatMap(({ element }) => element.action_id ?? []);
  const raw = JSON.stringify(args);
  switch (method) {
    case 'chat.postMessage':
      return void ledger.add({
        what: 'sent',
        who: receiver(slack, args.channel ?? ''),
        id: String(reply.ts),
        words,
        controls,
        raw,
        isInThread: args.thread_ts !== undefined,
      });
    case 'files.completeUploadExternal': {
      const id = (reply.files as readonly { readonly id: string }[])[0]?.id ?? '';
      const who = receiver(slack, args.channel_id ?? '');
      return void ledger.add({
        what: 'sent',
        who,
        id,
        words: args.initial_comment ?? '',
        raw,
        isInThread: args.thread_ts !== undefined,
      });
    }
    case 'chat.update':
      return void ledger.add({
        what: 'edited',
        who: receiver(slack, args.channel ?? ''),
        id: args.ts ?? '',
        words,
        controls,
        raw,
      });
    case 'chat.delete':
      return void ledger.add({ what: 'removed', who: receiver(slack, args.channel ?? ''), id: args.ts ?? '' });
    case 'chat.postEphemeral':
    case 'response_url':
      return void ledger.add({ what: 'shown', who: args.user ?? '', words, raw });
    case 'views.publish':
      return void ledger.add({ what: 'shown', who: args.user_id ?? '', raw });
  }
}
