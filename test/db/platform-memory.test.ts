import { expect, it } from 'vitest';
import { platformMemoryIn } from '../../db/platform-memory.js';
import { storeIn } from '../../db/store.js';
import { aCohort, anAlumnus, aProgramme, THEN } from '../support/builders.js';
import { describeOnBoth } from '../support/test-db.js';

const ADA = { platform: 'discord', id: '77' } as const;
const TOM = { platform: 'discord', id: '78' } as const;
const hoursLater = (hours: number) => new Date(THEN.getTime() + hours * 3_600_000);

describeOnBoth('what somebody has begun to fill in', (open) => {
  it('is theirs alone, and the same form takes its place', async () => {
    const memory = platformMemoryIn((await open()).db);
    await memory.keepDraft(ADA, 'aw:form:k', { entered: 'first' }, THEN);
    await memory.keepDraft(ADA, 'aw:form:k', { entered: 'second' }, hoursLater(1));
    expect(await memory.draft(ADA, 'aw:form:k', hoursLater(2))).toEqual({ entered: 'second' });
    expect(await memory.draft(TOM, 'aw:form:k', hoursLater(2))).toBeNull();
    expect(await memory.draft(ADA, 'aw:form:other', hoursLater(2))).toBeNull();
  });

  it('is kept for a day', async () => {
    const memory = platformMemoryIn((await open()).db);
    await memory.keepDraft(ADA, 'aw:form:k', { entered: 'x' }, THEN);
    expect(await memory.draft(ADA, 'aw:form:k', hoursLater(24))).toEqual({ entered: 'x' });
    expect(await memory.draft(ADA, 'aw:form:k', hoursLater(25))).toBeNull();
  });

  it('goes when they have themselves erased, and nobody else’s does', async () => {
    const { db } = await open();
    const memory = platformMemoryIn(db);
    let tokens = 0;
    const store = storeIn({ db, token: () => `key-${++tokens}`, fingerprint: (identifier) => `hash of ${identifier}` });
    const programme = await aProgramme(db);
    const cohort = await aCohort(db, programme);
    const { personId } = await anAlumnus(db, programme, cohort, { name: 'Ada', discord: ADA.id });
    for (const account of [ADA, TOM]) await memory.keepDraft(account, 'aw:form:k', { organisation: 'EleutherAI' }, THEN);
    await store.conversations.change(personId, THEN, () => ({ changes: [{ kind: 'erase' }] }));
    expect(await memory.draft(ADA, 'aw:form:k', THEN)).toBeNull();
    expect(await memory.draft(TOM, 'aw:form:k', THEN)).not.toBeNull();
  });
});
