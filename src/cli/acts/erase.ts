import type { RequestOf } from '../request.js';
import type { Room } from '../room.js';
import { DONE, failed, type Voice } from '../shell.js';

export async function erasePerson({ ports }: Room, { account }: RequestOf<'erase'>, voice: Voice): Promise<number> {
  const who = `${account.platform}:${account.id}`;
  const personId = await ports.conversations.personAt(account);
  if (personId === null) throw failed(`Nobody here has the account ${who}: nothing was erased`);
  const erased = await ports.conversations.change(personId, ports.clock.now(), () => ({ changes: [{ kind: 'erase' }] }));
  if (erased === null) throw failed(`The person behind ${who} is erased already`);
  ports.wakeSender();
  voice.out(
    `Erased everything about ${who}: their messages, records and name. What the bot sent them is taken off the platform as it runs.\n`,
  );
  return DONE;
}
