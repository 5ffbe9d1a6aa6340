import { say } from '../domain/message.js';
import { changedPredictionMessage, predictionMessage, verdictMessage } from '../domain/on-organiser-predictions.js';
import type { ChangePredictionCommand, PredictionCommand } from '../domain/prediction-commands.js';
import type { Carried, OrganiserPorts, Place } from '../organiser-ports.js';

const refused = (field: string, message: string): Carried => ({ answer: say(message), form: null, refusal: { field, message } });

/** What an organiser asks about a prediction that is on record, or wants written beside it. */
export async function carryOutPrediction(ports: OrganiserPorts, place: Place, command: PredictionCommand): Promise<Carried> {
  const { programme } = place;
  if (command.kind === 'verify')
    return { answer: verdictMessage(await ports.numbers.verify(programme, command.hash)), form: null };
  const all = await ports.numbers.predictions(programme);
  const found = all.find(({ id }) => id === command.id.trim().toLowerCase());
  if (!found)
    return refused('prediction', `${programme.name} has no prediction “${command.id}”. “predictions” lists them with their ids.`);
  if (command.kind === 'show_prediction') return { answer: predictionMessage(found), form: null };
  return changeMind(ports, place, { ...command, id: found.id }, found.author);
}

/** A prediction made from an account is that account's to change; one made under a name is any organiser's, and says whose change it was. */
async function changeMind(
  { numbers }: OrganiserPorts,
  { asker: { account } }: Place,
  command: ChangePredictionCommand,
  author: string,
): Promise<Carried> {
  const by = `${account.platform}:${account.id}`;
  const isAccount = /^(slack|discord|terminal):\S+$/.test(author);
  if (isAccount && author !== by)
    return refused('prediction', `${command.id} is ${author}’s own: nobody else can change or withdraw it.`);
  const { id, reason } = command;
  const changed =
    command.kind === 'withdraw'
      ? await numbers.withdraw({ id, reason, by })
      : await numbers.amend({ id, reason, by, probability: command.probability, text: command.text });
  if (changed.ok) return { answer: changedPredictionMessage(changed.value), form: null };
  return refused(changed.error.kind === 'bad_number' ? 'probability' : 'prediction', changed.error.message);
}
