import { type Session, tell } from './session.js';

/** What somebody sees first: how to begin where nothing is set up, else how to go on. */
export async function welcome(session: Session): Promise<void> {
  const programmes = await session.ports.programmes();
  tell(session, 'This is Afterwards, all of it, in your terminal. No accounts, no network.', '');
  if (programmes.length > 0) {
    const [programme] = programmes;
    if (programmes.length === 1 && programme !== undefined) session.self = { kind: 'organiser', programme };
    return tell(session, ...GO_ON);
  }
  tell(session, ...BEGIN);
}

export const BEGIN: readonly string[] = [
  'Nothing is set up yet. The quick way:',
  '  /sample      a programme with five invented people, who are asked at once',
  '',
  'Or with people of your own, in a second terminal while this one runs:',
  '  npm run afterwards -- programme set "My programme" --timezone Europe/London',
  '  npm run afterwards -- cohort import roster.csv --programme "My programme" --cohort "Spring 2026" --ended 2026-06-30',
  '  (a roster has the columns name, slack, discord, email, timezone)',
  '',
  '/help says what else there is, /quit leaves.',
];

const GO_ON: readonly string[] = [
  'You are an organiser. /people shows who there is, /be and a name makes you one of them,',
  'status shows who has answered, /help says what else there is.',
];

export const HELP_LINES: readonly string[] = [
  'Here you are everybody, one at a time.',
  '  /people [name]          who there is',
  '  /be Ana                 be Ana: the beginning of a name is enough, or a number',
  '  /be organiser [name]    be an organiser, of the programme you name',
  '  /messages               what the bot has written to whoever you are',
  '',
  'As somebody who took part',
  '  write                   your answer, in your own words',
  '  2, or 2 3               press what has the number 2; choose the third in it',
  '  /edit new words         change what you wrote last; /delete takes it away',
  '  /checkin data           what is held about you; also pause, stop, resume, erase, link',
  '',
  'As an organiser',
  '  /alumni status          who has answered; /alumni help lists the rest',
  '                          (you may leave out “/alumni”)',
  '',
  '  /sample                 a programme with five invented people',
  '  /quit                   leave; so does Ctrl-D',
  '',
  'To see what comes later, start again with the clock turned forward:',
  '  AFTERWARDS_CLOCK_OFFSET=90d npm start',
];
