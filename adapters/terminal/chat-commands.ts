import type { ChatPerson } from './chat-ports.js';
import { oneLine } from './plain-text.js';
import { parsePress, press, showAnswer } from './press.js';
import { accountOf, nameOf, personNumbered, type Session, showMessage, showUnnumbered, tell } from './session.js';
import { HELP_LINES } from './welcome.js';

type Run = (session: Session, rest: string) => Promise<void> | void;

const COMMANDS: Readonly<Record<string, Run>> = {
  be,
  people: listPeople,
  press: (session, rest) => {
    const pressed = parsePress(rest);
    if (!pressed) return tell(session, '  /press 2 presses what has the number 2, /press 2 3 chooses the third in it.');
    return press(session, pressed.control, pressed.choice);
  },
  edit: (session, rest) =>
    rest === ''
      ? tell(session, '  Write the new words behind it: /edit I have left Conjecture')
      : change(session, 'edited', rest),
  delete: (session) => change(session, 'deleted', ''),
  checkin,
  alumni: askAsOrganiser,
  messages: listMessages,
  sample: async (session) => {
    showMessage(session, await session.ports.makeSample());
    const programmes = await session.ports.programmes();
    if (session.self.kind === 'organiser')
      session.self = { kind: 'organiser', programme: programmes.length === 1 ? (programmes[0] ?? null) : null };
  },
  help: (session) => tell(session, ...HELP_LINES),
  quit: (session) => {
    session.isLeaving = true;
  },
};
const ALIASES: Readonly<Record<string, string>> = { exit: 'quit', '?': 'help', start: 'help' };

/** A line that begins with a slash. */
export async function onCommand(session: Session, line: string): Promise<void> {
  const [, word = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(line) ?? [];
  const name = word.toLowerCase();
  const run = Object.hasOwn(COMMANDS, ALIASES[name] ?? name) ? COMMANDS[ALIASES[name] ?? name] : undefined;
  if (!run) return tell(session, `  There is no /${oneLine(word)}. /help says what there is.`);
  await run(session, rest.trim());
}

async function be(session: Session, rest: string): Promise<void> {
  const [, programme] = /^organi[sz]er(?:\s+(.+))?$/i.exec(rest) ?? [null, null];
  if (programme !== null) return beOrganiser(session, programme?.trim() ?? null);
  if (rest === '') return tell(session, '  Who? /be Ana, or /be organiser. /people shows who there is.');
  const found = await session.ports.findPeople(rest, MOST_LISTED);
  const exact = found.filter((each) => each.name.toLowerCase() === rest.toLowerCase() || String(each.id) === rest);
  const [person, ...others] = exact.length > 0 ? exact : found;
  if (!person) return tell(session, `  Nobody here is called “${oneLine(rest)}”. /people shows who there is.`);
  if (others.length > 0)
    return tell(session, `  There are several; say more of the name, or the number:`, ...listed([person, ...others]));
  session.self = { kind: 'alumnus', person };
  session.news.people.delete(person.id);
  session.shown = null;
  const from = person.cohorts.map(oneLine).join(', ');
  tell(session, `  You are ${nameOf(person)}${from === '' ? '' : `, of ${from}`}.`);
  showLast(session);
}

async function beOrganiser(session: Session, wanted: string | null): Promise<void> {
  const programmes = await session.ports.programmes();
  const named = wanted?.toLowerCase();
  const matching = programmes.filter((each) => named !== undefined && each.toLowerCase().startsWith(named));
  const programme =
    wanted === null
      ? programmes.length === 1
        ? programmes[0]
        : null
      : (matching.find((each) => each.toLowerCase() === named) ?? matching[0]);
  if (programme === undefined)
    return tell(
      session,
      `  There is no programme “${oneLine(wanted ?? '')}”. There are: ${programmes.map(oneLine).join(', ') || 'none yet'}.`,
    );
  session.self = { kind: 'organiser', programme };
  session.news.channels = 0;
  session.shown = null;
  const of = programme === null ? '' : ` of ${oneLine(programme)}`;
  tell(session, `  You are an organiser${of}. “status” shows who has answered, “help” what else you can ask.`);
}

/** Where one was: the last message, to be answered; those before it on request. */
function showLast(session: Session): void {
  const messages = session.ports.messenger.messagesTo(accountOf(session.self));
  const last = messages.at(-1);
  if (last) showMessage(session, last.message, last.ref);
  else tell(session, '  No message has come yet. Write what you are doing these days, if you like.');
  if (messages.length > 1) tell(session, `  (${messages.length - 1} before it: /messages)`);
}

const MOST_LISTED = 25;

async function listPeople(session: Session, rest: string): Promise<void> {
  const found = await session.ports.findPeople(rest, MOST_LISTED + 1);
  if (found.length === 0)
    return tell(
      session,
      rest === '' ? '  Nobody is here yet. /sample invents five people.' : `  Nobody here is called “${oneLine(rest)}”.`,
    );
  tell(session, ...listed(found.slice(0, MOST_LISTED)));
  if (found.length > MOST_LISTED) tell(session, '  and more: /people and the beginning of a name shows others.');
}

const listed = (people: readonly ChatPerson[]) =>
  people.map((each) => `  ${String(each.id).padStart(4)}  ${nameOf(each)}  (${each.cohorts.map(oneLine).join(', ')})`);

function listMessages(session: Session): void {
  const { self, ports } = session;
  const messages = ports.messenger.messagesTo(self.kind === 'organiser' ? 'channels' : accountOf(self));
  if (messages.length === 0) tell(session, '  No message has come yet.');
  const last = messages.at(-1);
  for (const each of messages) {
    tell(session, `  ${each.at.toISOString().slice(0, 16).replace('T', ' ')}`);
    if (each === last) showMessage(session, each.message, each.ref);
    else showUnnumbered(session, each.message);
  }
}

async function change(session: Session, kind: 'edited' | 'deleted', text: string): Promise<void> {
  const { self, ports } = session;
  const externalId = self.kind === 'alumnus' ? session.lastWritten.get(self.person.id) : undefined;
  if (self.kind !== 'alumnus' || externalId === undefined)
    return tell(session, '  You have not written anything here yet that could be changed.');
  if (kind === 'deleted') session.lastWritten.delete(self.person.id);
  await ports.hearing.message({ kind, from: accountOf(self), externalId, text, sentAt: ports.clock.now() });
  tell(session, kind === 'edited' ? '  (changed)' : '  (deleted)');
}

async function checkin(session: Session, rest: string): Promise<void> {
  const { self, ports } = session;
  if (self.kind === 'organiser') return tell(session, '  That is for those who took part: /be and a name makes you one of them.');
  await showAnswer(session, await ports.hearing.alumnusCommand({ ...asked(session), text: rest }));
  // They may have had themselves erased, or joined to another: then the name is no longer theirs.
  if (!(await personNumbered(ports, self.person.id))) session.shown = null;
}

const asked = ({ self, ports }: Session) => ({
  from: accountOf(self),
  eventId: ports.random.token(),
  channelId: null,
  file: null,
});

async function askAsOrganiser(session: Session, rest: string): Promise<void> {
  const { self, ports } = session;
  const programme = self.kind === 'organiser' ? self.programme : null;
  await showAnswer(session, await ports.hearing.organiserCommand({ ...asked(session), text: rest, programme }));
}
