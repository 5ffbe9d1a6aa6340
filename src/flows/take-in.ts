import type { Conversation } from '../domain/conversation.js';
import { FILE_NOT_TAKEN, LIST_NOT_READ, meantFor, ONLY_A_FILE } from '../domain/direct-message.js';
import type { DeliveryKey, PersonId } from '../domain/ids.js';
import { type Message, say } from '../domain/message.js';
import { decideOnForm } from '../domain/on-card.js';
import { type AlumnusCommand, alumnusCommand, type Commanded, decideOnCommand } from '../domain/on-command.js';
import { decideOnPress } from '../domain/on-press.js';
import type { Account } from '../domain/people.js';
import { placeMessage } from '../domain/placement.js';
import { ME_KEY, NOT_YOURS } from '../domain/pressed.js';
import { DAY_MS } from '../domain/settings.js';
import { zoneOf } from '../domain/transitions.js';
import { dayIn, STRANGER } from '../domain/wording.js';
import type { Answer, FormAnswer, IncomingForm, IncomingPress } from '../platform-ports.js';
import type { InboundEvent, IncomingFile, IncomingMessage, Ports } from '../ports.js';
import { findOptOut } from '../reading/opt-out.js';
import { snoozeDay } from '../reading/snooze.js';

const CODE_MS = DAY_MS;

/** The day that "3 months" or "until May" behind a command names. */
const untilDay = (rest: string, today: string) => snoozeDay([/^\d/.test(rest) ? `in ${rest}` : rest], today);

/** What organisers write in their direct messages is answered elsewhere; null where that was done before. */
export type OrganiserDesk = {
  isOrganiser(account: Account): Promise<boolean>;
  command(from: Account, eventId: string, text: string): Promise<Message | null>;
  list(from: Account, eventId: string, bytes: Uint8Array): Promise<Message | null>;
};

/**
 * Takes in a direct message, its edit or its deletion. It is stored before anything else happens; a redelivery or an unchanged
 * edit is no news. A plain word such as "stop" is carried out at once; everything else settles by the tick.
 */
export async function takeInMessage(ports: Ports, incoming: IncomingMessage, desk?: OrganiserDesk): Promise<void> {
  const command = incoming.kind === 'new' ? alumnusCommand(incoming.text) : null;
  const event = { platform: incoming.from.platform, eventId: `message:${incoming.externalId}`, accountId: incoming.from.id };
  const personId = await ports.conversations.personAt(incoming.from);
  const isForAnybody = isCode(command) || command?.name === 'forget';
  if (desk && !isForAnybody && (await takenByOrganisers(ports, incoming, desk, personId !== null))) return;
  if (personId === null || command) return answerInWords(ports, incoming, command, event);
  const now = ports.clock.now();
  const hasFiles = incoming.kind === 'new' && (incoming.files?.length ?? 0) > 0;
  const isOnlyFiles = hasFiles && incoming.text.trim() === '';
  if (!isOnlyFiles) {
    const kept = await ports.conversations.keepMessage(incoming, now, placeMessage);
    // Somebody who wants out is not kept waiting until they have been quiet for a while.
    if (kept.kind === 'kept' && findOptOut([incoming.text])?.certainty === 'clear')
      await ports.conversations.putOffReply(kept.replyId, now);
  }
  if (hasFiles) await noteTo(ports, personId, incoming.from, event, isOnlyFiles ? ONLY_A_FILE : FILE_NOT_TAKEN);
}

/** One note, once an event, to where it happened. */
async function noteTo(ports: Ports, personId: PersonId, to: Account, event: InboundEvent, payload: Message): Promise<void> {
  const now = ports.clock.now();
  const what = `note:${event.platform}:${event.eventId}`;
  const about = { programmeId: null, checkInId: null, replyId: null };
  const delivery = { what, kind: 'note', payload, dueAt: now, to, ...about } as const;
  await ports.conversations.change(personId, now, () => ({ changes: [{ kind: 'deliver', delivery }] }), event);
  ports.wakeSender();
}

/** True where it was no alumnus's message. Whether somebody is an organiser is only asked where their message looks like it. */
async function takenByOrganisers(
  ports: Ports,
  { kind, from, text, files = [], externalId }: IncomingMessage,
  desk: OrganiserDesk,
  isAlumnus: boolean,
): Promise<boolean> {
  const meant = meantFor({ text, fileNames: files.map((each) => each.name) }, isAlumnus);
  if (meant.kind === 'alumnus') return false;
  const isCertain = meant.kind === 'organiser_command' && meant.isCertain;
  if (!isCertain && !(await desk.isOrganiser(from))) return false;
  // A command that was changed or deleted has been carried out already.
  if (kind !== 'new') return true;
  const answer =
    meant.kind === 'list' ? await takeList(desk, from, externalId, files) : await desk.command(from, externalId, meant.text);
  if (answer) {
    await ports.conversations.tellStranger(from, `organiser:${externalId}`, answer, ports.clock.now());
    ports.wakeSender();
  }
  return true;
}

async function takeList(
  desk: OrganiserDesk,
  from: Account,
  eventId: string,
  files: readonly IncomingFile[],
): Promise<Message | null> {
  const bytes = (await files[0]?.read()) ?? null;
  return bytes === null ? LIST_NOT_READ : desk.list(from, eventId, bytes);
}

/** Somebody who types has not said all yet: what they said so far is read a little later. */
export const takeInTyping = (ports: Ports, account: Account): Promise<void> =>
  ports.conversations.waitWhileTyping(account, ports.clock.now());

/** A command given in the DM is answered there, by a message of its own. */
async function answerInWords(
  ports: Ports,
  incoming: IncomingMessage,
  command: AlumnusCommand | null,
  event: InboundEvent,
): Promise<void> {
  if (incoming.kind !== 'new') return;
  const { from } = incoming;
  const now = ports.clock.now();
  const before = await ports.conversations.personAt(from);
  const answer = before === null || isCode(command) ? await answerStranger(ports, from, command) : null;
  // A link code has made somebody known by now.
  const personId = await ports.conversations.personAt(from);
  if (personId === null) {
    const what = answer === null || answer === STRANGER ? 'stranger' : event.eventId;
    await ports.conversations.tellStranger(from, what, answer ?? STRANGER, now);
  } else {
    const answered = answer ? () => ({ changes: [], answer }) : command && (await answerTo(ports, personId, command));
    await ports.conversations.change(
      personId,
      now,
      (conversation) => {
        const decided = answered?.(conversation);
        if (!decided) return { changes: [] };
        const note = {
          what: `note:${event.platform}:${event.eventId}`,
          kind: 'note',
          payload: decided.answer,
          dueAt: now,
          to: from,
        } as const;
        const delivery = { ...note, programmeId: null, checkInId: null, replyId: null };
        return { changes: [...decided.changes, { kind: 'deliver', delivery }] };
      },
      event,
    );
  }
  ports.wakeSender();
}

const isCode = (command: AlumnusCommand | null) => command?.name === 'link' && command.rest !== '';

/** All that a command needs, fetched beforehand: a link code works as soon as it is told. */
async function answerTo(ports: Ports, personId: PersonId, command: AlumnusCommand): Promise<(of: Conversation) => Commanded> {
  const now = ports.clock.now();
  const words = command.name === 'data' ? await ports.conversations.wordsOf(personId) : [];
  const linkCode = ports.random.token().replace(/[_-]/g, '').slice(-8).toLowerCase();
  if (command.name === 'link') await ports.conversations.makeLinkCode(personId, linkCode, new Date(now.getTime() + CODE_MS), now);
  return (conversation) => {
    const zone = zoneOf(conversation);
    const until = untilDay(command.rest, dayIn(zone, now));
    const said = words.map((each) => ({ day: dayIn(zone, each.at), text: each.text }));
    return decideOnCommand(conversation, command, { now, until, words: said, linkCode });
  };
}

/** One polite line, ever; a link code and "forget" are all that somebody unknown can ask for. */
async function answerStranger(ports: Ports, account: Account, command: AlumnusCommand | null): Promise<Message> {
  if (command?.name === 'link' && command.rest !== '') {
    const joined = await ports.conversations.useLinkCode(command.rest, account, ports.clock.now());
    switch (joined) {
      case 'joined':
        return say('Done: I know both accounts as you now. Write to me from either.');
      case 'account_taken':
        return say('This account is on a list of its own already, so I cannot join it to another. The organisers can.');
      case 'no_such_code':
        return say('I do not know that code. It works once, for a day; “link” from your other account makes a new one.');
    }
  }
  if (command?.name === 'forget' && (await ports.conversations.forget(account))) {
    return say('The fingerprint is dropped. Nothing about you is left here, and a new list may bring you back.');
  }
  return STRANGER;
}

/** Takes in a press of a button or a choice in a select; the same event twice counts once. */
export async function takeInPress(ports: Ports, press: IncomingPress): Promise<Answer> {
  const now = ports.clock.now();
  const personId = await ports.conversations.personAt(press.from);
  const owner = press.ref.key === ME_KEY ? personId : await ports.conversations.ownerOf(press.ref.key);
  if (personId === null || owner !== personId) return { answer: NOT_YOURS.answer, form: null };
  const event = { platform: press.from.platform, eventId: `press:${press.eventId}`, accountId: press.from.id };
  const pressed = await ports.conversations.change(
    personId,
    now,
    (conversation) => decideOnPress(conversation, { ref: press.ref, value: press.value, now, model: ports.model }),
    event,
  );
  if (pressed && pressed.changes.length > 0) ports.wakeSender();
  return { answer: pressed?.answer ?? null, form: pressed?.form ?? null };
}

export type SentForm = Pick<IncomingForm, 'from' | 'eventId' | 'values'> & { readonly key: DeliveryKey };

/** Takes in a form that was sent; with errors nothing is saved, and what was entered stays in the form. */
export async function takeInForm(ports: Ports, form: SentForm): Promise<FormAnswer> {
  const now = ports.clock.now();
  const personId = await ports.conversations.personAt(form.from);
  if (personId === null || (await ports.conversations.ownerOf(form.key)) !== personId) return { kind: 'not_yours' };
  const event = { platform: form.from.platform, eventId: `form:${form.eventId}`, accountId: form.from.id };
  const submitted = await ports.conversations.change(
    personId,
    now,
    (conversation) => {
      const decided = decideOnForm(conversation, form.key, form.values, now);
      return { decided, changes: decided.kind === 'saved' ? decided.changes : [] };
    },
    event,
  );
  if (submitted === null) return { kind: 'saved', answer: null };
  ports.wakeSender();
  const { decided } = submitted;
  return decided.kind === 'saved' ? { kind: 'saved', answer: null } : decided;
}

/** Answers `/checkin …`, to the asker alone. Words that are no command are taken in as if written in the DM. */
export async function answerAlumnus(ports: Ports, from: Account, eventId: string, text: string): Promise<Message> {
  const now = ports.clock.now();
  const command = alumnusCommand(text.trim() === '' ? 'help' : text);
  const personId = await ports.conversations.personAt(from);
  if (personId === null || isCode(command)) return answerStranger(ports, from, command);
  if (!command) {
    const externalId = `command:${eventId}`;
    await takeInMessage(ports, { kind: 'new', from, externalId, text, sentAt: now });
    return say('Noted. I will show you in a moment what I understood.');
  }
  const decide = await answerTo(ports, personId, command);
  const event = { platform: from.platform, eventId: `command:${eventId}`, accountId: from.id };
  const commanded = await ports.conversations.change(personId, now, decide, event);
  if (commanded && commanded.changes.length > 0) ports.wakeSender();
  return commanded?.answer ?? say('That is done already.');
}
