import type { DeliveryKey } from '../domain/ids.js';
import { answerOrganiser, type OrganiserPorts } from '../flows/answer-organiser.js';
import { takeInKeep } from '../flows/keep-in-touch.js';
import { answerAlumnus, takeInForm, takeInMessage, takeInPress } from '../flows/take-in.js';
import type { Answer, Hearing } from '../platform-ports.js';
import type { Ports } from '../ports.js';

const only = (answer: Answer['answer']): Answer => ({ answer, form: null });

/** What the adapters are handed: each flow bound to its ports, and an organiser's affairs told from an alumnus's by the verb. */
export function hearingOn(ports: Ports, organisers: OrganiserPorts): Hearing {
  return {
    message: (incoming) => takeInMessage(ports, incoming),
    press: (press) => (press.ref.verb === 'keep' ? takeInKeep(ports, press) : takeInPress(ports, press)),
    form: ({ from, eventId, ref, values }) => takeInForm(ports, { from, eventId, values, key: ref.key as DeliveryKey }),
    alumnusCommand: async ({ from, eventId, text }) => only(await answerAlumnus(ports, from, eventId, text)),
    organiserCommand: async ({ from, text }) => only((await answerOrganiser(organisers, { from, text, email: null })).message),
    suggest: async () => [],
    profile: async () => {},
    home: (account) => answerAlumnus(ports, account, `home:${ports.random.token()}`, 'data'),
    connected: async () => {},
  };
}
