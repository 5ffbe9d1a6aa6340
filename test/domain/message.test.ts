import { describe, expect, it } from 'vitest';
import { button, controlId, controls, OWN_KEY, parseControlId, withKey } from '../../src/domain/message.js';

describe('the id of a control', () => {
  it('comes back as it was written', () => {
    expect(parseControlId(controlId('names', 'aB_-9', 'named-12'))).toEqual({ verb: 'names', key: 'aB_-9', choice: 'named-12' });
    expect(parseControlId(controlId('no_change', 'k'))).toEqual({ verb: 'no_change', key: 'k', choice: null });
  });

  it.each([
    '',
    'aw:',
    'aw:erase:',
    'aw:drop_table:k',
    'bw:erase:k',
    'aw:erase:k.',
    'aw:erase:k:k',
    `aw:erase:${'k'.repeat(41)}`,
    'aw:erase:k\n',
  ])('is not ours where it is %j', (id) => {
    expect(parseControlId(id)).toBeNull();
  });

  it('is under the key of its own message once that is known, whatever the choice', () => {
    const message = { parts: [controls(button('names', OWN_KEY, 'With my name', { choice: 'own' }))] };
    expect(withKey(message, 'k1')).toEqual({
      parts: [{ kind: 'controls', controls: [{ kind: 'button', id: 'aw:names:k1.own', label: 'With my name' }] }],
    });
  });
});
