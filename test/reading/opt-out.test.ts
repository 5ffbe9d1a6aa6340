import { describe, expect, it } from 'vitest';
import { findOptOut } from '../../src/reading/opt-out.js';

const STOPS = [
  'I must request that you discontinue all further correspondence. Yours faithfully, R. Amsel',
  'Kindly refrain from sending any further surveys to this address.',
  'My employer requires that I desist from your inquiries, so please cease all future contact.',
  'STOP',
  'Stop.',
  'stop messaging me',
  'take me off this list',
  'unsubscribe',
  'please stop',
  "I'm breaking up with you, robot.",
  "you're dumped, bot",
  'lose my number',
  'take. me. off. your. list.',
  "please don't contact me again",
  "I'm done with these messages",
  'no more bot. thx. bye',
  'Would you mind very much if this were the last one? Please let this be the last you send.',
  'no me escribáis más, por favor',
  'quiero darme de baja',
  "ne m'écrivez plus",
  'je ne veux plus recevoir ces messages',
  'Bitte schreibt mir nicht mehr',
  'Bitte keine weiteren Nachrichten mehr.',
  'por favor, não me mandem mais mensagens',
  'non scrivetemi più',
  'stuur me geen berichten meer',
  'proszę już do mnie nie pisać',
  'mujhe message mat bhejo',
  '请不要再给我发消息',
  'Больше не пишите мне, пожалуйста.',
];
const ERASURES = [
  'I hereby request complete deletion pursuant to Article 17 of the GDPR.',
  'Requesting permanent erasure of my records under the Data Protection Act.',
  'please delete everything you have on me',
  'ERASE ME',
  'Wipe. Everything. I never agreed to be studied.',
  'right to be forgotten pls',
  'I request the erasure of all personal data under Art. 17 GDPR.',
  'could you purge my records?',
  'borren mis datos por favor',
  'effacez mes données',
  'bitte alle Daten zu meiner Person löschen',
  'apaguem os meus dados',
  'cancellate tutti i miei dati',
  'verwijder al mijn gegevens',
  'proszę usunąć moje dane',
  'mera sara data delete kar do',
  '请删除我的所有数据',
];
const NEITHER = [
  'We ceased all further trials in May and I moved to the policy team.',
  'I work on requests for deletion under the GDPR at a law firm.',
  'The ministry suspended all external communications, so my paper is on hold.',
  'I stopped working at Google',
  "stop by if you're in town",
  'deleted my LinkedIn',
  "I can't stop thinking about interp",
  'I quit my job at Meta',
  "please DON'T stop these, I like them",
  "No more ML for me, I'm a baker now",
  'Working on how to erase concepts from models',
  "don't message me before March, thesis",
  'Exactly as I was in February, no more no less',
  "> Reply STOP to opt out.\n\nsince august it's IAPS for me",
  'we remove personal data from training sets at my job',
  'no more exams!',
  '',
];
const UNSURE = ['maybe we should stop this?', 'not sure I want these', 'how do I unsubscribe?', 'Can we stop this?'];

describe('findOptOut', () => {
  it.each(STOPS)('stops for good at: %s', (words) => {
    expect(findOptOut([words])).toEqual({ wants: 'stop', certainty: 'clear' });
  });

  it.each(ERASURES)('erases at: %s', (words) => {
    expect(findOptOut([words])).toEqual({ wants: 'erase', certainty: 'clear' });
  });

  it.each(NEITHER)('leaves alone: %s', (words) => {
    expect(findOptOut([words])).toBeNull();
  });

  it.each(UNSURE)('asks back at: %s', (words) => {
    expect(findOptOut([words])?.certainty).toBe('ambiguous');
  });

  it('lets erase beat stop', () => {
    expect(findOptOut(['please stop these', 'and delete everything you have on me'])?.wants).toBe('erase');
  });

  it('asks back when the words were meant for somebody else', () => {
    expect(findOptOut(['STOP', 'sorry, wrong chat'])?.certainty).toBe('ambiguous');
  });

  it('finds a stop at the end of a very long message in little time', () => {
    const began = performance.now();
    expect(findOptOut([`${'lorem ipsum dolor '.repeat(6000)}\nplease stop messaging me`])?.wants).toBe('stop');
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
