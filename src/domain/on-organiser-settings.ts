import { settingsProblems, spreadProblem } from './durations.js';
import { type Choice, type Form, type FormField, type Message, note, type Part, paragraph, say } from './message.js';
import { noSuchSetting, SETTINGS, settingCalled } from './named-settings.js';
import type { WantedSetting } from './organiser-command.js';
import type { Programme } from './people.js';
import { counted } from './report-layout.js';
import { fail, ok, type Result, unreachable } from './result.js';
import type { PlanChangeLine } from './schedule-changes.js';
import type { Settings } from './settings.js';
import { dayInWords } from './wording.js';

/** What of the settings is to be as it is not yet. */
export type SettingsChange = {
  readonly settings: Settings;
  readonly changed: readonly { readonly name: string; readonly from: string; readonly to: string }[];
};
/** A problem with one setting, or with how it goes together with the others. */
export type SettingProblem = { readonly name: string; readonly message: string };

/** The settings with all that was typed put in, or everything that is wrong with it. */
export function decideOnSettings(
  programme: Programme,
  wanted: readonly WantedSetting[],
): Result<SettingsChange, readonly SettingProblem[]> {
  const problems: SettingProblem[] = [];
  const names: string[] = [];
  let settings = programme.settings;
  for (const { name: typed, value } of wanted) {
    const { name, found } = settingCalled(typed);
    const changed = found?.change(settings, value) ?? fail(noSuchSetting(typed));
    if (!changed.ok) problems.push({ name, message: sentence(changed.error) });
    else if (found && found.show(changed.value) !== found.show(settings)) {
      settings = changed.value;
      names.push(name);
    }
  }
  const spread = names.includes('spread') ? spreadProblem(settings) : null;
  const together = problems.length > 0 ? undefined : (settingsProblems(settings)[0] ?? spread ?? undefined);
  if (together !== undefined) problems.push({ name: names.at(-1) ?? wanted[0]?.name ?? '', message: sentence(together) });
  if (problems.length > 0) return fail(problems);
  const changed = names.flatMap((name) => {
    const found = SETTINGS[name];
    return found ? [{ name, from: found.show(programme.settings), to: found.show(settings) }] : [];
  });
  return ok({ settings, changed });
}

/** What one setting is, or all of them. */
export function settingsShown(programme: Programme, typed: string | null): Message {
  if (typed === null) return settingsMessage(programme);
  const { name, found } = settingCalled(typed);
  if (!found) return say(noSuchSetting(typed));
  return say(
    `${name} is ${found.show(programme.settings)} (${found.meaning}). To change it: settings ${name} and the new value.`,
  );
}

export const nothingChanged = (programme: Programme, wanted: readonly WantedSetting[]): Message => {
  const [only, ...others] = wanted;
  const { name, found } = settingCalled(only?.name ?? '');
  return others.length === 0 && found
    ? say(`${name} is ${found.show(programme.settings)} already.`)
    : say('Nothing was changed.');
};

export const settingsRefused = (problems: readonly SettingProblem[]): Message =>
  say(...problems.map((each) => each.message), 'Nothing was changed.');

const SECTIONS: readonly (readonly [title: string, names: readonly string[]])[] = [
  ['When I ask', ['timezone', 'waves', 'window', 'days', 'spread']],
  ['After the question', ['settle', 'reminders', 'lapse', 'retain']],
  ['The digest', ['digest', 'channel', 'audience', 'min-cell']],
  ['How I read replies', ['tracks', 'organisations', 'words', 'model']],
];
const READERS: readonly Choice[] = [
  { value: 'public', label: 'Anybody: totals only, small groups hidden' },
  { value: 'organisers', label: 'Organisers alone, in a private channel' },
];

/** Every setting, filled with what it is. A section fits where a form holds five fields. */
export function settingsForm(id: string, { name, settings }: Programme): Form {
  const field = (setting: string): readonly FormField[] => {
    const found = SETTINGS[setting];
    if (!found) return [];
    const value = found.show(settings);
    return setting === 'audience'
      ? [{ kind: 'select', name: setting, label: found.label, value, choices: READERS }]
      : [
          {
            kind: 'text',
            name: setting,
            label: found.label,
            value,
            hint: `${capitalised(found.meaning)}: ${found.hint}`,
            optional: false,
          },
        ];
  };
  const sections = SECTIONS.map(([title, names]) => ({ title, fields: names.flatMap(field) }));
  return { id, title: `How ${name} asks`, sections, submitLabel: 'Save' };
}

const capitalised = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const shortened = (text: string) => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

function settingsMessage({ name, settings }: Programme): Message {
  return {
    parts: [
      { kind: 'heading', text: `How ${name} asks` },
      {
        kind: 'fields',
        fields: Object.entries(SETTINGS).map(([label, each]) => ({
          label,
          value: `${shortened(each.show(settings))}  (${each.meaning})`,
        })),
      },
      note('To change one, write its name and the new value, such as: settings waves 3,6,12'),
    ],
  };
}

/** What a change would do to questions that have not been sent, before it is made. */
export function previewMessage(
  { changed }: SettingsChange,
  wanted: readonly WantedSetting[],
  lines: readonly PlanChangeLine[],
): Message {
  const [only, ...others] = wanted;
  const inWords =
    only && others.length === 0 ? [note(`In words: settings ${settingCalled(only.name).name} ${only.value} --yes`)] : [];
  return {
    parts: [
      paragraph(`${changed.map(({ name, from, to }) => `${name} would go from ${from} to ${to}`).join('; ')}.`),
      paragraph('What was sent stays; of the rest:'),
      planPart(lines),
      ...inWords,
    ],
  };
}

export function changedMessage({ changed }: SettingsChange, lines: readonly PlanChangeLine[]): Message {
  const replanned = lines.length > 0 ? [paragraph('Of what has not been sent yet:'), planPart(lines)] : [];
  const done = changed.map(({ name, from, to }) => `${name} was ${from}, and is ${to} from now on`).join('; ');
  return { parts: [paragraph(`Done: ${done}.`), ...replanned] };
}

export const planPart = (lines: readonly PlanChangeLine[]): Part => ({ kind: 'list', items: lines.map(planLine) });

function planLine({ kind, waveMonths, people, from, to }: PlanChangeLine): string {
  const who = `Wave ${waveMonths}: ${counted(people, 'person', 'people')}`;
  switch (kind) {
    case 'added':
      return `${who} will be asked around ${dayInWords(to ?? '')}`;
    case 'moved':
      return `${who} will be asked around ${dayInWords(to ?? '')}, not ${dayInWords(from ?? '')}`;
    case 'removed':
      return `${who} will not be asked (it was due on ${dayInWords(from ?? '')})`;
    default:
      return unreachable(kind);
  }
}
