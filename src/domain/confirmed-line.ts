import type { Activity, CareerUpdate } from './career-update.js';
import { mask } from './masking.js';
import type { ReplyText } from './reply.js';

/** A reply with the record that its writer confirmed, in the form of the labelled replies that the reader is trained on. */
export type ConfirmedLine = {
  readonly id: string;
  readonly programme: string;
  readonly cohort: string;
  readonly cohort_end: string;
  readonly received: string;
  readonly messages: readonly string[];
  readonly gold: Pick<CareerUpdate, 'intent' | 'activities' | 'influence'> & { readonly help_wanted: boolean };
};

/** With the writer's name, the names of those they name, addresses, links and numbers masked, in words and record alike. */
export function confirmedLine(id: string, reply: ReplyText, confirmed: CareerUpdate): ConfirmedLine {
  const { programme, cohort, cohortEnd, received } = reply;
  const others = confirmed.activities.flatMap(({ people }) => people);
  const { messages, hide } = mask(reply.messages, reply.writer ?? null, others);
  const { intent, influence, helpWanted } = confirmed;
  const hidden = (text: string | null) => (text === null ? null : hide(text));
  const activities = confirmed.activities.map(
    (each): Activity => ({
      ...each,
      organisation: hidden(each.organisation),
      role: hidden(each.role),
      topic: hidden(each.topic),
      funder: hidden(each.funder),
      people: each.people.map(hide),
      evidence: hide(each.evidence),
    }),
  );
  const about = { programme, cohort, cohort_end: cohortEnd, received };
  return { id, ...about, messages, gold: { intent, activities, influence, help_wanted: helpWanted } };
}
