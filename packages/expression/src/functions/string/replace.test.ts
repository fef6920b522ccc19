import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from '../../compile.ts';
import { scopeFromInputs } from '../../scope-from-inputs.ts';

const replaced = compile("@replace(parameters('text'), parameters('old'), parameters('new'))");

it('replaces long texts in pieces as it replaces short ones', { timeout: 60_000 }, () => {
  const word = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b') });
  fc.assert(
    fc.property(word, word, fc.string({ maxLength: 3 }), fc.integer({ min: 0, max: 3 }), (unit, old, next, shift) => {
      const text = 'b'.repeat(shift) + unit.repeat(Math.ceil(1_100_000 / unit.length));
      const value = replaced(scopeFromInputs({ parameters: { text, old, new: next } }));
      expect(value === text.split(old).join(next)).toBe(true);
    }),
    { numRuns: 40, seed: 17 },
  );
});
