import { cohortsNamed } from '../domain/compare-command.js';
import { type Compared, comparisonText } from '../domain/comparison-text.js';
import type { Draft } from '../domain/drafts.js';
import { button, controls, type Message, note, type Part, say } from '../domain/message.js';
import { type AskedNow, askNow, askNowMessage, waveToAsk, whyNotNow } from '../domain/on-organiser-ask-now.js';
import { addedMessage, helpMessage, organisersMessage } from '../domain/on-organiser-help.js';
import { registeredMessage } from '../domain/on-organiser-predictions.js';
import {
  changedMessage,
  decideOnSettings,
  nothingChanged,
  previewMessage,
  settingsRefused,
  settingsShown,
} from '../domain/on-organiser-settings.js';
import { cohortAndWave, cohortsThereAre, noSuchCohort, type OrganiserCommand } from '../domain/organiser-command.js';
import type { Forecast } from '../domain/organiser-forecast.js';
import { organiserForm } from '../domain/organiser-forms.js';
import type { Asker, Cohort } from '../domain/people.js';
import { REFUSED_AT } from '../domain/prediction-form.js';
import { reportText } from '../domain/report-text.js';
import { unreachable } from '../domain/result.js';
import { dayIn, dayInWords } from '../domain/wording.js';
import type { Place as AskedPlace, Beside, Carried, CarryPorts, OrganiserPorts } from '../organiser-ports.js';

type Place = AskedPlace & { readonly ports: OrganiserPorts };
type Of<K extends OrganiserCommand['kind']> = Extract<OrganiserCommand, { kind: K }>;

const only = (answer: Message): Carried => ({ answer, form: null });

/** Carries out what an organiser asked for; that it is theirs to ask has been made sure of. */
export async function carryOut(
  ports: CarryPorts,
  asked: AskedPlace,
  command: OrganiserCommand,
  beside: Beside = {},
): Promise<Carried> {
  const place: Place = { ...asked, ports };
  switch (command.kind) {
    case 'form':
      return openForm(place, command);
    case 'export':
      return only(await ports.sendExport(asked, beside.eventId));
    case 'amend':
    case 'withdraw':
    case 'show_prediction':
    case 'verify':
      return ports.onPrediction(asked, command);
    case 'enter':
      return ports.enter(asked, command);
    case 'add':
      return add(place, command.name, command.endedOn);
    case 'predict':
      return predict(place, command.forecast);
    case 'settings':
      return only(await settings(place, command));
    case 'invite':
      return only(await ports.invite(asked, command, beside));
    case 'import':
      return ports.importing.begin(asked, command, beside);
    case 'status':
    case 'check':
    case 'asks':
      // Whoever was shown people's names stands in the log, once a list and not once a page.
      if (!beside.page) await writeLog(place, 'names_shown', { list: command.kind });
      return only(await ports.showList(asked, command, beside.page));
    case 'cohorts':
    case 'predictions':
    case 'log':
      return only(await ports.showList(asked, command, beside.page));
    case 'organiser_add':
    case 'organiser_remove':
      return only(await ports.changeOrganisers(asked, command.kind === 'organiser_add' ? 'add' : 'remove', command.who));
    default:
      return only(await answer(place, command));
  }
}

async function answer(
  place: Place,
  command: Of<'pause' | 'resume' | 'ask_now' | 'report' | 'compare' | 'digest' | 'show_settings' | 'organisers' | 'help'>,
): Promise<Message> {
  const { ports, programme, now } = place;
  switch (command.kind) {
    case 'pause':
    case 'resume':
      return command.cohort === null
        ? markAll(place, command.kind)
        : withCohort(place, command.cohort, (cohort) => mark(place, cohort, command.kind));
    case 'ask_now':
      return askCohort(place, command.words);
    case 'report':
      return report(place, command);
    case 'compare':
      return compare(place, command);
    case 'digest':
      return (await ports.numbers.digest(programme, now)) ?? say('Nothing has come in since the last digest.');
    case 'show_settings':
      return settingsShown(programme, command.name);
    case 'organisers':
      return organisersMessage(programme, await ports.programmes.organisersOf(programme.id));
    case 'help':
      return helpMessage(programme, await ports.programmes.cohortsOf(programme.id));
    default:
      return unreachable(command);
  }
}

async function openForm(place: Place, { form, who }: Of<'form'>): Promise<Carried> {
  const facts = { programme: place.programme, cohorts: await cohortsIn(place) };
  return { answer: null, form: organiserForm(form, facts, who === undefined ? {} : { who }) };
}

const cohortsIn = async ({ ports, programme }: Place) =>
  (await ports.programmes.cohortsOf(programme.id)).map((each) => each.cohort);

const ASK_BATCH = 100;
const actorOf = ({ account }: Asker) => `${account.platform}:${account.id}`;

function writeLog({ ports, programme, asker, now }: Place, what: string, detail: Record<string, unknown>): Promise<void> {
  return ports.programmes.writeLog({ programmeId: programme.id, at: now, actor: actorOf(asker), what, detail });
}

async function withCohort(place: Place, name: string, answer: (cohort: Cohort) => Promise<Message>): Promise<Message> {
  const { ports, programme } = place;
  const cohort = await ports.programmes.cohortNamed(programme.id, name);
  if (cohort) return answer(cohort);
  const all = (await cohortsIn(place)).map((each) => each.name);
  return say(noSuchCohort(name, all, programme.name));
}

async function add(place: Place, name: string, endedOn: string): Promise<Carried> {
  const { ports, programme, now } = place;
  if (programme.archivedAt) return refused('name', `${programme.name} is archived, so nothing can be added to it.`);
  const known = await ports.programmes.cohortNamed(programme.id, name);
  if (known) return refused('name', `There is a cohort ${known.name} already, which ended on ${dayInWords(known.endedOn)}.`);
  const outcome = await ports.importRoster({ programme, cohortName: name, endedOn, rows: [], now, dryRun: false });
  if (outcome.kind === 'refused') return refused('name', outcome.problems.map((each) => each.message).join(' '));
  await writeLog(place, 'cohort_added', { cohortId: outcome.cohortId });
  return only(addedMessage(name));
}

/** In words where it was asked in words, else at its field. */
const refused = (field: string, message: string): Carried => ({ ...only(say(message)), refusal: { field, message } });

/** The whole programme: what its cohorts and people paused for themselves stays as it is. */
async function markAll(place: Place, to: 'pause' | 'resume'): Promise<Message> {
  const { ports, programme, now } = place;
  const { name } = programme;
  if (programme.archivedAt) return say(`${name} is archived, and stays so.`);
  if ((programme.pausedAt !== null) === (to === 'pause'))
    return say(
      to === 'pause' ? `${name} is paused already.` : `${name} is not paused. For one cohort write its name behind “resume”.`,
    );
  await ports.programmes.markProgramme(programme.id, to, now);
  await writeLog(place, `programme_${to}d`, {});
  ports.wakeSender();
  return to === 'pause'
    ? say(`${name} is paused: I ask nobody anything until you write: resume`)
    : say(`${name} goes on. What fell due meanwhile is asked now, unless it is more than sixty days late.`);
}

async function mark(place: Place, cohort: Cohort, to: 'pause' | 'resume'): Promise<Message> {
  if (cohort.archivedAt) return say(`${cohort.name} is archived, and stays so.`);
  if ((cohort.pausedAt !== null) === (to === 'pause'))
    return say(`${cohort.name} is ${to === 'pause' ? 'paused already' : 'not paused'}.`);
  await place.ports.programmes.markCohort(cohort.id, to, place.now);
  await writeLog(place, `cohort_${to}d`, { cohortId: cohort.id });
  place.ports.wakeSender();
  return to === 'pause'
    ? say(`${cohort.name} is paused: I send them nothing until you write: resume ${cohort.name}`)
    : say(`${cohort.name} goes on. What fell due meanwhile is asked now, unless it is more than sixty days late.`);
}

/** By the rules that hold for every question, only at once instead of at each person's own hour. */
async function askCohort(place: Place, words: readonly string[]): Promise<Message> {
  const { ports, programme, now } = place;
  const { timeZone } = programme.settings;
  const all = (await ports.programmes.cohortsOf(programme.id)).map((each) => each.cohort);
  const named = cohortAndWave(
    words,
    all.map((each) => each.name),
  );
  if (!named.ok) return say(named.error);
  const cohort = all.find((each) => each.name === named.value.cohort);
  if (!cohort) return say(`Which cohort? ${cohortsThereAre(all.map((each) => each.name))}`);
  const today = dayIn(timeZone, now);
  const waveMonths = named.value.waveMonths ?? waveToAsk(programme, cohort, today);
  const refusal = whyNotNow(programme, cohort, waveMonths, today);
  if (refusal !== null) return say(refusal);
  const outcomes: AskedNow[] = [];
  for (let after = 0; ; ) {
    const people = await ports.lists.stillToAsk(cohort.id, waveMonths, after, ASK_BATCH);
    for (const personId of people) {
      const asked = await ports.conversations.change(personId, now, (each) =>
        askNow(each, { cohortId: cohort.id, waveMonths }, now),
      );
      if (asked) outcomes.push(asked.outcome);
    }
    after = people.at(-1) ?? after;
    if (people.length < ASK_BATCH) break;
  }
  if (outcomes.some((each) => each.kind === 'asked')) ports.wakeSender();
  await writeLog(place, 'asked_now', { cohortId: cohort.id, waveMonths });
  return askNowMessage({ cohort: cohort.name, waveMonths, zone: timeZone }, outcomes);
}

async function report(place: Place, command: Extract<OrganiserCommand, { kind: 'report' }>): Promise<Message> {
  const { ports, programme, asker } = place;
  const all = (await ports.programmes.cohortsOf(programme.id)).map((each) => each.cohort.name);
  const named = cohortAndWave(command.words, all);
  if (!named.ok) return say(named.error);
  const waveMonths = command.waveMonths ?? named.value.waveMonths;
  const made = await ports.numbers.report({
    programme,
    cohorts: [...command.cohorts, ...(named.value.cohort === null ? [] : [named.value.cohort])],
    ...(waveMonths === null ? {} : { waveMonths }),
    ...(command.asOf === null ? {} : { asOf: command.asOf }),
    audience: 'organisers',
    openedBy: actorOf(asker),
  });
  if (!made.ok) return say(made.error.message);
  return opened(reportText(made.value));
}

const opened = (text: string): Message => ({
  parts: [
    { kind: 'preformatted', text: text.trimEnd() },
    note('That you opened it is in the log, since a prediction says what its author had seen.'),
  ],
});

/** Each cohort as its report shows it by itself. */
async function compare(place: Place, { words, cohorts, waveMonths, asOf }: Of<'compare'>): Promise<Message> {
  const { ports, programme, asker } = place;
  const all = (await cohortsIn(place)).map((each) => each.name);
  const named = cohortsNamed(words, all);
  if (!named.ok) return say(noSuchCohort(named.error, all, programme.name));
  const wanted = [...new Set([...cohorts, ...named.value.cohorts])];
  const columns = wanted.length === 0 ? all : wanted;
  if (columns.length < 2) return say(`Name at least two cohorts to compare. ${cohortsThereAre(all)}`);
  const wave = waveMonths ?? named.value.waveMonths;
  const compared: Compared[] = [];
  for (const name of columns) {
    const about = { programme, cohorts: [name], audience: 'organisers' as const, openedBy: actorOf(asker) };
    const at = { ...(wave === null ? {} : { waveMonths: wave }), ...(asOf === null ? {} : { asOf }) };
    const made = await ports.numbers.report({ ...about, ...at });
    if (!made.ok) return say(made.error.message);
    compared.push({ name, report: made.value });
  }
  return opened(comparisonText(compared));
}

async function predict({ ports, programme, asker }: Place, forecast: Forecast): Promise<Carried> {
  const { author, text, ...rest } = forecast;
  const actor = actorOf(asker);
  const made = await ports.numbers.predict({
    ...rest,
    programme,
    author: author ?? actor,
    authorAlso: [actor],
    ...(text === null ? {} : { text }),
  });
  if (made.ok) return only(registeredMessage(made.value));
  return refused(REFUSED_AT[made.error.kind ?? ''] ?? 'share', made.error.message);
}

/** A change that moves questions is shown first, and made once that is confirmed. */
async function settings(place: Place, { wanted, isConfirmed }: Of<'settings'>): Promise<Message> {
  const { ports, programme, asker, now } = place;
  if (programme.archivedAt) return say(`${programme.name} is archived, so nothing about it can be changed.`);
  const decided = decideOnSettings(programme, wanted);
  if (!decided.ok) return settingsRefused(decided.error);
  const { settings: changed, changed: changes } = decided.value;
  if (changes.length === 0) return nothingChanged(programme, wanted);
  const preview = isConfirmed ? [] : await ports.lists.previewSettings(programme, changed, now);
  if (preview.length > 0) {
    const draft: Draft = { kind: 'settings', programmeId: programme.id, wanted: [...wanted] };
    const key = await ports.drafts.keep(asker.account, draft, now);
    const message = previewMessage(decided.value, wanted, preview);
    return { parts: [...message.parts, doIt(key)] };
  }
  const lines = await ports.programmes.saveSettings(programme, changed, now);
  const detail = Object.fromEntries(changes.map(({ name, from, to }) => [name, { from, to }]));
  await writeLog(place, 'settings_changed', detail);
  ports.wakeSender();
  return changedMessage(decided.value, lines);
}

const doIt = (key: string): Part =>
  controls(button('ask', key, 'Do it', { choice: 'do', style: 'primary' }), button('ask', key, 'Leave it', { choice: 'cancel' }));
