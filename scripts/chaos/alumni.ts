import type { Seen } from '../../test/support/platform-stage.js';
import type { Dice } from './dice.js';
import type { Alumnus } from './roster.js';
import { controlOf } from './side.js';

/** How likely somebody does it when they look at their messages. */
const ANSWERS = 0.12;
const SETTLES_CARD = 0.25;
const TELLS_NEWS = 0.004;
const WANTS_LATER = 0.015;
const WANTS_OUT = 0.006;
const PRESSES_AGAIN = 0.5;
const COMES_BACK = 0.05;

/** What they write; each has a made-up name in it that is never used again. */
const ANSWERS_IN_WORDS: readonly ((place: string) => string)[] = [
  (place) => `I am a research engineer at ${place}, full time.`,
  (place) => `I started as a policy analyst at ${place} in spring, full time.`,
  (place) => `I work at ${place} as a software engineer.`,
  (place) => `I am doing a PhD at ${place} now.`,
];

type Mind = {
  /** What they pressed last and wait to see the effect of. */
  wish: 'on' | 'out';
  /** The words that a message of theirs was about. */
  readonly done: Set<string>;
};

/** Somebody who looks at their messages now and then, and does what people do. */
export class Habits {
  private readonly minds = new Map<string, Mind>();
  private places = 0;

  constructor(private readonly dice: Dice) {}

  /** One look, at most one act. */
  act({ account }: Alumnus): void {
    const { dice } = this;
    const mind = this.minds.get(account.id) ?? { wish: 'on', done: new Set<string>() };
    this.minds.set(account.id, mind);
    const seen = account.fromBot();
    const last = seen.at(-1);
    if (!last) return;
    if (mind.wish === 'out') return void this.waitsToBeLeft(account, mind, seen);
    const question = seen.findLast((each) => controlOf(each, 'no_change') !== undefined);
    if (question && dice.happens(WANTS_OUT)) {
      mind.wish = 'out';
      if (dice.happens(0.5)) account.writes('stop');
      else account.presses(question, 'stop');
    } else if (question && dice.happens(WANTS_LATER)) account.presses(question, 'later');
    else if (question && !mind.done.has(question.id) && dice.happens(ANSWERS)) {
      mind.done.add(question.id);
      account.writes(this.words());
    } else if (dice.happens(SETTLES_CARD)) this.settles(account, seen, mind);
    else if (dice.happens(TELLS_NEWS)) account.writes(this.words());
  }

  private words(): string {
    this.places += 1;
    return this.dice.one(ANSWERS_IN_WORDS)(`Norvik${this.places} Labs`);
  }

  /** Who sees nothing happen presses again; who was told that it is over may come back one day. */
  private waitsToBeLeft(account: Alumnus['account'], mind: Mind, seen: readonly Seen[]): void {
    const { dice } = this;
    const told = seen.findLast((each) => controlOf(each, 'resume') !== undefined);
    if (told && dice.happens(COMES_BACK)) {
      mind.wish = 'on';
      account.presses(told, 'resume');
      return;
    }
    const question = seen.findLast((each) => controlOf(each, 'stop') !== undefined);
    if (!told && question && dice.happens(PRESSES_AGAIN)) account.presses(question, 'stop');
  }

  private settles(account: Alumnus['account'], seen: readonly Seen[], mind: Mind): void {
    const card = seen.findLast((each) => controlOf(each, 'right') !== undefined);
    if (!card) return;
    const names = controlOf(card, 'names') !== undefined && !mind.done.has(`names:${card.id}`);
    if (names) {
      mind.done.add(`names:${card.id}`);
      account.presses(card, 'names', { choice: this.dice.happens(0.5) ? 'named' : 'totals' });
    } else if (this.dice.happens(0.3)) account.presses(card, 'track', { value: 'non_ai' });
    else account.presses(card, 'right');
  }
}
