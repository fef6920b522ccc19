import type { JsonValue } from '@patchbay/expression';
import { type DataShape, weights } from './data-shape.ts';
import { aBoolean, type Effect, integer, need, text } from './effect.ts';
import type { Operand } from './operand.ts';

const { usual, used } = weights;

/** The text has the other in it. */
export const looksFor = (place: 'start' | 'end' | 'anywhere', result: () => DataShape): Effect => {
  return ([within, sought, ...more], later) => {
    if (within === undefined || sought === undefined) return result();
    within.shape.hint('string', used);
    text(sought);
    need(more, [integer]);
    later(() => {
      for (const value of valuesOf(sought)) if (typeof value === 'string') within.shape.include(value, place);
    });
    return result();
  };
};

/** What a side of a comparison is known to be: it stands there, or is what a variable or parameter is given. */
function valuesOf({ shape, constant }: Operand): readonly JsonValue[] {
  return constant === undefined ? shape.read().given : [constant];
}

/** `offset`: what is added to the other side to be beyond it. */
export function compares(offset: number): Effect {
  return ([left, right], later) => {
    if (left === undefined || right === undefined) return aBoolean();
    compareWith(left, right.constant, offset);
    compareWith(right, left.constant, -offset);
    later(() => makeAlike(left.shape, right.shape));
    return aBoolean();
  };
}

function compareWith({ shape }: Operand, constant: JsonValue | undefined, offset: number): void {
  if (typeof constant === 'number') shape.hint('integer', used).compare(constant + offset);
  else if (typeof constant === 'string') shape.hint('string', used);
}

/** Two sides that can be compared are both numbers or both texts. */
function makeAlike(left: DataShape, right: DataShape): void {
  for (const [from, to] of [
    [left, right],
    [right, left],
  ] as const) {
    const known = from.read();
    for (const kind of ['integer', 'number', 'string'] as const) {
      if ((known.kinds.get(kind) ?? 0) > 0) to.hint(kind, usual + 1);
    }
    if ((known.formats.get('timestamp') ?? 0) > 0) to.hintFormat('timestamp', usual);
  }
}

/** Either side is, in one case, what the other is known to be. */
export const equals: Effect = ([left, right], later) => {
  if (left === undefined || right === undefined) return aBoolean();
  later(() => {
    for (const [{ shape }, other] of [
      [left, right],
      [right, left],
    ] as const) {
      for (const value of valuesOf(other)) {
        if (value !== null && typeof value !== 'object') shape.compare(value).hint(kindOf(value), usual);
      }
    }
    makeAlike(left.shape, right.shape);
  });
  return aBoolean();
};

function kindOf(value: string | number | boolean) {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'string' ? 'string' : 'boolean';
}

/** A text, a list or an object has the other in it. */
export const contains: Effect = ([within, sought], later) => {
  if (within === undefined || sought === undefined) return aBoolean();
  later(() => {
    for (const value of valuesOf(sought)) {
      if (typeof value === 'string') within.shape.include(value).hint('string', weights.literal);
    }
  });
  return aBoolean();
};
