import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSigner } from './signer.ts';

const sealer = createSigner('a secret');

describe('a sealed text', () => {
  test('opens where it was sealed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, binding) => {
        expect(sealer.verify(sealer.sign(text, binding), binding)).toBe(text);
      }),
    );
  });

  test('opens for no other binding, with no other secret, and not when it was changed', () => {
    const sealed = sealer.sign('position', 'cases');
    expect(sealer.verify(sealed, 'requests')).toBeUndefined();
    expect(createSigner('another').verify(sealed, 'cases')).toBeUndefined();
    for (let i = 0; i < sealed.length; i++) {
      const changed = `${sealed.slice(0, i)}${sealed[i] === 'x' ? 'y' : 'x'}${sealed.slice(i + 1)}`;
      expect(sealer.verify(changed, 'cases')).toBeUndefined();
    }
  });

  test('nobody else makes one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(sealer.verify(text, 'cases')).toBeUndefined();
      }),
    );
  });
});
