import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initialised, launch, type Running } from '../../test/support/postgres.js';

const DISK = '384m';
/** Left for the log of what was written when the disk is full again. */
const FILLER = 'filler';

/** A PostgreSQL of the campaign's own, which it can crash, cut off and fill the disk of. */
export class OwnPostgres {
  private running: Running | null = null;

  private constructor(
    private readonly folder: string,
    private readonly cluster: ReturnType<typeof initialised>,
    readonly hasOwnDisk: boolean,
    readonly port: number,
  ) {}

  static async open(port: number): Promise<OwnPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'afterwards-chaos-test-'));
    const hasOwnDisk = mountDisk(folder);
    const server = new OwnPostgres(folder, initialised(folder), hasOwnDisk, port);
    await server.start();
    return server;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  async start(): Promise<void> {
    // What was committed outlives a crash of the server, if not of the machine.
    this.running = await launch(this.cluster, this.port, ['synchronous_commit=on', 'max_wal_size=64MB', 'min_wal_size=32MB']);
  }

  /** `fast` ends what is under way; `immediate` is a crash. */
  async restart(how: 'fast' | 'immediate'): Promise<void> {
    await this.running?.end(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await this.start();
  }

  /** Nothing more can be written, until `freeDisk`. */
  fillDisk(): void {
    spawnSync('dd', ['if=/dev/zero', `of=${join(this.folder, FILLER)}`, 'bs=64k'], { stdio: 'ignore' });
  }

  freeDisk(): void {
    writeFileSync(join(this.folder, FILLER), '');
  }

  async close(): Promise<void> {
    await this.running?.end('SIGQUIT');
    if (this.hasOwnDisk) spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A small disk in memory; false where this user may not have one. */
export function mountDisk(folder: string, size = DISK): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0711`, 'chaos', folder], { stdio: 'ignore' }).status === 0;
}

/** A line to a server that can be cut, held up, or made to swallow an answer. */
export class Line {
  private readonly pairs = new Set<{ readonly client: Socket; readonly server: Socket }>();
  private swallowing = 0;
  private readonly listener: Server;

  private constructor(target: number) {
    this.listener = createServer((client) => {
      const server = connect(target, '127.0.0.1');
      const pair = { client, server };
      this.pairs.add(pair);
      const over = () => {
        this.pairs.delete(pair);
        client.destroy();
        server.destroy();
      };
      for (const each of [client, server]) each.on('close', over).on('error', over);
      client.on('data', (data) => server.write(data));
      server.on('data', (data) => {
        if (this.swallowing > 0 && data.includes('COMMIT')) {
          this.swallowing -= 1;
          over();
        } else client.write(data);
      });
    });
  }

  static async to(target: number): Promise<Line> {
    const line = new Line(target);
    await new Promise<void>((resolve) => line.listener.listen(0, '127.0.0.1', () => resolve()));
    return line;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  cutAll(): void {
    for (const { client } of this.pairs) client.destroy();
  }

  /** One of them, by a number from 0 to below 1. */
  cutOne(which: number): void {
    [...this.pairs][Math.floor(which * this.pairs.size)]?.client.destroy();
  }

  /** The next commit happens, and whoever asked for it never hears of it. */
  swallowCommit(): void {
    this.swallowing += 1;
  }

  hold(ms: number): void {
    for (const { server } of this.pairs) {
      server.pause();
      setTimeout(() => server.resume(), ms);
    }
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise<void>((resolve) => this.listener.close(() => resolve()));
  }
}
