import { describe, expect, it } from 'vitest';
import { parseOrganisations, parseTriggers } from '../../src/domain/own-words.js';
import type { OwnTracks } from '../../src/domain/tracks.js';
import { inOwnWords } from '../../src/reading/own-words.js';
import { readReplyOffline } from '../../src/reading/read-reply.js';

function read(words: string, { organisations = '', triggers = '', tracks = null as OwnTracks } = {}) {
  const [bodies, said] = [parseOrganisations(organisations), parseTriggers(triggers)];
  if (!bodies.ok || !said.ok) throw new Error('refused');
  const reply = { programme: 'ARENA', cohort: 'ARENA 2.0', cohortEnd: '2023-06-30', received: '2024-06-28', messages: [words] };
  return inOwnWords(readReplyOffline(reply), { organisations: bodies.value, triggers: said.value, tracks });
}

const ORGANISATIONS = 'Zorblax Trust = ZBT: governance';

describe('a reply in a programme’s own words', () => {
  it('names its organisations by their usual name, and has their field where no work is named', () => {
    for (const name of ['Zorblax Trust', 'ZBT'])
      expect(
        read(`I work at ${name} as an adviser since May`, { organisations: ORGANISATIONS }).update.activities[0],
      ).toMatchObject({
        organisation: 'Zorblax Trust',
        track: 'governance',
      });
    const named = read('I work at ZBT as an engineer on interpretability', { organisations: ORGANISATIONS });
    expect(named.update.activities[0]).toMatchObject({ organisation: 'Zorblax Trust', track: 'alignment' });
  });

  it('leaves other organisations alone, and invents none', () => {
    const other = read('I work at METR as an engineer', { organisations: ORGANISATIONS });
    expect(other).toEqual(
      readReplyOffline({
        programme: 'ARENA',
        cohort: 'ARENA 2.0',
        cohortEnd: '2023-06-30',
        received: '2024-06-28',
        messages: ['I work at METR as an engineer'],
      }),
    );
    expect(read('thanks', { organisations: ORGANISATIONS, triggers: 'governance: thanks' }).update.activities).toEqual([]);
  });

  it('is of the field and kind that its words say, to be put to the person and not believed unseen', () => {
    const { update, confidence } = read('I work at Conjecture as an engineer for statehouse drafting', {
      triggers: 'governance: statehouse drafting; internship: engineer',
    });
    expect(update.activities[0]).toMatchObject({ track: 'governance', kind: 'internship' });
    expect(confidence).toMatchObject({ track: 0.6, kind: 0.6 });
  });

  it('goes with fields of its own', () => {
    const tracks = [
      { name: 'midwifery', words: ['birth'] },
      { name: 'ward work', words: ['ward'] },
    ];
    const own = { organisations: 'Harbour Birthing: ward work', triggers: 'midwifery: deliveries', tracks };
    expect(read('I work at Harbour Birthing since May', own).update.activities[0]?.track).toBe('ward_work');
    expect(read('I work at Harbour Birthing, on deliveries', own).update.activities[0]?.track).toBe('midwifery');
  });
});
