// Run as a process of its own: at the first line on stdin takes the lock on the folder it is given, says how that went, and
// holds on until stdin ends.
import { once } from 'node:events';
import { lockFolder } from '../../db/folder-lock.js';

const [folder = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const lock = await lockFolder(folder);
process.stdout.write(`${JSON.stringify({ kind: lock.kind, pid: lock.kind === 'held' ? lock.pid : process.pid })}\n`);
await once(process.stdin.resume(), 'end');
if (lock.kind === 'locked') await lock.release();
