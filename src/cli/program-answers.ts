import type { Command } from 'commander';
import type { AmendOptions, DigestOptions, PredictOptions, ReportOptions } from './answer-requests.js';
import type { Running } from './program.js';

type AsJson = { readonly json?: boolean };

/** What came back: check-ins, digests, reports and predictions. */
export function defineAnswers(program: Command, running: Running): void {
  program.commandsGroup('See what came back:');
  defineCheckIns(program, running);
  defineReport(program, running);
  defineCompare(program, running);
  defineDigest(program, running);
  defineExport(program, running);
  definePredict(program.command('predict').description('forecasts that nobody can change once they are made'), running);
}

function defineCheckIns(program: Command, { ask }: Running): void {
  program
    .command('checkins')
    .description('who is asked when, and how far each check-in has come')
    .option('--programme <name>', 'of this programme only')
    .option('--json', 'as JSON')
    .action(({ programme = null, json = false }: AsJson & { programme?: string | null }) =>
      ask(() => ({ kind: 'checkins', programme, json })),
    );
}

function defineReport(program: Command, { into }: Running): void {
  program
    .command('report <programme>')
    .description('what became of a cohort, or of several, and how sure that is')
    .option('--cohort <names...>', 'of these cohorts, pooled; left out: of all')
    .option('--wave <months>', 'at this wave; left out: the newest that was asked')
    .option('--as-of <day>', 'with what was known then')
    .option('--audience <who>', 'organisers or public', 'organisers')
    .option('--format <format>', 'text, json, csv, html or png', 'text')
    .option('--out <file>', 'into a file')
    .addHelpText('after', '\nExample: afterwards report ARENA --cohort "ARENA 2.0" --wave 12 --format json --out report.json')
    .action((programme: string, options: ReportOptions) =>
      into(options.out, async () => (await import('./answer-requests.js')).reportRequest(programme, options)),
    );
}

function defineCompare(program: Command, { into }: Running): void {
  program
    .command('compare <programmes...>')
    .description('cohorts of one programme side by side, or several programmes')
    .option('--cohort <names...>', 'these cohorts of the one programme; left out: all of them')
    .option('--wave <months>', 'at this wave; left out: the newest that each was asked')
    .option('--as-of <day>', 'with what was known then')
    .option('--audience <who>', 'organisers or public', 'organisers')
    .option('--format <format>', 'text, json or csv', 'text')
    .option('--out <file>', 'into a file')
    .addHelpText('after', '\nExample: afterwards compare ARENA --cohort "ARENA 2.0" "ARENA 3.0" --wave 12')
    .action((programmes: readonly string[], options: ReportOptions) =>
      into(options.out, async () => (await import('./answer-requests.js')).compareRequest(programmes, options)),
    );
}

function defineDigest(program: Command, { ask }: Running): void {
  program
    .command('digest <programme>')
    .description('what came in since the last weekly digest')
    .option('--audience <who>', 'as organisers or the public would see it; left out: as its channel would')
    .option('--post', 'post it now; the weekly one of this week is then done')
    .option('--json', 'as JSON')
    .action((programme: string, options: DigestOptions) =>
      ask(async () => (await import('./answer-requests.js')).digestRequest(programme, options)),
    );
}

function defineExport(program: Command, { shell, run }: Running): void {
  program
    .command('export <programme>')
    .description('all of it in files: a row a person and wave, the reports, and what each column means')
    .requiredOption('--out <folder>', 'where the files go')
    .addHelpText(
      'after',
      '\nNames and words stand only in the rows of people who agreed to it.\n\nExample: afterwards export ARENA --out arena',
    )
    .action((programme: string, { out }: { readonly out: string }) =>
      run(async () => (await import('./export-into.js')).exportInto(out, shell, programme)),
    );
}

type WithdrawOptions = AsJson & { readonly reason?: string | null; readonly author?: string | null };

function definePredict(group: Command, { shell, run, ask, into }: Running): void {
  group
    .command('add <programme>')
    .description('put a forecast on record; it is resolved by rule at its close date')
    .requiredOption('--cohort <names...>', 'about these cohorts')
    .requiredOption('--wave <months>', 'at this wave')
    .requiredOption(
      '--track <track>',
      'alignment, governance, field_building, capabilities, applied_ai or non_ai; else one of the programme’s own',
    )
    .option('--any', 'any of their current work; left out: their main work')
    .option('--less-than <share>', 'that fewer do so: 10%')
    .option('--more-than <share>', 'that more do so: 30%')
    .requiredOption('--probability <share>', 'how sure you are: 80%')
    .requiredOption('--closes <day>', 'when it is resolved: not before the wave lapses')
    .requiredOption('--author <name>', 'who predicts')
    .option('--text <words>', 'in your own words')
    .option('--seen-data', 'you have seen answers of that wave')
    .option('--statement <file>', 'write its text and hash into a file, to put anywhere public')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `
Example: afterwards predict add ARENA --cohort "ARENA 2.0" --wave 12 --track capabilities --less-than 10%
           --probability 80% --closes 2024-09-30 --author Ada`,
    )
    .action((programme: string, options: PredictOptions) => {
      const request = async () => (await import('./answer-requests.js')).predictRequest(programme, options);
      if (options.statement === undefined) return ask(request);
      const file = options.statement;
      return run(async () => (await import('./predict-into.js')).predictInto(file, shell, await request()));
    });
  group
    .command('list <programme>')
    .description('all forecasts of a programme, with the scores of their authors')
    .option('--json', 'as JSON')
    .action((programme: string, { json = false }: AsJson) => ask(() => ({ kind: 'predict_list', programme, json })));
  group
    .command('show <id>')
    .description('one forecast, with what its author could have known')
    .option('--json', 'as JSON')
    .action((id: string, { json = false }: AsJson) => ask(() => ({ kind: 'predict_show', id, json })));
  group
    .command('amend <id>')
    .description('write a change of mind beside a forecast; it is scored as it was first made')
    .option('--probability <share>', 'how sure you are now: 60%')
    .option('--text <words>', 'other words for it')
    .option('--reason <words>', 'why')
    .option('--author <name>', 'who amends it; left out: who made it')
    .option('--json', 'as JSON')
    .action((id: string, options: AmendOptions) =>
      ask(async () => (await import('./answer-requests.js')).amendRequest(id, options)),
    );
  group
    .command('withdraw <id>')
    .description('end a forecast before its close date, for everybody to see')
    .option('--reason <words>', 'why')
    .option('--author <name>', 'who withdraws it; left out: who made it')
    .option('--json', 'as JSON')
    .action((id: string, { reason = null, author: by = null, json = false }: WithdrawOptions) =>
      ask(() => ({ kind: 'predict_withdraw', id, reason, by, json })),
    );
  group
    .command('statement <id>')
    .description('a forecast with its hash, as a text to put anywhere public')
    .option('--out <file>', 'into a file')
    .action((id: string, { out }: { readonly out?: string }) => into(out, () => ({ kind: 'predict_statement', id })));
  group
    .command('picture <id>')
    .description('how what is possible has closed in on its threshold, as a PNG; what the picture says goes to stderr')
    .requiredOption('--out <file>', 'into a file')
    .action((id: string, { out }: { readonly out: string }) => into(out, () => ({ kind: 'predict_picture', id })));
  group
    .command('verify <programme>')
    .description('whether nothing of the forecasts was changed, added or removed afterwards; names the first that was')
    .option('--hash <hash>', 'a hash noted elsewhere, which an entry must bear')
    .option('--json', 'as JSON')
    .action((programme: string, { hash = null, json = false }: AsJson & { readonly hash?: string | null }) =>
      ask(() => ({ kind: 'predict_verify', programme, hash, json })),
    );
  group
    .command('resolve [id]')
    .description('resolve one whose close date is over, or all of them (the running bot does it by itself)')
    .option('--json', 'as JSON')
    .action((id: string | undefined, { json = false }: AsJson) => ask(() => ({ kind: 'predict_resolve', id: id ?? null, json })));
}
