import type { JsonValue, SchemaModel } from '../model.ts';

/** The JSON value that a lexical form of a shape stands for; what does not fit stays text. */
export function readLexical(shape: SchemaModel, text: string): JsonValue {
  const trimmed = text.trim();
  switch (shape.kind) {
    case 'boolean':
      if (trimmed === 'true' || trimmed === '1') return true;
      return trimmed === 'false' || trimmed === '0' ? false : text;
    case 'integer':
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? exactNumber(trimmed) : trimmed;
    default:
      return text;
  }
}

/** A decimal text as a number, where that is the same value; else the text. */
export function exactNumber(text: string): number | string {
  const number = Number(text);
  if (!Number.isFinite(number) || text.trim() === '') return text;
  return significantDigits(text) <= 15 || canonical(String(number)) === canonical(text) ? number : text;
}

function significantDigits(text: string): number {
  const digits = (text.split(/e/i, 1)[0] ?? '').replace(/\D/g, '').replace(/^0+/, '');
  return text.includes('.') ? digits.length : digits.replace(/0+$/, '').length;
}

function canonical(text: string): string {
  const plain = text
    .trim()
    .replace(/^\+/, '')
    .replace(/^(-?)0+(?=\d)/, '$1');
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
}
