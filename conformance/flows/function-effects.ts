import type { JsonValue } from '@patchbay/expression';
import { DataShape, weights } from './data-shape.ts';
import type { Operand } from './operand.ts';

/** What a call says of its operands; answers the shape of its result. `later` runs when everything has been read. */
export type Effect = (operands: readonly Operand[], later: (work: () => void) => void) => DataShape;

type Need = (operand: Operand) => void;

const { usual, used } = weights;

const any: Need = () => undefined;
const text: Need = ({ shape }) => shape.hint('string', used);
const printed: Need = ({ shape }) => shape.hint('string', weights.literal);
const timestamp: Need = ({ shape }) => shape.hint('string', used).hintFormat('timestamp', used);
const timeZone: Need = ({ shape }) => shape.hint('string', used).hintFormat('time-zone', used);
const timeSpan: Need = ({ shape }) => shape.hint('string', used).hintFormat('time-span', used);
const uri: Need = ({ shape }) => shape.hint('string', used).hintFormat('uri', used);
const integer: Need = ({ shape }) => shape.hint('integer', used);
const boolean: Need = ({ shape }) => shape.hint('boolean', used);
const list: Need = ({ shape }) => shape.hint('array', used);
const record: Need = ({ shape }) => shape.hint('object', used);

const aText = (): DataShape => new DataShape().hint('string', usual);
const aTimestamp = (): DataShape => aText().hintFormat('timestamp', usual);
const aNumber = (): DataShape => new DataShape().hint('integer', usual);
const aBoolean = (): DataShape => new DataShape().hint('boolean', usual);

/** A function that takes what its parameters say, the last of them any number of times, and makes something new. */
function makes(result: () => DataShape, ...needs: readonly Need[]): Effect {
  return (operands) => {
    need(operands, needs);
    return result();
  };
}

/** A function whose result is as its first operand is. */
function passes(...needs: readonly Need[]): Effect {
  return (operands) => {
    need(operands, needs);
    return operands[0]?.shape ?? new DataShape();
  };
}

function need(operands: readonly Operand[], needs: readonly Need[]): void {
  operands.forEach((operand, index) => {
    needs[Math.min(index, needs.length - 1)]?.(operand);
  });
}

/** A function that opens what its first operand holds. */
function opens(open: (operand: Operand, rest: readonly Operand[]) => DataShape): Effect {
  return ([first, ...rest]) => (first === undefined ? new DataShape() : open(first, rest));
}

const decodes = opens(({ shape }) =>
  shape.hint('string', used).hintFormat('base64', used).content('base64').hint('string', usual),
);

const reads = (format: 'integer' | 'number' | 'boolean', result: () => DataShape): Effect =>
  opens(({ shape }) => {
    shape.hint('string', usual).hintFormat(format, used);
    return result();
  });

const elementOf = opens(({ shape }) => shape.hint('array', usual + 1).item());
const partOf = passes(({ shape }) => shape.hint('array', usual + 1), any, any);

const skips = opens(({ shape }, [count]) => {
  if (count !== undefined) integer(count);
  return shape.hint('array', usual + 1).needItems((typeof count?.constant === 'number' ? count.constant : 0) + 1);
});

const looksFor = (place: 'start' | 'end' | 'anywhere', result: () => DataShape): Effect => {
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
function compares(offset: number): Effect {
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

const equals: Effect = ([left, right], later) => {
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

const contains: Effect = ([within, sought], later) => {
  if (within === undefined || sought === undefined) return aBoolean();
  later(() => {
    for (const value of valuesOf(sought)) {
      if (typeof value === 'string') within.shape.include(value).hint('string', weights.literal);
    }
  });
  return aBoolean();
};

const oneOf =
  (skipped: number): Effect =>
  (operands) => {
    if (skipped > 0 && operands[0] !== undefined) boolean(operands[0]);
    const result = new DataShape();
    for (const { shape, constant } of operands.slice(skipped)) if (constant !== null) result.unite(shape);
    return result;
  };

const removeProperty = opens(({ shape }) => new DataShape().hint('object', used).unite(shape));

const setProperty: Effect = ([object, name, value], later) => {
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

const split = opens(({ shape }, [delimiter]) => {
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
const concat: Effect = (operands, later) => {
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

const substring = opens(({ shape }, rest) => {
  const [start = 0, length = 0] = rest.map(({ constant }) => (typeof constant === 'number' ? constant : 0));
  shape.hint('string', used).needLength(start + length);
  need(rest, [integer]);
  return aText();
});

const gathers: Effect = (operands) => {
  const result = new DataShape().hint('array', used);
  for (const { shape } of operands) result.item().unite(shape);
  return result;
};

const unites: Effect = ([first, ...rest]) => {
  if (first === undefined) return new DataShape();
  first.shape.hint('array', usual);
  for (const { shape } of rest) first.shape.unite(shape);
  return first.shape;
};

const json = opens(({ shape, maker }) => {
  if (maker === 'string') return shape.hintFormat('json', used);
  return shape.hint('string', usual).hintFormat('json', used).content('json');
});

const base64: Effect = ([operand]) => {
  const result = aText().hintFormat('base64', used);
  if (operand !== undefined) result.content('base64').unite(operand.shape);
  return result;
};

const moves = makes(aTimestamp, timestamp, integer, text);
const ofDay = makes(aNumber, timestamp);
const startsOf = makes(aTimestamp, timestamp, text);
const ofUri = makes(aText, uri);
const calculates = makes(aNumber, integer);
const onText = passes(text);

/** Lower-case name of a function → what a call of it says. Those that read from the run are elsewhere. */
export const functionEffects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['concat', concat],
  ['substring', substring],
  ['slice', makes(aText, text, integer)],
  ['replace', passes(text, text)],
  ['tolower', onText],
  ['toupper', onText],
  ['trim', onText],
  ['trimbyteordermark', onText],
  ['indexof', looksFor('anywhere', aNumber)],
  ['lastindexof', looksFor('anywhere', aNumber)],
  ['nthindexof', looksFor('anywhere', aNumber)],
  ['startswith', looksFor('start', aBoolean)],
  ['endswith', looksFor('end', aBoolean)],
  ['split', split],
  ['length', makes(aNumber, ({ shape }) => shape.hint('array', usual))],
  ['chunk', opens(({ shape }) => gathers([{ shape }], () => undefined))],
  ['formatnumber', makes(aText, integer, text)],
  ['isint', reads('integer', aBoolean)],
  ['isfloat', reads('number', aBoolean)],
  ['guid', makes(aText, text)],
  ['encodexmlvalue', makes(aText, text)],
  ['decodexmlvalue', onText],
  ['contains', contains],
  ['empty', makes(aBoolean, any)],
  ['first', elementOf],
  ['last', elementOf],
  ['take', partOf],
  ['skip', skips],
  ['reverse', partOf],
  ['sort', partOf],
  ['join', makes(aText, list, text)],
  ['union', unites],
  ['intersection', unites],
  ['range', makes(() => gathers([{ shape: aNumber() }], () => undefined), integer)],
  ['createarray', gathers],
  ['array', gathers],
  ['equals', equals],
  ['greater', compares(1)],
  ['greaterorequals', compares(0)],
  ['less', compares(-1)],
  ['lessorequals', compares(0)],
  ['and', makes(aBoolean, boolean)],
  ['or', makes(aBoolean, boolean)],
  ['not', makes(aBoolean, boolean)],
  ['if', oneOf(1)],
  ['coalesce', oneOf(0)],
  ['string', passes(any)],
  ['json', json],
  ['int', reads('integer', aNumber)],
  ['float', reads('number', aNumber)],
  ['decimal', reads('number', aNumber)],
  ['bool', reads('boolean', aBoolean)],
  ['xml', passes(({ shape }) => shape.hint('string', usual).hintFormat('xml', used + 1))],
  [
    'xpath',
    makes(
      () => new DataShape(),
      ({ shape }) => shape.hintFormat('xml', used + 1),
      text,
    ),
  ],
  ['base64', base64],
  ['encodebase64', base64],
  ['base64tostring', decodes],
  ['base64tobinary', decodes],
  ['decodebase64', decodes],
  ['binary', makes(aText, printed)],
  ['datauri', makes(() => aText().hintFormat('data-uri', used), printed)],
  ['datauritobinary', makes(aText, ({ shape }) => shape.hint('string', used).hintFormat('data-uri', used))],
  ['datauritostring', makes(aText, ({ shape }) => shape.hint('string', used).hintFormat('data-uri', used))],
  ['decodedatauri', makes(aText, ({ shape }) => shape.hint('string', used).hintFormat('data-uri', used))],
  ['uricomponent', makes(aText, text)],
  ['encodeuricomponent', makes(aText, text)],
  ['uricomponenttostring', onText],
  ['decodeuricomponent', onText],
  ['uricomponenttobinary', makes(aText, text)],
  ['add', calculates],
  ['sub', calculates],
  ['mul', calculates],
  ['div', calculates],
  ['mod', calculates],
  ['rand', calculates],
  ['max', makes(aNumber, any)],
  ['min', makes(aNumber, any)],
  ['utcnow', makes(aTimestamp, text)],
  ['adddays', moves],
  ['addhours', moves],
  ['addminutes', moves],
  ['addseconds', moves],
  ['addtotime', makes(aTimestamp, timestamp, integer, text)],
  ['subtractfromtime', makes(aTimestamp, timestamp, integer, text)],
  ['getfuturetime', makes(aTimestamp, integer, text)],
  ['getpasttime', makes(aTimestamp, integer, text)],
  ['convertfromutc', makes(aTimestamp, timestamp, timeZone, text)],
  ['converttoutc', makes(aTimestamp, timestamp, timeZone, text)],
  ['converttimezone', makes(aTimestamp, timestamp, timeZone, timeZone, text)],
  ['datedifference', makes(() => aText().hintFormat('time-span', usual), timestamp)],
  ['dayofmonth', ofDay],
  ['dayofweek', ofDay],
  ['dayofyear', ofDay],
  ['formatdatetime', makes(aTimestamp, timestamp, text)],
  ['parsedatetime', makes(aTimestamp, timestamp, text)],
  ['formattimespan', makes(aText, timeSpan, text)],
  ['startofday', startsOf],
  ['startofhour', startsOf],
  ['startofmonth', startsOf],
  ['ticks', ofDay],
  ['urihost', ofUri],
  ['uripath', ofUri],
  ['uripathandquery', ofUri],
  ['uriport', makes(aNumber, uri)],
  ['uriquery', ofUri],
  ['urischeme', ofUri],
  ['addproperty', setProperty],
  ['setproperty', setProperty],
  ['removeproperty', removeProperty],
  ['mergeobjects', makes(() => new DataShape().hint('object', used), record)],
]);

/** Whether a function answers a text whatever it is given. */
export function makesText(name: string): boolean {
  return textMakers.has(name);
}

const textMakers: ReadonlySet<string> = new Set([
  'concat',
  'substring',
  'replace',
  'tolower',
  'toupper',
  'trim',
  'join',
  'string',
  'base64tostring',
  'decodebase64',
  'decodeuricomponent',
  'uricomponenttostring',
]);
