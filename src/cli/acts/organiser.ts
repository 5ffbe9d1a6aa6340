import { organiserText } from '../../domain/people.js';
import type { RequestOf } from '../request.js';
import { COMMAND_LINE, type Room } from '../room.js';
import { DONE, failed, jsonText, type Voice } from '../shell.js';
import { activeProgramme, theProgramme } from './find.js';

export async function changeOrganiser(
  { ports: { programmes, clock } }: Room,
  request: RequestOf<'organiser_add' | 'organiser_remove'>,
  voice: Voice,
): Promise<number> {
  const isAdded = request.kind === 'organiser_add';
  const programme = isAdded
    ? await activeProgramme(programmes, request.programme)
    : await theProgramme(programmes, request.programme);
  const now = clock.now();
  const who = organiserText(request.who);
  const isNews = isAdded
    ? await programmes.addOrganiser(programme.id, request.who, now)
    : await programmes.removeOrganiser(programme.id, request.who);
  if (!isNews && !isAdded) throw failed(`${who} is not an organiser of ${programme.name}`);
  if (isNews) {
    const what = isAdded ? 'organiser_added' : 'organiser_removed';
    const detail = request.who.kind !== 'email' ? { account: who } : {};
    await programmes.writeLog({ programmeId: programme.id, at: now, actor: COMMAND_LINE, what, detail });
  }
  voice.out(
    isAdded
      ? `${who} ${isNews ? 'is now' : 'was already'} an organiser of ${programme.name}.\n`
      : `${who} is no longer an organiser of ${programme.name}.\n`,
  );
  return DONE;
}

export async function listOrganisers({ ports }: Room, request: RequestOf<'organiser_list'>, voice: Voice): Promise<number> {
  const programme = await theProgramme(ports.programmes, request.programme);
  const organisers = (await ports.programmes.organisersOf(programme.id)).map(organiserText);
  if (request.json) voice.out(jsonText(organisers));
  else if (organisers.length > 0) voice.out(`${organisers.join('\n')}\n`);
  else voice.err(`${programme.name} has no organisers yet: afterwards organiser add ada@example.org --programme …\n`);
  return DONE;
}
