import { controls, type Form, type Message, paragraph } from '../domain/message.js';
import { answerOrganiser, importFile } from '../flows/answer-organiser.js';
import type { OrganiserDesk } from '../flows/take-in.js';
import type { HeardPorts } from '../organiser-ports.js';

/** What organisers write in their direct messages, led to the flows that answer it. */
export function organiserDesk(organisers: HeardPorts): OrganiserDesk {
  return {
    isOrganiser: async (account) => {
      const theirs = await organisers.programmes.programmesOrganisedBy(await organisers.whoIs(account));
      return theirs.length > 0;
    },
    command: async (from, eventId, text) => {
      const event = { platform: from.platform, eventId: `message:${eventId}` };
      if (!(await organisers.drafts.firstHeard(event, organisers.clock.now()))) return null;
      const { answer, form } = await answerOrganiser(organisers, { from, eventId, text, channelId: null, file: null });
      return form ? behindButton(form) : answer;
    },
    list: (from, eventId, bytes) => importFile(organisers, from, bytes, eventId),
  };
}

/** A message cannot open a form, but a button under the answer can. */
const behindButton = (form: Form): Message => ({
  parts: [paragraph('That takes a form:'), controls({ kind: 'button', id: form.id, label: form.title, style: 'primary' })],
});
