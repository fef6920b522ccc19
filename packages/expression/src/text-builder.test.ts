import { expect, it } from 'vitest';
import { TextBuilder } from './text-builder.ts';

it('joins parts in their order, however many', () => {
  const builder = new TextBuilder(() => {});
  const parts = Array.from({ length: 20_000 }, (_, index) => (index % 3 === 0 ? '' : `${index},`));
  for (const part of parts) builder.append(part);
  expect(builder.toString()).toBe(parts.join(''));
});

it('tells the length before a part is taken', () => {
  const lengths: number[] = [];
  const builder = new TextBuilder((length) => {
    if (length > 5) throw new RangeError('too long');
    lengths.push(length);
  });
  builder.append('abc');
  builder.append('de');
  expect(() => builder.append('f')).toThrow(RangeError);
  expect([lengths, builder.toString()]).toEqual([[3, 5], 'abcde']);
});
