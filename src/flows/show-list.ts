import type { ListCommand } from '../domain/drafts.js';
import { type Message, say } from '../domain/message.js';
import {
  asksMessage,
  type CheckItem,
  checkMessage,
  cohortsMessage,
  logMessage,
  peopleMessage,
  statusMessage,
} from '../domain/on-organiser-lists.js';
import { predictionsMessage } from '../domain/on-organiser-predictions.js';
import { noSuchCohort } from '../domain/organiser-command.js';
import { PAGE_LINES, type PageOf, pageOf, pager } from '../domain/pages.js';
import { unreachable } from '../domain/result.js';
import { DAY_MS } from '../domain/settings.js';
import type { Place as AskedPlace, OrganiserPorts, Page } from '../organiser-ports.js';

type Place = AskedPlace & { readonly ports: OrganiserPorts };
/** A message with where in its list it is. */
type Shown = { readonly message: Message; readonly at: Omit<PageOf<unknown>, 'items'> };

const ASKS_DAYS = 90;
const CHECK_DAYS = 400;
/** What takes several lines each. */
const COHORTS_A_PAGE = 8;
const PREDICTIONS_A_PAGE = 10;
const WORDS_A_PAGE = 10;

/** A list that an organiser asked for, a page of it; the buttons under it lead to the others, and nothing is cut silently. */
export async function showList(
  ports: OrganiserPorts,
  asked: AskedPlace,
  list: ListCommand,
  page: Page = { number: 1, key: null },
): Promise<Message> {
  const { message, at } = await shownPage({ ...asked, ports }, list, page.number);
  if (at.pages === 1) return message;
  const draft = { kind: 'list', programmeId: asked.programme.id, list } as const;
  const key = page.key ?? (await ports.drafts.keep(asked.asker.account, draft, asked.now));
  return { parts: [...message.parts, ...pager(key, at)] };
}

async function shownPage(place: Place, list: ListCommand, number: number): Promise<Shown> {
  const { ports, programme, now } = place;
  const { name, settings } = programme;
  switch (list.kind) {
    case 'status':
      return list.cohort === null ? status(place, number) : cohortStatus(place, list.cohort, number);
    case 'check':
      return check(place, number);
    case 'asks': {
      const span = { since: daysBefore(now, ASKS_DAYS), until: now };
      const at = pageOf(await ports.lists.asks(programme.id, span), number, WORDS_A_PAGE);
      return { message: asksMessage(at.items), at };
    }
    case 'cohorts': {
      const at = pageOf(await ports.programmes.cohortsOf(programme.id), number);
      return { message: cohortsMessage(name, at.items), at };
    }
    case 'predictions': {
      const all = await ports.numbers.predictions(programme);
      const at = pageOf(all, number, PREDICTIONS_A_PAGE);
      return { message: predictionsMessage(name, all, at.items), at };
    }
    case 'log': {
      const entries = await ports.programmes.readLog(programme.id, PAGE_LINES + 1, (number - 1) * PAGE_LINES);
      const at = { number, pages: entries.length > PAGE_LINES ? null : number };
      return { message: logMessage(entries.slice(0, PAGE_LINES), settings.timeZone), at };
    }
    default:
      return unreachable(list);
  }
}

const daysBefore = (now: Date, days: number) => new Date(now.getTime() - days * DAY_MS);

async function status({ ports, programme }: Place, number: number): Promise<Shown> {
  const states = await ports.lists.waveStates(programme.id);
  const at = pageOf([...new Set(states.map((each) => each.cohort))], number, COHORTS_A_PAGE);
  return { message: statusMessage(programme.name, at.items, states), at };
}

async function cohortStatus({ ports, programme }: Place, name: string, number: number): Promise<Shown> {
  const cohort = await ports.programmes.cohortNamed(programme.id, name);
  if (!cohort) {
    const all = (await ports.programmes.cohortsOf(programme.id)).map((each) => each.cohort.name);
    return { message: say(noSuchCohort(name, all, programme.name)), at: { number: 1, pages: 1 } };
  }
  const { people, all } = await ports.lists.personStates(cohort.id, PAGE_LINES, (number - 1) * PAGE_LINES);
  const pages = Math.max(number, Math.ceil(all / PAGE_LINES));
  return { message: peopleMessage(programme, cohort, people), at: { number, pages } };
}

/** Both lists are read as far as the page goes, and shown one behind the other. */
async function check({ ports, programme, asker, now }: Place, number: number): Promise<Shown> {
  const limit = number * PAGE_LINES + 1;
  const unconfirmed = await ports.lists.unconfirmed(programme.id, daysBefore(now, CHECK_DAYS), asker, limit);
  const problems = await ports.lists.needsHuman(programme.id, asker, limit);
  const waiting = await ports.lists.waitingToBeOpened(programme.id);
  const entered = await ports.lists.entered(programme.id, daysBefore(now, CHECK_DAYS), asker, limit);
  const items: readonly CheckItem[] = [
    ...(waiting > 0 ? [{ kind: 'waiting' as const, people: waiting }] : []),
    ...unconfirmed.map((each) => ({ kind: 'unconfirmed' as const, ...each })),
    ...problems.map((each) => ({ kind: 'problem' as const, ...each })),
    ...entered.map((each) => ({ kind: 'entered' as const, ...each })),
  ];
  const at = { number, pages: items.length > number * PAGE_LINES ? null : number };
  return { message: checkMessage(programme.name, items.slice((number - 1) * PAGE_LINES, number * PAGE_LINES)), at };
}
