import type { Conversation } from '../domain/conversation.js';
import { homeMessage, type Response, STRANGERS_HOME } from '../domain/held-data.js';
import type { Message } from '../domain/message.js';
import type { Account } from '../domain/people.js';
import { publicLines } from '../domain/public-picture.js';
import { zoneOf } from '../domain/transitions.js';
import { dayIn } from '../domain/wording.js';
import type { OrganiserNumbers } from '../organiser-ports.js';
import type { Ports } from '../ports.js';

/** Never fewer in public, however small a programme lets its own cells be. */
const PUBLIC_CELL = 5;

type Needs = Pick<Ports, 'conversations' | 'programmes'> & Pick<OrganiserNumbers, 'publicReport'>;

/** What somebody sees on a page of their own: what is held about them, what they can do, and what came of their answers. */
export async function showHome(ports: Needs, account: Account): Promise<Message> {
  const personId = await ports.conversations.personAt(account);
  const conversation = personId === null ? null : await ports.conversations.conversation(personId);
  if (personId === null || conversation === null || conversation.person.erasedAt !== null) return STRANGERS_HOME;
  const [words, responses] = await Promise.all([
    ports.conversations.wordsOf(personId),
    Promise.all(lastAnswered(conversation).map((each) => responseAt(ports, conversation, each))),
  ]);
  const zone = zoneOf(conversation);
  return homeMessage(
    conversation,
    words.map((each) => ({ day: dayIn(zone, each.at), text: each.text })),
    responses,
  );
}

type Answered = Conversation['checkIns'][number];

/** Their newest answered wave in each programme. */
function lastAnswered({ checkIns, participations }: Conversation): readonly Answered[] {
  return participations.flatMap(
    ({ programme }) => checkIns.findLast((each) => each.programmeId === programme.id && each.state === 'answered') ?? [],
  );
}

async function responseAt(
  ports: Needs,
  { participations }: Conversation,
  { programmeId, cohortId, waveMonths }: Answered,
): Promise<Response> {
  const participation = participations.find((each) => each.programme.id === programmeId);
  const counts = await ports.programmes.responseOf(cohortId, waveMonths);
  const programme = participation?.programme;
  const cohort = participation?.cohorts.find((each) => each.id === cohortId)?.name;
  const ownCell = programme?.settings.minCell ?? PUBLIC_CELL;
  const isPublic = programme !== undefined && cohort !== undefined && ownCell >= PUBLIC_CELL;
  const report = isPublic ? await ports.publicReport(programme, cohort, waveMonths) : null;
  return {
    ...counts,
    cohort: cohort ?? programme?.name ?? '',
    waveMonths,
    minCell: Math.max(PUBLIC_CELL, ownCell),
    picture: report ? publicLines(report) : [],
  };
}
