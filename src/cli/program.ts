import { Command, CommanderError } from 'commander';
import type { EstimateOptions } from './estimate.js';
import { defineAnswers } from './program-answers.js';
import { defineProgrammes } from './program-programmes.js';
import type { Request } from './request.js';
import { DONE, Refusal, type Shell, WRONG_USE } from './shell.js';

/** What the definitions of commands are handed: the shell, and how a command says how it went. */
export type Running = {
  readonly shell: Shell;
  /** Runs a command to its exit code. */
  readonly run: (command: () => number | Promise<number>) => Promise<void>;
  /** Has a request carried out where the database is open. */
  readonly ask: (request: () => Request | Promise<Request>) => Promise<void>;
  /** The same, with its result in a file where one is named. */
  readonly into: (file: string | undefined, request: () => Request | Promise<Request>) => Promise<void>;
};

const ABOUT =
  'Checks in with the alumni of a training programme 3, 6, 12, 24 … months after it ends, on Slack and Discord, and tells its organisers honestly what became of them.';

const EXAMPLES = `
A first cohort:
  afterwards programme set ARENA --timezone Europe/London --waves 3,6,12,24
  afterwards organiser add ada@example.org --programme ARENA
  afterwards cohort import roster.csv --programme ARENA --cohort "ARENA 2.0" --ended 2023-06-30
  afterwards start

Months later:
  afterwards checkins --programme ARENA
  afterwards report ARENA --cohort "ARENA 2.0" --wave 12
  afterwards estimate --roster 28 --known 20 --count 1

Settings of the installation are environment variables, also read from .env in the working folder:
DATABASE_URL (PostgreSQL; else a database is kept in AFTERWARDS_DATA, ./data), AFTERWARDS_SECRET,
SLACK_BOT_TOKEN and SLACK_APP_TOKEN, DISCORD_TOKEN and DISCORD_GUILD_ID, AFTERWARDS_LLM_…, PORT, LOG_LEVEL.
A command given while the bot runs on the folder is carried out by the bot.

Exit codes: 0 done, 1 failed, 2 wrong use. Results go to stdout, messages to stderr.`;

const BACKUP_HELP = `
The file is packed, holds everything that people wrote, and is readable by you alone: keep it as you would keep the database.
Not in it: AFTERWARDS_SECRET, and the list of erased people (the file "erased" in AFTERWARDS_DATA). Keep a copy of both elsewhere.

Example: afterwards backup afterwards.backup`;

const RESTORE_HELP = `
The bot must not run on the database meanwhile, and the database must be empty. The file is looked through before anything is
written, and what is in the database afterwards is held against it. People erased since the backup was made are erased again.
Nothing is sent a second time: what may have been sent since is looked up on Slack and Discord first.

Move from the embedded database to PostgreSQL:
  afterwards backup afterwards.backup
  DATABASE_URL=postgres://… AFTERWARDS_SECRET=$(cat data/secret) afterwards restore afterwards.backup`;

const WIDTH = 100;

/**
 * The command line. Nothing is loaded here but its words: what a command does is imported when it is called, so that `--help`
 * answers at once.
 */
export async function runProgram(shell: Shell, argv: readonly string[], version: string): Promise<number> {
  let exitCode: number = DONE;
  const run: Running['run'] = async (command) => {
    exitCode = await command();
  };
  const into: Running['into'] = (file, request) =>
    run(async () => {
      const made = await request();
      const { carryOut, carryOutInto } = await import('./carry-out.js');
      return file === undefined ? carryOut(shell, made) : carryOutInto(file, shell, made);
    });
  const ask: Running['ask'] = (request) => into(undefined, request);
  try {
    const program = commandLine({ shell, run, ask, into }, version);
    if (argv.length === 0) program.help({ error: true });
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USE;
    if (!(error instanceof Refusal)) throw error;
    shell.err(`${error.message}\n`);
    return error.exitCode;
  }
}

type RereadOptions = { readonly programme: string; readonly dryRun?: boolean; readonly json?: boolean };
type TrainOptions = { readonly programme: string; readonly out?: string; readonly json?: boolean };
type DemoChoice = { readonly fast?: boolean; readonly scene: string; readonly keep?: string | null };

function commandLine(running: Running, version: string): Command {
  const { shell } = running;
  const program = new Command('afterwards')
    .description(ABOUT)
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: shell.out, writeErr: shell.err, getOutHelpWidth: () => WIDTH, getErrHelpWidth: () => WIDTH })
    .showHelpAfterError('(add --help to see how it is used)')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES);
  defineRunning(program, running);
  defineProgrammes(program, running);
  defineAnswers(program, running);
  defineTools(program, running);
  return program;
}

function defineRunning(program: Command, { shell, run, ask }: Running): void {
  program.commandsGroup('Run:');
  program
    .command('start')
    .description('run the bot; with no platform configured, chat with it here in the terminal')
    .addHelpText(
      'after',
      `
Ends on SIGTERM and SIGINT within ten seconds; what was killed meanwhile goes on at the next start.
On PORT (default 8080) it answers /healthz, /readyz and /metrics. Logs go to stderr, a JSON line an event.`,
    )
    .action(() => run(async () => (await import('./start.js')).start(shell)));
  program
    .command('demo')
    .description('watch it at work: two years of a cohort in a few minutes, with invented people')
    .option('--fast', 'without the pauses for reading')
    .option('--scene <name>', 'what is played', 'two-years')
    .option('--keep <folder>', 'keep the database afterwards, to look around in it')
    .action(({ fast = false, scene, keep = null }: DemoChoice) =>
      run(async () => (await import('./play-demo.js')).playDemo({ fast, scene, keep })),
    );
  program
    .command('doctor')
    .description('look at tokens, permissions, channels, the database and the language model, and say how to mend what is wrong')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nIt writes to nobody; a language model is asked about an invented reply. Exit code 1 where something is wrong.',
    )
    .action(({ json = false }: { readonly json?: boolean }) =>
      run(async () => (await import('./doctor.js')).doctor(shell, json)),
    );
  program
    .command('migrate')
    .description('bring the database up to date (start does it too)')
    .action(() => ask(() => ({ kind: 'migrate' })));
}

function defineTools(program: Command, { shell, run, ask, into }: Running): void {
  program.commandsGroup('Work with people’s data:');
  program
    .command('erase <account>')
    .description('erase everything about a person, as if they had asked for it in the chat')
    .option('--yes', 'you mean it: there is no way back')
    .addHelpText('after', '\nExample: afterwards erase slack:U012AB3CD --yes')
    .action((account: string, options: { readonly yes?: boolean }) =>
      ask(async () => (await import('./requests.js')).eraseRequest(account, options.yes === true)),
    );
  program
    .command('backup <file>')
    .description('write all that is in the database into one file, also while the bot runs')
    .addHelpText('after', BACKUP_HELP)
    .action((file: string) => ask(async () => (await import('./requests.js')).backupRequest(shell, file)));
  program
    .command('restore <file>')
    .description('put a backup into an empty database, of whichever kind')
    .option('--erased <list>', 'the list of erased people, where it is not in the folder AFTERWARDS_DATA')
    .addHelpText('after', RESTORE_HELP)
    .action((file: string, { erased = null }: { readonly erased?: string | null }) =>
      run(async () => (await import('./restore.js')).restore(shell, file, erased)),
    );
  program
    .command('parse')
    .description('read replies as the bot reads them: a JSON object a line in, a coded record a line out')
    .option('--llm', 'by the language model that AFTERWARDS_LLM_… names; left out: by the rules alone')
    .addHelpText(
      'after',
      `
Each line in:  {"id","programme","cohort","cohort_end","received","messages":["…"]}
Each line out: {"id","intent","activities","influence","help_wanted"}, named as in the codebook. Nothing is stored.

Example: afterwards parse < replies.jsonl > records.jsonl`,
    )
    .action(({ llm = false }: { readonly llm?: boolean }) =>
      run(async () => (await import('./parse.js')).parseReplies(shell, { withModel: llm })),
    );
  program
    .command('reread')
    .description('read old replies again as they would be read today; what people confirmed is never touched')
    .requiredOption('--programme <name>', 'of which programme')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample: afterwards reread --programme ARENA --dry-run')
    .action(({ programme, dryRun = false, json = false }: RereadOptions) =>
      ask(() => ({ kind: 'reread', programme, dryRun, json })),
    );
  program
    .command('train-on-confirmed')
    .description('what people wrote and confirmed, as labelled lines to learn from, and how the present reader does on them')
    .requiredOption('--programme <name>', 'of which programme')
    .option('--out <file>', 'the lines into a file')
    .option('--json', 'lines and score as JSON')
    .addHelpText(
      'after',
      `
Only of people who agreed to be named beside their answers; names, addresses and numbers are masked.
Nothing is trained by this: the lines have the form of test/replies/*.jsonl.

Example: afterwards train-on-confirmed --programme ARENA --out confirmed.jsonl`,
    )
    .action(({ programme, out, json = false }: TrainOptions) =>
      into(out, () => ({ kind: 'train_on_confirmed', programme, json })),
    );
  program.commandsGroup('Calculate:');
  program
    .command('estimate')
    .description('what a count among those known says about a whole roster')
    .requiredOption('--roster <people>', 'people on the roster, whatever became of them')
    .requiredOption('--known <people>', 'of these: whose class is known')
    .requiredOption('--count <people>', 'of the known: in the class')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample: afterwards estimate --roster 28 --known 20 --count 1')
    .action((options: EstimateOptions) => run(async () => (await import('./estimate.js')).sayEstimate(options, shell)));
}
