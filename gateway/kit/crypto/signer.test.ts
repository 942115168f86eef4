import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSigner } from './signer.ts';

const signer = createSigner('a secret');

describe('a signer', () => {
  test('verifies what it signed for the same binding', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, binding) => {
        expect(signer.verify(signer.sign(text, binding), binding)).toBe(text);
      }),
    );
  });

  test('rejects another binding, another secret and a changed text', () => {
    const signed = signer.sign('position', 'cases');
    expect(signer.verify(signed, 'requests')).toBeUndefined();
    expect(createSigner('another').verify(signed, 'cases')).toBeUndefined();
    for (let i = 0; i < signed.length; i++) {
      const changed = `${signed.slice(0, i)}${signed[i] === 'x' ? 'y' : 'x'}${signed.slice(i + 1)}`;
      expect(signer.verify(changed, 'cases')).toBeUndefined();
    }
  });

  test('rejects text that it did not sign', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(signer.verify(text, 'cases')).toBeUndefined();
      }),
    );
  });
});
