import { type Message, note, type Part, paragraph, say } from './message.js';
import { programmeIn } from './organiser-command.js';
import type { OrganiserName, Programme } from './people.js';
import { organiserText } from './people.js';
import { listInWords } from './wording.js';

/** To somebody who organises nothing. One line, whatever they asked for. */
export const NOT_AN_ORGANISER = say(
  'That is for the organisers of a programme, and you are not on the list of one. Whoever runs me can put you there.',
);

const whichProgramme = (programmes: readonly Programme[]): Message => {
  const [first] = programmes;
  return say(
    `You organise ${listInWords(programmes.map((each) => each.name))}: which one is it about? Put its name first, such as: /alumni ${quoted(first?.name ?? 'ARENA')} status`,
  );
};

const noSuchProgramme = (name: string, programmes: readonly Programme[]): Message =>
  say(
    `You organise no programme “${name}”. There ${programmes.length === 1 ? 'is' : 'are'} ${listInWords(programmes.map((each) => each.name))}.`,
  );

export const NO_PROGRAMME_YET = say(
  'There is no programme yet. Make one on the command line: afterwards programme set "My programme" --timezone Europe/London',
);

/** The programme that is meant, with the words that are left; null with what to say where that cannot be told. */
export function programmeMeant(programmes: readonly Programme[], words: readonly string[], given: string | null) {
  const find = (name: string) => programmes.find((each) => each.name.toLowerCase() === name.toLowerCase()) ?? null;
  const first = programmeIn(
    words,
    programmes.map((each) => each.name),
  );
  if (first) return { programme: find(first.name), words: first.rest, problem: whichProgramme(programmes) };
  if (given !== null) return { programme: find(given), words, problem: noSuchProgramme(given, programmes) };
  const only = programmes.length === 1 ? (programmes[0] ?? null) : null;
  return { programme: only, words, problem: whichProgramme(programmes) };
}

/** A name as it has to be typed. */
export const quoted = (name: string): string => (/\s/.test(name) ? `"${name}"` : name);

const group = (heading: string, fields: readonly (readonly [label: string, value: string])[]): readonly Part[] => [
  { kind: 'heading', text: heading },
  { kind: 'fields', fields: fields.map(([label, value]) => ({ label, value })) },
];

export const ORGANISER_HELP: Message = {
  parts: [
    paragraph(
      'Write one of these behind /alumni. Only you see the answer. Where a command takes more than a line, it opens a form.',
    ),
    ...group('People', [
      ['status [cohort]', 'who was asked, who has answered'],
      ['check', 'answers nobody has confirmed, and people I cannot reach'],
      ['check NAME', 'note what you know of somebody; they see it'],
      ['asks', 'where somebody would like your help'],
      ['invite NAME', 'post a button in this channel that people press to keep in touch'],
      ['import', 'bring people in from a list, a channel or a role'],
    ]),
    ...group('Cohorts', [
      ['cohorts', 'all of them'],
      ['add NAME --ended DAY', 'a new one, such as: add ARENA 2.0 --ended 2023-06-30'],
      ['pause [NAME], resume [NAME]', 'send nothing for a while, to one cohort or to all; go on'],
      ['ask-now NAME [wave]', 'ask today rather than at everybody’s own hour'],
    ]),
    ...group('Numbers', [
      ['report [cohort] [wave]', 'what became of them, and how sure that is'],
      ['compare [cohorts] [wave]', 'cohorts side by side; all of them, where none is named'],
      ['predict', 'put a forecast on record'],
      ['predictions', 'all of them, and how they came out'],
      ['predict show|amend|withdraw ID', 'the words to publish; change one’s mind, or end it'],
      ['digest', 'this week so far'],
      ['export', 'all of it as files, in a direct message'],
    ]),
    ...group('The programme', [
      ['settings', 'when and how I ask, to be changed; “settings show” lists it'],
      ['organisers [add|remove WHO]', 'who may ask me all this'],
      ['log', 'what was done last, and by whom'],
    ]),
    note('With several programmes, put the name of one first.'),
  ],
};

/** The help, with what there is to do next. */
export function helpMessage(programme: Programme, cohorts: readonly CohortSummary[]): Message {
  const next = nextStep(programme, cohorts);
  return next === null ? ORGANISER_HELP : { parts: [paragraph(`Next: ${next}`), ...ORGANISER_HELP.parts] };
}

type CohortSummary = { readonly cohort: { readonly name: string }; readonly people: number };

function nextStep({ settings }: Programme, cohorts: readonly CohortSummary[]): string | null {
  const empty = cohorts.find(({ people }) => people === 0);
  if (cohorts.length === 0) return 'make a cohort, with “add”.';
  if (empty) return `bring people into ${empty.cohort.name}, with “import” or “invite ${empty.cohort.name}”.`;
  if (settings.channel === null) return 'say where the weekly digest is posted, with “settings channel” and the channel.';
  return null;
}

export const addedMessage = (name: string): Message =>
  say(
    `${name} is there now, with nobody in it yet.`,
    `To bring people in: “import” takes a list, and “import members ${name}”, written in their channel, takes everybody who is in it.`,
  );

export const EXPORT_COMES = say(
  'I am putting the files together, and send them to you alone in a direct message. If none comes within a minute, open your direct messages to me and ask again.',
);

/** What comes with the files of an export. */
export const exportSent = ({ name }: Pick<Programme, 'name'>, askedBy: string): Message => ({
  parts: [
    paragraph(`Everything of ${name} as files: a row for each person and wave, what each column means, and the report.`),
    note(
      'Names and words stand only in the rows of people who agreed to it. Keep them where only organisers of the programme read them.',
    ),
    { kind: 'export', programme: name, askedBy },
  ],
});

/** At the terminal itself there is a command for it. */
export const exportMessage = ({ name }: Pick<Programme, 'name'>): Message => ({
  parts: [
    paragraph('On the command line you get them with:'),
    { kind: 'preformatted', text: `afterwards export "${name}" --out answers` },
    paragraph('There is a row for each person and wave, the reports, and what each column means.'),
    note('Names and words stand only in the rows of people who agreed to it.'),
  ],
});

/** Under a button that has been pressed, or is older than a day. */
export const DONE_ALREADY = say('That is done already, or too old: I keep such buttons for a day. Ask me again.');

export function organisersMessage({ name }: Programme, all: readonly OrganiserName[]): Message {
  const how = note(
    'To change that: organisers add @ada, or organisers remove @ada; an e-mail address or the name of a user group or role does as well.',
  );
  if (all.length === 0) return { parts: [paragraph(`${name} has no organisers on its list yet.`), how] };
  return { parts: [{ kind: 'heading', text: `Organisers of ${name}` }, { kind: 'list', items: all.map(organiserText) }, how] };
}
