import { DataShape, weights } from './data-shape.ts';
import { any, aText, boolean, type Effect, integer, need, opens, passes, printed, text } from './effect.ts';

const { usual, used } = weights;

/** The text holds another in Base64. */
export const decodes = opens(({ shape }) =>
  shape.hint('string', used).hintFormat('base64', used).content('base64').hint('string', usual),
);

/** The text is read as a number or a truth value. */
export const reads = (format: 'integer' | 'number' | 'boolean', result: () => DataShape): Effect =>
  opens(({ shape }) => {
    shape.hint('string', usual).hintFormat(format, used);
    return result();
  });

/** One item of a list, whichever. */
export const elementOf = opens(({ shape }) => shape.hint('array', usual + 1).item());
/** Some of a list. */
export const partOf = passes(({ shape }) => shape.hint('array', usual + 1), any, any);

/** A list without its first items, of which one is left. */
export const skips = opens(({ shape }, [count]) => {
  if (count !== undefined) integer(count);
  return shape.hint('array', usual + 1).needItems((typeof count?.constant === 'number' ? count.constant : 0) + 1);
});

/** One of several values, after so many that only decide which. */
export const oneOf =
  (skipped: number): Effect =>
  (operands) => {
    if (skipped > 0 && operands[0] !== undefined) boolean(operands[0]);
    const result = new DataShape();
    for (const { shape, constant } of operands.slice(skipped)) if (constant !== null) result.unite(shape);
    return result;
  };

/** An object without one of its members. */
export const removeProperty = opens(({ shape }) => new DataShape().hint('object', used).unite(shape));

/** An object with one more member, or another one in its place. */
export const setProperty: Effect = ([object, name, value], later) => {
  const result = new DataShape().hint('object', used);
  if (object === undefined) return result;
  object.shape.hint('object', used);
  if (typeof name?.constant !== 'string') return result.unite(object.shape);
  const own = name.constant;
  if (value !== undefined) result.member(own).unite(value.shape);
  later(() => {
    for (const [member, shape] of result.read().members) if (member !== own) object.shape.member(member).unite(shape);
  });
  return result;
};

/** The parts of a text. */
export const split = opens(({ shape }, [delimiter]) => {
  shape.hint('string', used);
  if (typeof delimiter?.constant !== 'string' || delimiter.constant === '') {
    if (delimiter !== undefined) text(delimiter);
    const parts = new DataShape().hint('array', used);
    parts.item().hint('string', usual);
    return parts;
  }
  const parts = shape.content(`split:${delimiter.constant}`).hint('array', used);
  parts.item().hint('string', usual);
  return parts;
});

/** Where the whole is to be a time, so is what is put into it. */
export const concat: Effect = (operands, later) => {
  need(operands, [printed]);
  const [only, ...more] = operands;
  if (only !== undefined && more.length === 0) return only.shape;
  const result = aText();
  later(() => {
    if (!result.read().formats.has('timestamp')) return;
    const { constant } = operands.at(-1) ?? {};
    const isZoned = typeof constant === 'string' && /^(?:\.\d+)?(?:Z|[+-]\d)/.test(constant);
    for (const { shape, constant: known } of operands) {
      if (known === undefined) shape.hintFormat(isZoned ? 'local-time' : 'timestamp', used);
    }
  });
  return result;
};

/** A part of a text that is long enough. */
export const substring = opens(({ shape }, rest) => {
  const [start = 0, length = 0] = rest.map(({ constant }) => (typeof constant === 'number' ? constant : 0));
  shape.hint('string', used).needLength(start + length);
  need(rest, [integer]);
  return aText();
});

/** A list of what is given. */
export const gathers: Effect = (operands) => {
  const result = new DataShape().hint('array', used);
  for (const { shape } of operands) result.item().unite(shape);
  return result;
};

/** Lists that become one, so of the same items. */
export const unites: Effect = ([first, ...rest]) => {
  if (first === undefined) return new DataShape();
  first.shape.hint('array', usual);
  for (const { shape } of rest) first.shape.unite(shape);
  return first.shape;
};

/** What a text holds as JSON; of what was made a text just before, that itself. */
export const json = opens(({ shape, maker }) => {
  if (maker === 'string') return shape.hintFormat('json', used);
  return shape.hint('string', usual).hintFormat('json', used).content('json');
});

/** A text that holds the operand in Base64. */
export const base64: Effect = ([operand]) => {
  const result = aText().hintFormat('base64', used);
  if (operand !== undefined) result.content('base64').unite(operand.shape);
  return result;
};
