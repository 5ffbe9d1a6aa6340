import { activityLine } from '../domain/activity-line.js';
import type { EntryCommand } from '../domain/entry-form.js';
import { note, paragraph, say } from '../domain/message.js';
import { nearestTo } from '../domain/nearest.js';
import { waveWords } from '../domain/report-words.js';
import { activityOf, type EntryRefusal, enter } from '../domain/third-party.js';
import { listInWords } from '../domain/wording.js';
import type { Called, Carried, OrganiserPorts, Place } from '../organiser-ports.js';

const refused = (message: string): Carried => ({
  answer: say(message),
  form: null,
  refusal: { field: 'who', message },
});

const WHY: Readonly<Record<EntryRefusal, string>> = {
  oneself: 'That is you: what you do yourself you tell me as everybody does, in a line to me.',
  erased: 'Nothing is held about them any more, and nothing can be entered.',
  too_early: 'No wave has fallen due for them yet: what they do now belongs to none.',
  rejected:
    'They have said that what an organiser entered for this wave is not so. Nothing more can be entered for it: ask them.',
};

/** Notes down what an organiser knows of somebody, beside what that person says; they are shown it, and can reject it. */
export async function enterThirdParty(
  ports: OrganiserPorts,
  { programme, asker, now }: Place,
  { who, cohort, entered }: EntryCommand,
): Promise<Carried> {
  const found = await ports.lists.peopleCalled(programme.id, who);
  const called = cohort === null ? found : found.filter((each) => each.cohorts.some((name) => isSame(name, cohort)));
  const [person, ...others] = called;
  if (!person) return refused(await nobodyCalled(ports, programme, who, cohort, found));
  if (others.length > 0) return refused(whichOf(who, called));
  const done = await ports.conversations.change(person.personId, now, (conversation) =>
    enter(conversation, { programmeId: programme.id, asker, entered }, now),
  );
  if (!done) return refused(WHY.erased);
  if (!done.outcome.ok) return refused(WHY[done.outcome.error]);
  const { id: checkInId, waveMonths } = done.outcome.value;
  const actor = `${asker.account.platform}:${asker.account.id}`;
  await ports.programmes.writeLog({ programmeId: programme.id, at: now, actor, what: 'entry_made', detail: { checkInId } });
  const line = activityLine(activityOf(entered));
  return {
    answer: {
      parts: [
        paragraph(`Noted of ${person.name}, ${waveWords(waveMonths)}: ${line}.`),
        note(
          'It is shown apart from what people say themselves, and counts for the knowledge rate alone. They see it under “data” and with their next question, and can say that it is not so.',
        ),
      ],
    },
    form: null,
  };
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

async function nobodyCalled(
  { lists }: OrganiserPorts,
  programme: Place['programme'],
  who: string,
  cohort: string | null,
  elsewhere: readonly Called[],
): Promise<string> {
  const cohorts = elsewhere.flatMap((each) => each.cohorts);
  if (cohort !== null && cohorts.length > 0) return `“${who}” is not in ${cohort}, but in ${listInWords([...new Set(cohorts)])}.`;
  const first = who.split(/\s+/)[0] ?? who;
  const near = nearestTo(who, await lists.namesBeginning([programme.id], first, 25));
  return `Nobody in ${programme.name} is called “${who}”.${near === null ? '' : ` Did you mean ${near}?`}`;
}

/** Two people of one name are told apart by their cohort, or else by their account. */
function whichOf(who: string, called: readonly Called[]): string {
  const cohorts = new Set(called.map((each) => each.cohorts.join(', ')));
  const how =
    cohorts.size === called.length
      ? `Choose the cohort: ${listInWords([...cohorts])}.`
      : `Write an account instead: ${listInWords(called.flatMap((each) => each.accounts.slice(0, 1)))}.`;
  return `${called.length} people are called “${who}”. ${how}`;
}
