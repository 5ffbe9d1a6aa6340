import type { Message } from '../domain/message.js';
import { EXPORT_COMES, exportMessage, exportSent } from '../domain/on-organiser-help.js';
import type { OrganiserPorts, Place } from '../organiser-ports.js';

/** Into the direct messages of whoever asks, as a delivery of its own: the same command heard twice sends the files once. */
export async function sendExport(
  ports: OrganiserPorts,
  { programme, asker: { account }, now }: Place,
  eventId: string | undefined,
): Promise<Message> {
  if (account.platform === 'terminal') return exportMessage(programme);
  const payload = exportSent(programme, `${account.platform}:${account.id}`);
  await ports.conversations.tellStranger(account, `export:${programme.id}:${eventId ?? now.toISOString()}`, payload, now);
  ports.wakeSender();
  return EXPORT_COMES;
}
