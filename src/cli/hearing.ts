import type { DeliveryKey } from '../domain/ids.js';
import type { Account } from '../domain/people.js';
import { answerOrganiser, pressOrganiser, submitOrganiser, suggestNames } from '../flows/answer-organiser.js';
import type { CatchUp } from '../flows/catch-up.js';
import { showHome } from '../flows/home.js';
import { takeInKeep } from '../flows/keep-in-touch.js';
import { personAtOrByAddress } from '../flows/known-by-address.js';
import { answerAlumnus, takeInForm, takeInMessage, takeInPress, takeInTyping } from '../flows/take-in.js';
import { takeInProfile } from '../flows/take-in-profile.js';
import type { HeardPorts } from '../organiser-ports.js';
import type { Answer, Hearing } from '../platform-ports.js';
import type { Ports } from '../ports.js';
import { organiserDesk } from './organiser-desk.js';

const only = (answer: Answer['answer']): Answer => ({ answer, form: null });

/** What the adapters are handed: each flow bound to its ports, and an organiser's affairs told from an alumnus's by the verb. */
export function hearingOn(store: Ports, organisers: HeardPorts, catchUp?: Pick<CatchUp, 'connected'>): Hearing {
  const personAt = (account: Account) => personAtOrByAddress(store, account);
  const ports: Ports = { ...store, conversations: { ...store.conversations, personAt } };
  const desk = organiserDesk(organisers);
  return {
    message: (incoming) => takeInMessage(ports, incoming, desk),
    typing: (account) => takeInTyping(ports, account),
    press: (press) => {
      if (press.ref.verb === 'ask') return pressOrganiser(organisers, press);
      return press.ref.verb === 'keep' ? takeInKeep(ports, press) : takeInPress(ports, press);
    },
    form: (form) => {
      const { from, eventId, ref, values } = form;
      if (ref.verb === 'ask') return submitOrganiser(organisers, form);
      return takeInForm(ports, { from, eventId, values, key: ref.key as DeliveryKey });
    },
    alumnusCommand: async ({ from, eventId, text }) => only(await answerAlumnus(ports, from, eventId, text)),
    organiserCommand: (command) => answerOrganiser(organisers, command),
    suggest: (from, what, start) => suggestNames(organisers, from, what, start),
    profile: (profile) => takeInProfile(ports, profile),
    home: (account) => showHome({ ...ports, publicReport: organisers.numbers.publicReport }, account),
    connected: async (platform, heardUntil) => catchUp?.connected(platform, heardUntil),
  };
}
