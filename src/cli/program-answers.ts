import type { Command } from 'commander';
import type { Running } from './program.js';

/** What came back: check-ins, digests, reports and predictions. */
export function defineAnswers(program: Command, running: Running): void {
  program.commandsGroup('See what came back:');
  defineCheckIns(program, running);
}

function defineCheckIns(program: Command, { ask }: Running): void {
  program
    .command('checkins')
    .description('who is asked when, and how far each check-in has come')
    .option('--programme <name>', 'of this programme only')
    .option('--json', 'as JSON')
    .action(({ programme = null, json = false }: { programme?: string | null; json?: boolean }) =>
      ask(() => ({ kind: 'checkins', programme, json })),
    );
}
