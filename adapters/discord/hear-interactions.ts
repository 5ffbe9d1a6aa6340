import { type Message, say } from '../../src/domain/message.js';
import type { Account } from '../../src/domain/people.js';
import type { Answer, Hearing } from '../../src/platform-ports.js';
import type { Clock, Log } from '../../src/ports.js';
import type { DiscordApi } from './api.js';
import { calledIn, completedIn } from './commands.js';
import { pressOf } from './components.js';
import type { DirectChannels } from './direct-channels.js';
import { type FormHeard, type FormPorts, type FormReply, openForm, pressInForm, takeInPage } from './form-dialogue.js';
import { joiningMessage } from './form-messages.js';
import { formPressOf, readSubmission } from './form-pages.js';
import { readAttachment } from './incoming.js';
import { type ApiInteraction, interactionSchema } from './payloads.js';
import { NOT_OPENED, offer, respond, type Told } from './respond.js';

const KINDS = { command: 2, component: 3, autocomplete: 4, form: 5 } as const;
const MOST_REMEMBERED = 1_000;
const OTHER_SERVER = say('I am here for another server, and can do nothing on this one.');
const UNKNOWN = say('I do not know that one any more. Type / to see what there is.');

type Ports = {
  readonly api: DiscordApi;
  readonly hearing: Hearing;
  readonly memory: FormPorts['memory'];
  readonly channels: DirectChannels;
  readonly guildId: string;
  readonly clock: Clock;
  readonly log: Log;
};

export type InteractionEars = {
  readonly acted: (data: unknown) => void;
  /** Resolves when everything in hand is answered. */
  readonly close: () => Promise<void>;
};

/** What people press, pick, send and type behind a slash, each answered once and to the one who acted alone. */
export function interactionEars(ports: Ports): InteractionEars {
  const inHand = new Set<Promise<void>>();
  const seen = new Set<string>();
  return {
    acted: (data) => {
      const parsed = interactionSchema.safeParse(data);
      // An event may come twice, and an answer may not.
      if (!parsed.success || seen.has(parsed.data.id)) return;
      if (seen.size >= MOST_REMEMBERED) seen.clear();
      seen.add(parsed.data.id);
      const own = take(ports, parsed.data).catch((error: unknown) =>
        ports.log.error('discord_interaction_failed', { error: error instanceof Error ? error.name : typeof error }),
      );
      inHand.add(own);
      void own.then(() => inHand.delete(own));
    },
    close: async () => void (await Promise.all(inHand)),
  };
}

async function take(ports: Ports, interaction: ApiInteraction): Promise<void> {
  const user = interaction.member?.user ?? interaction.user;
  if (!user || user.bot === true) return;
  const from: Account = { platform: 'discord', id: user.id };
  if (interaction.guild_id !== undefined && interaction.guild_id !== ports.guildId) {
    if (interaction.type === KINDS.autocomplete) return offer(ports, interaction, Promise.resolve([]));
    return respond(ports, interaction, Promise.resolve(toAsker(OTHER_SERVER)));
  }
  if (interaction.type === KINDS.autocomplete) return offer(ports, interaction, complete(ports, interaction, from));
  const work = async () => {
    if (interaction.guild_id !== undefined) ports.channels.acted(from);
    else if (interaction.channel_id !== undefined) await ports.channels.heard(from, interaction.channel_id);
    return carryOut(ports, interaction, from);
  };
  return respond(ports, interaction, work());
}

function complete({ hearing }: Ports, { data }: ApiInteraction, from: Account): Promise<readonly string[]> {
  const completed = data?.name === 'alumni' ? completedIn(data.options?.[0]) : null;
  return completed ? hearing.suggest(from, completed.what, completed.start) : Promise.resolve([]);
}

function carryOut(ports: Ports, interaction: ApiInteraction, from: Account): Promise<Told> {
  switch (interaction.type) {
    case KINDS.command:
      return command(ports, interaction, from);
    case KINDS.component:
      return component(ports, interaction, from);
    case KINDS.form:
      return form(ports, interaction, from);
    default:
      return Promise.resolve(toAsker(UNKNOWN));
  }
}

async function command(ports: Ports, interaction: ApiInteraction, from: Account): Promise<Told> {
  const { id, data, channel_id: channelId = null } = interaction;
  const called = calledIn(data?.name, data?.options?.[0]);
  if (!called) return toAsker(UNKNOWN);
  const attachment = called.fileId === null ? undefined : data?.resolved?.attachments?.[called.fileId];
  const file = attachment ? await readAttachment(attachment) : null;
  if (attachment && file === null)
    return toAsker(say('I could not fetch that file, or it is over 5 MB. Nothing was done with it.'));
  const { hearing } = ports;
  const hear = called.command === 'alumni' ? hearing.organiserCommand : hearing.alumnusCommand;
  const answer = await hear({ from, eventId: id, text: called.text, channelId, file });
  return toldBy(ports, heardIn(ports, interaction, from), answer);
}

async function component(ports: Ports, interaction: ApiInteraction, from: Account): Promise<Told> {
  const { id, data } = interaction;
  const [customId, values] = [data?.custom_id ?? '', data?.values ?? []];
  const heard = heardIn(ports, interaction, from);
  const inForm = formPressOf(customId, values);
  if (inForm) return asTold(await pressInForm(formPorts(ports), heard, inForm));
  const pressed = pressOf(customId, values);
  if (!pressed) return toAsker(UNKNOWN);
  return toldBy(ports, heard, await ports.hearing.press({ from, eventId: id, ...pressed }));
}

async function form(ports: Ports, interaction: ApiInteraction, from: Account): Promise<Told> {
  const sent = formPressOf(interaction.data?.custom_id ?? '');
  if (!sent) return toAsker(UNKNOWN);
  const page = readSubmission(interaction.data);
  return asTold(await takeInPage(formPorts(ports), heardIn(ports, interaction, from), sent, page));
}

async function toldBy(ports: Ports, heard: FormHeard, { answer, form: opened }: Answer): Promise<Told> {
  if (opened)
    return asTold(await openForm(formPorts(ports), heard, opened), joiningMessage({ form: opened, entered: [], errors: [] }));
  return answer ? toAsker(answer) : { kind: 'nothing' };
}

const toAsker = (message: Message): Told => ({ kind: 'message', message, replaces: false });

const asTold = (reply: FormReply, late = NOT_OPENED): Told => (reply.kind === 'modal' ? { ...reply, late } : reply);

const heardIn = ({ clock }: Ports, { id }: ApiInteraction, from: Account): FormHeard => ({ from, eventId: id, now: clock.now() });

const formPorts = ({ hearing, memory }: Ports): FormPorts => ({
  hearing,
  memory,
  download: ({ url, sizeBytes }) => readAttachment({ id: '0', filename: '', url, size: sizeBytes }),
});
