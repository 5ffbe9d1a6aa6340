import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';

/** A server the tests may do with as they like, as the URL of a database that new ones can be made from. */
export type TestServer = { readonly url: string; stop(): Promise<void> };

type Owner = { readonly uid: number; readonly gid: number };

/** `TEST_DATABASE_URL`, else a private server from the PostgreSQL installed here, else null. */
export async function startPostgres(): Promise<TestServer | null> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: refuseIfNotTest(given), stop: async () => {} };
  const binaries = findBinaries();
  return binaries ? startPrivate(binaries) : null;
}

/** The tests create, empty and drop: one mistyped variable must not be enough to lose somebody's data. */
export function refuseIfNotTest(url: string): string {
  const name = new URL(url).pathname.slice(1);
  if (!/test/i.test(name)) throw new Error(`the database "${name}" has no "test" in its name: the tests refuse to touch it`);
  return url;
}

export function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return refuseIfNotTest(other.href);
}

export async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function findBinaries(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...versions.map((version) => join(debian, version, 'bin'))];
  return (
    folders.find((folder) => folder !== '' && ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null
  );
}

async function startPrivate(binaries: string): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'afterwards-test-pg-'));
  const cluster = initialised(folder, binaries);
  const port = await freePort();
  const running = await launch(cluster, port, ['synchronous_commit=off'], GUARD);
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop: () => running.end('stdin') };
}

export type Cluster = { readonly folder: string; readonly data: string; readonly binaries: string; readonly owner: Owner | null };

/** A new cluster in a folder, which is removed where that fails. */
export function initialised(folder: string, binaries = findBinaries()): Cluster {
  if (binaries === null) throw new Error('no PostgreSQL is installed here');
  const owner = serverOwner();
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const options = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  const initdb = spawnSync(join(binaries, 'initdb'), options, { ...owner, cwd: folder, encoding: 'utf8' });
  if (initdb.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`initdb failed: ${initdb.stderr || initdb.error?.message}`);
  }
  return { folder, data, binaries, owner };
}

export type Running = { end(how: 'SIGINT' | 'SIGQUIT' | 'stdin'): Promise<void> };

/** Starts the server of a cluster. It ends as well when this process does. */
export async function launch(
  { folder, data, binaries, owner }: Cluster,
  port: number,
  settings: readonly string[],
  guard = KEEPER,
): Promise<Running> {
  const fast = ['fsync=off', 'full_page_writes=off', 'max_connections=100', 'listen_addresses=127.0.0.1', ...settings];
  const args = ['-D', data, '-k', folder, '-p', String(port), ...fast.flatMap((setting) => ['-c', setting])];
  const server = spawn('/bin/sh', ['-c', guard, 'guard', folder, join(binaries, 'postgres'), ...args], {
    ...owner,
    cwd: folder,
    detached: true, // Ctrl-C is for the tests; the guard then hears that they are gone
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  server.stdin.on('error', () => {});
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  await readyToConnect(server);
  return {
    end: async (how) => {
      if (how !== 'stdin') server.stdin.write(`${how.slice(3)}\n`);
      server.stdin.end();
      await ended;
    },
  };
}

/** The server ends, and its folder goes, when the pipe on stdin closes: also when this process is killed outright. */
const GUARD = `
folder=$1; shift
"$@" </dev/null &
server=$!
while read -r line; do :; done
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$folder"
`;

/** The same, but the folder stays for the next server, and the signal by which this one ends is read from the pipe. */
const KEEPER = `
shift
"$@" </dev/null &
server=$!
how=INT
while read -r line; do how=$line; done
kill -"$how" "$server" 2>/dev/null
wait "$server"
`;

/** PostgreSQL refuses to run as root: any other user that the system knows will do. */
function serverOwner(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name, , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  return users.get('postgres') ?? users.get('nobody') ?? null;
}

function readyToConnect(server: ChildProcess & { readonly stderr: NodeJS.ReadableStream }): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr.setEncoding('utf8');
    server.stderr.on('data', (text: string) => {
      said += text;
      if (said.includes('database system is ready to accept connections')) resolve();
      if (said.includes('FATAL:')) reject(new Error(`PostgreSQL did not start: ${said}`));
      said = said.slice(-4_000);
    });
    server.once('close', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
