import type { Copy } from './copies.js';
import type { Dice } from './dice.js';
import type { Stage } from './stage.js';

const HOUR_MS = 3_600_000;
const MOST_COPIES = 3;
/** Shorter than what is left of a lease after a send: whoever sleeps longer with a message in hand may send it after somebody else has. */
const FROZEN_MS = 900;
const HELD_MS = 900;
const FULL_MS = 1_500;
/** Between two ends: a process that is killed as it starts does nothing that could go wrong. */
const REST_MS = 4_000;
const TICKS_OF_LIFE = 20;

/** How the campaign handles its copies. */
export type Crew = {
  readonly copies: readonly Copy[];
  begin(): void;
  /** Time stands still for so long, but for the seconds that really pass: what tries again by the second is not years late. */
  calm(ms: number): void;
};

type Blow = { readonly weight: number; readonly isPossible: () => boolean; readonly strike: () => string };

const sleep = (ms: number) => new Promise<void>((again) => setTimeout(again, ms));

/** Does harm by a seed: whatever can befall a process, its database, its network and its clock. */
export function adversaryOf(stage: Stage, crew: Crew, dice: Dice): () => void {
  const { ledger, database, sides, roster } = stage;
  const ready = () => crew.copies.filter((each) => each.isReady && !each.isDoomed);
  const isSeveral = database.kind === 'postgres';
  let isDown = false;
  let endedAt = Number.NEGATIVE_INFINITY;
  const isRested = () => performance.now() - endedAt > REST_MS && ready().some((each) => each.ticks > TICKS_OF_LIFE);

  /** The server is away until it is done; nothing else befalls it meanwhile. */
  const whileDown = (work: () => Promise<void>) => {
    isDown = true;
    crew.calm(4_000);
    void work()
      .catch((error: unknown) => ledger.add({ what: 'turned', who: 'postgres', words: `failed: ${error}` }))
      .finally(() => {
        isDown = false;
        crew.calm(2_000);
      });
  };
  const onPostgres = () => database.kind === 'postgres' && !isDown && ready().length > 0;

  const blows: readonly Blow[] = [
    {
      weight: 3,
      isPossible: () => ready().length > 0 && isRested(),
      strike: () => {
        endedAt = performance.now();
        dice.one(ready().filter((each) => each.ticks > TICKS_OF_LIFE)).end('SIGKILL');
        return 'a copy is killed';
      },
    },
    {
      weight: 1.5,
      isPossible: () => ready().length > (isSeveral ? 1 : 0) && isRested(),
      strike: () => {
        endedAt = performance.now();
        dice.one(ready()).end('SIGTERM');
        return 'a copy is told to end';
      },
    },
    {
      weight: 1.5,
      isPossible: () => isSeveral && crew.copies.length < MOST_COPIES,
      strike: () => {
        crew.begin();
        return 'one more copy is started';
      },
    },
    {
      weight: 3,
      isPossible: () => ready().length > 0,
      strike: () => {
        const { child } = dice.one(ready());
        child.kill('SIGSTOP');
        setTimeout(() => child.kill('SIGCONT'), dice.between(100, FROZEN_MS));
        return 'a copy freezes for a moment';
      },
    },
    {
      weight: 8,
      isPossible: () => ready().length > 0,
      strike: () => {
        const copy = dice.one(ready());
        copy.deviationMs = dice.one([-HOUR_MS, 0, HOUR_MS]);
        copy.turn(stage.time.offsetMs);
        return `a copy’s clock is turned (${copy.deviationMs / HOUR_MS} h)`;
      },
    },
    { weight: 6, isPossible: () => ready().length > 0, strike: () => dice.one(sides).disturb() },
    {
      weight: 8,
      isPossible: onPostgres,
      strike: () => {
        if (database.kind === 'postgres') database.line.cutOne(dice.next());
        return 'a connection to the database breaks';
      },
    },
    {
      weight: 6,
      isPossible: onPostgres,
      strike: () => {
        if (database.kind === 'postgres') database.line.swallowCommit();
        return 'a commit is done and not told of';
      },
    },
    {
      weight: 1.5,
      isPossible: onPostgres,
      strike: () => {
        if (database.kind === 'postgres') database.line.cutAll();
        return 'all connections to the database break';
      },
    },
    {
      weight: 5,
      isPossible: onPostgres,
      strike: () => {
        crew.calm(HELD_MS * 2);
        if (database.kind === 'postgres') database.line.hold(dice.between(100, HELD_MS));
        return 'the database hangs for a moment';
      },
    },
    {
      weight: 1.2,
      isPossible: onPostgres,
      strike: () => {
        const how = dice.one(['fast', 'immediate'] as const);
        whileDown(async () => void (database.kind === 'postgres' && (await database.server.restart(how))));
        return how === 'fast' ? 'PostgreSQL is restarted' : 'PostgreSQL crashes';
      },
    },
    {
      weight: 0.6,
      isPossible: () => onPostgres() && database.kind === 'postgres' && database.server.hasOwnDisk,
      strike: () => {
        whileDown(async () => {
          if (database.kind !== 'postgres') return;
          database.server.fillDisk();
          await sleep(FULL_MS);
          database.server.freeDisk();
          await sleep(500);
          await database.server.restart('immediate');
        });
        return 'the disk of PostgreSQL is full, and it crashes';
      },
    },
    {
      weight: 1.5,
      isPossible: () => database.kind === 'embedded' && database.hasOwnDisk && !isDown,
      strike: () => {
        whileDown(async () => {
          if (database.kind === 'embedded') await fillFor(database.folder, FULL_MS);
        });
        return 'the disk is full';
      },
    },
    {
      weight: 2,
      isPossible: () => true,
      strike: () => {
        const side = sides.find((each) => each.platform === 'discord') ?? sides[0];
        const programme = roster.programmes.find((each) => each.audience === 'organisers');
        if (!side || !programme) return 'nothing';
        side.comes(programme.channel, roster.outsider.id);
        ledger.add({ what: 'turned', who: roster.outsider.id, words: 'comes' });
        setTimeout(() => {
          side.goes(programme.channel, roster.outsider.id);
          ledger.add({ what: 'turned', who: roster.outsider.id, words: 'goes' });
        }, 8_000);
        return 'somebody else may read the organisers’ channel';
      },
    },
  ];

  return () => {
    const possible = blows.filter((each) => each.isPossible());
    let left = dice.between(
      0,
      possible.reduce((sum, each) => sum + each.weight, 0),
    );
    const blow = possible.find((each) => {
      left -= each.weight;
      return left <= 0;
    });
    if (blow) ledger.fault('adversary', blow.strike());
  };
}

async function fillFor(folder: string, ms: number): Promise<void> {
  const { execFile } = await import('node:child_process');
  const { rmSync } = await import('node:fs');
  const filler = `${folder}/filler`;
  await new Promise<void>((done) => execFile('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k'], () => done()));
  await sleep(ms);
  rmSync(filler, { force: true });
}
