import { type Entered, enteredIn, errorAt, filledWith } from '../domain/entered.js';
import { type Message, say } from '../domain/message.js';
import { DONE_ALREADY, NO_PROGRAMME_YET, NOT_AN_ORGANISER, ORGANISER_HELP, programmeMeant } from '../domain/on-organiser-help.js';
import { importProblemsMessage, whichList } from '../domain/on-organiser-import.js';
import { type FormName, organiserCommand } from '../domain/organiser-command.js';
import { organiserForm, parseFormKey, readOrganiserForm } from '../domain/organiser-forms.js';
import { wordsOf } from '../domain/organiser-words.js';
import { pageOf } from '../domain/pages.js';
import type { Account, Asker, Programme } from '../domain/people.js';
import { unreachable } from '../domain/result.js';
import type { HeardPorts, Page, Place } from '../organiser-ports.js';
import type { Answer, FormAnswer, IncomingCommand, IncomingForm, IncomingPress, Suggested } from '../platform-ports.js';

/** Whoever sits at the terminal of the process itself may ask about every programme. */
const LOCAL_ORGANISER = 'organiser';
const isLocal = ({ platform, id }: Account) => platform === 'terminal' && id === LOCAL_ORGANISER;

const only = (answer: Message): Answer => ({ answer, form: null });
const answerOf = ({ answer, form }: Answer): Answer => ({ answer, form });

/** The programmes that somebody organises. */
async function programmesOf(ports: HeardPorts, asker: Asker): Promise<readonly Programme[]> {
  return isLocal(asker.account) ? ports.programmes.allProgrammes() : ports.programmes.programmesOrganisedBy(asker);
}

/** Answers `/alumni …`, to organisers of the programme and to nobody else; of what others asked for nothing is kept. */
export async function answerOrganiser(ports: HeardPorts, request: IncomingCommand): Promise<Answer> {
  const { file, channelId, eventId } = request;
  const asker = await ports.whoIs(request.from);
  const theirs = await programmesOf(ports, asker);
  if (theirs.length === 0 && !isLocal(request.from)) return only(NOT_AN_ORGANISER);
  const programmes = theirs.filter((each) => each.archivedAt === null || theirs.length === 1);
  const chosen = programmeMeant(programmes, wordsOf(request.text), request.programme ?? null);
  const command = organiserCommand(chosen.words);
  if (!command.ok) return only(say(command.error));
  if (command.value.kind === 'help' && chosen.programme === null) return only(ORGANISER_HELP);
  if (chosen.programme === null) return only(programmes.length === 0 ? NO_PROGRAMME_YET : chosen.problem);
  const place = { programme: chosen.programme, asker, now: ports.clock.now() };
  return answerOf(await ports.carryOut(place, command.value, { file, channelId, eventId }));
}

/** The place that somebody acts in, if the programme is one of theirs still. */
async function placeIn(ports: HeardPorts, from: Account, programmeId: number): Promise<Place | null> {
  const asker = await ports.whoIs(from);
  const programme = (await programmesOf(ports, asker)).find((each) => each.id === programmeId);
  return programme ? { programme, asker, now: ports.clock.now() } : null;
}

/** Takes in a press under an answer to an organiser: another page, or what they were asked whether to do. */
export async function pressOrganiser(ports: HeardPorts, press: IncomingPress): Promise<Answer> {
  const { key, choice } = press.ref;
  const opened = parseFormKey(key);
  if (opened) return openAgain(ports, press.from, opened.programmeId, opened.form, null);
  const draft = await ports.drafts.find(press.from, key, ports.clock.now());
  if (!draft) return only(DONE_ALREADY);
  const place = await placeIn(ports, press.from, draft.programmeId);
  if (!place) return only(NOT_AN_ORGANISER);
  switch (draft.kind) {
    case 'list':
      return answerOf(await ports.carryOut(place, draft.list, { page: pageIn(choice, key) }));
    case 'form':
      return openAgain(ports, press.from, draft.programmeId, draft.form, draft.entered);
    case 'settings': {
      if (!(await ports.drafts.drop(press.from, key))) return only(DONE_ALREADY);
      if (choice !== 'do') return only(say('Nothing was changed.'));
      return answerOf(await ports.carryOut(place, { kind: 'settings', wanted: draft.wanted, isConfirmed: true }, {}));
    }
    case 'problems':
      return choice === 'again'
        ? openAgain(ports, press.from, draft.programmeId, 'import', draft.entered)
        : only(
            importProblemsMessage(
              key,
              draft.problems.length,
              pageOf(draft.problems, pageIn(choice, key).number),
              draft.entered !== null,
            ),
          );
    case 'import':
      return ports.importing.press(place, key, draft, choice);
    default:
      return unreachable(draft);
  }
}

function pageIn(choice: string | null, key: string): Page {
  const number = Number(/^p(\d{1,6})$/.exec(choice ?? '')?.[1] ?? '1');
  return { number: Math.max(1, number), key };
}

async function openAgain(
  ports: HeardPorts,
  from: Account,
  programmeId: number,
  form: FormName,
  entered: Entered | null,
): Promise<Answer> {
  const place = await placeIn(ports, from, programmeId);
  if (!place) return only(NOT_AN_ORGANISER);
  const answer = answerOf(await ports.carryOut(place, { kind: 'form', form }, {}));
  return answer.form && entered ? { ...answer, form: filledWith(answer.form, entered) } : answer;
}

/** Takes in an organiser's form. With errors nothing is done, and what was entered stays in the form. */
export async function submitOrganiser(ports: HeardPorts, sent: IncomingForm): Promise<FormAnswer> {
  const { from, eventId, values, files } = sent;
  const named = parseFormKey(sent.ref.key);
  if (!named) return chooseCohort(ports, sent);
  const place = await placeIn(ports, from, named.programmeId);
  if (!place) return { kind: 'saved', answer: NOT_AN_ORGANISER };
  const facts = { programme: place.programme, cohorts: await cohortsIn(ports, place) };
  const command = readOrganiserForm(named.form, facts, values);
  if (!command.ok) return { kind: 'errors', errors: command.error };
  if (!(await ports.drafts.firstHeard({ platform: from.platform, eventId: `form:${eventId}` }, place.now)))
    return { kind: 'saved', answer: null };
  const { answer, refusal } = await ports.carryOut(place, command.value, {
    file: files.file ?? null,
    entered: enteredIn(values),
  });
  if (!refusal) return { kind: 'saved', answer };
  return { kind: 'errors', errors: [errorAt(organiserForm(named.form, facts), refusal.field, refusal.message)] };
}

/** Whose list it is that has been read already. */
async function chooseCohort(ports: HeardPorts, { from, ref, values }: IncomingForm): Promise<FormAnswer> {
  const draft = await ports.drafts.find(from, ref.key, ports.clock.now());
  if (draft?.kind !== 'import') return { kind: 'saved', answer: DONE_ALREADY };
  const place = await placeIn(ports, from, draft.programmeId);
  return place ? ports.importing.choose(place, ref.key, draft, values) : { kind: 'saved', answer: NOT_AN_ORGANISER };
}

/** Takes in a list that came as a file in an organiser's direct messages; null where the same event was heard before. */
export async function importFile(ports: HeardPorts, from: Account, bytes: Uint8Array, eventId: string): Promise<Message | null> {
  const asker = await ports.whoIs(from);
  const programmes = (await programmesOf(ports, asker)).filter((each) => each.archivedAt === null);
  const now = ports.clock.now();
  if (programmes.length === 0) return NOT_AN_ORGANISER;
  if (!(await ports.drafts.firstHeard({ platform: from.platform, eventId: `file:${eventId}` }, now))) return null;
  const answers = await Promise.all(programmes.map((programme) => ports.importing.unasked({ programme, asker, now }, bytes)));
  return answers.length === 1
    ? (answers[0] ?? null)
    : whichList(answers.map((each, at) => ({ name: programmes[at]?.name ?? '', answer: each })));
}

/** As many as a platform shows while somebody types. */
const MOST_SUGGESTED = 25;

/** Names that begin so, or of which a word does, out of the programmes that somebody organises; none for anybody else. */
export async function suggestNames(ports: HeardPorts, from: Account, what: Suggested, start: string): Promise<readonly string[]> {
  const asker = await ports.whoIs(from);
  const programmes = (await programmesOf(ports, asker)).filter((each) => each.archivedAt === null);
  if (programmes.length === 0) return [];
  const ids = programmes.map(({ id }) => id);
  if (what === 'person') return ports.lists.namesBeginning(ids, start, MOST_SUGGESTED);
  const names =
    what === 'programme'
      ? programmes.map(({ name }) => name)
      : (await Promise.all(ids.map((id) => ports.programmes.cohortsOf(id)))).flat().map(({ cohort }) => cohort.name);
  const wanted = start.trim().toLowerCase();
  const begins = (name: string) => name.toLowerCase().startsWith(wanted) || name.toLowerCase().includes(` ${wanted}`);
  return [...new Set(names)].filter(begins).slice(0, MOST_SUGGESTED);
}

const cohortsIn = async (ports: HeardPorts, { programme }: Place) =>
  (await ports.programmes.cohortsOf(programme.id)).map((each) => each.cohort);
