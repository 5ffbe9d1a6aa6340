import type { Command } from 'commander';
import type { Running } from './program.js';
import type { ImportOptions, SettingsOptions } from './requests.js';

type OfProgramme = { readonly programme: string; readonly json?: boolean };

/** Programmes, their organisers and cohorts: everything that is set up before anybody is asked. */
export function defineProgrammes(program: Command, running: Running): void {
  program.commandsGroup('Set up:');
  defineProgramme(program.command('programme').description('programmes and their settings'), running);
  defineOrganiser(program.command('organiser').description('who sees the reports of a programme'), running);
  defineCohort(program.command('cohort').description('cohorts and the people in them'), running);
}

function defineProgramme(group: Command, { ask }: Running): void {
  group
    .command('set <name>')
    .description('create a programme, or change its settings; says what that changes of the plan')
    .option('--timezone <zone>', 'where nothing else says where somebody lives, such as Europe/London')
    .option('--waves <months>', 'months after the end of a cohort: 3,6,12')
    .option('--send-window <from-to>', 'when questions leave, on the clock of whoever gets them: 10:00-16:00')
    .option('--send-days <days>', 'on which days: mon-fri')
    .option('--spread <duration>', 'over how much of the window: 6h; 0s for everybody at its start')
    .option('--settle <duration>', 'how long somebody is quiet before their reply is read: 45s')
    .option('--reminders <durations>', 'after a question that got no answer: 4d,11d, or none')
    .option('--lapse <duration>', 'after which a question is given up: 28d')
    .option('--digest <time>', 'when the weekly digest is posted: "mon 09:00"')
    .option('--channel <channel>', 'where: slack:C123, discord:123 or none')
    .option('--channel-audience <who>', 'public (totals only), or organisers where nobody else reads the channel')
    .option('--min-cell <people>', 'fewest people whose answers the public is shown: 5')
    .option('--retain <time>', 'how long what people wrote is kept, such as 5y (what was noted down stays): none')
    .option(
      '--tracks <tracks>',
      'fields of work to tell apart, each with words it is found by: "bedside nursing: ward, staff nurse; midwifery: midwife"; default is AI safety',
    )
    .option(
      '--organisations <list>',
      'bodies that the reader is to know: "Harbour Trust = HT: non_ai; Acme Safety: alignment"; none',
    )
    .option('--words <list>', 'words that say a field or a kind: "governance: bill drafting; internship: stage"; none')
    .option('--model <on or off>', 'off: no language model reads what people write, though the server may have one')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Durations are written 45s, 10m, 6h, 4d. What is not named stays as it is.

Example: afterwards programme set ARENA --timezone Europe/London --waves 3,6,12,24 --channel slack:C0123`,
    )
    .action((name: string, options: SettingsOptions) =>
      ask(async () => (await import('./requests.js')).settingsRequest(name, options)),
    );
  group
    .command('list')
    .description('all programmes')
    .option('--json', 'as JSON')
    .action(({ json = false }: { json?: boolean }) => ask(() => ({ kind: 'programme_list', json })));
  for (const [mark, description] of [
    ['pause', 'ask nobody of it until it is resumed'],
    ['resume', 'go on after a pause'],
  ] as const) {
    group
      .command(`${mark} <name>`)
      .description(description)
      .action((name: string) => ask(() => ({ kind: 'programme_mark', name, mark })));
  }
  group
    .command('archive <name>')
    .description('end a programme: it sends nothing more, its answers and predictions stay')
    .action((name: string) => ask(() => ({ kind: 'programme_archive', name })));
}

function defineOrganiser(group: Command, { ask }: Running): void {
  for (const verb of ['add', 'remove'] as const) {
    group
      .command(`${verb} <who>`)
      .description(
        `${verb === 'add' ? 'make somebody' : 'let somebody no longer be'} an organiser: slack:U123, discord:123 or an e-mail address; all in a user group or with a role: slack:S123, discord:role:123`,
      )
      .requiredOption('--programme <name>', 'of which programme')
      .action((who: string, { programme }: OfProgramme) =>
        ask(async () => {
          const { organiserName } = await import('./requests.js');
          return { kind: `organiser_${verb}` as const, programme, who: organiserName(who) };
        }),
      );
  }
  group
    .command('list')
    .description('the organisers of a programme')
    .requiredOption('--programme <name>', 'of which programme')
    .option('--json', 'as JSON')
    .action(({ programme, json = false }: OfProgramme) => ask(() => ({ kind: 'organiser_list', programme, json })));
}

function defineCohort(group: Command, { shell, ask }: Running): void {
  group
    .command('import <roster.csv>')
    .description('make a cohort of a list of people, or bring it in line with one')
    .requiredOption('--programme <name>', 'of which programme')
    .requiredOption('--cohort <name>', 'its name, such as "ARENA 2.0"')
    .requiredOption('--ended <day>', 'the day it ended: 2023-06-30')
    .option('--dry-run', 'only say what would happen')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Columns: name, slack, discord, email, timezone; name and one way to reach the person. An e-mail
address is one where Slack is configured. With one bad line nothing is imported, and every bad line
is named. Nobody leaves a cohort by an import.

Example: afterwards cohort import roster.csv --programme ARENA --cohort "ARENA 2.0"
           --ended 2023-06-30 --dry-run`,
    )
    .action((file: string, options: ImportOptions) =>
      ask(async () => (await import('./requests.js')).importRequest(shell, file, options)),
    );
  group
    .command('list')
    .description('cohorts with their ends and sizes')
    .option('--programme <name>', 'of this programme only')
    .option('--json', 'as JSON')
    .action(({ programme = null, json = false }: { programme?: string | null; json?: boolean }) =>
      ask(() => ({ kind: 'cohort_list', programme, json })),
    );
  const marks = [
    ['archive', 'end it: it sends nothing more, its answers stay'],
    ['pause', 'send nothing until it is resumed'],
    ['resume', 'go on after a pause'],
  ] as const;
  for (const [mark, description] of marks) {
    group
      .command(`${mark} [cohort]`)
      .description(description)
      .requiredOption('--programme <name>', 'of which programme')
      .option('--cohort <name>', 'the same as naming it first')
      .action((named: string | undefined, options: { readonly programme: string; readonly cohort?: string }) =>
        ask(async () => (await import('./requests.js')).markRequest(mark, options.programme, named ?? options.cohort)),
      );
  }
}
