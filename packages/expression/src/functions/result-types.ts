import type { Value } from '../contract.ts';
import type { ExpressionNode } from '../syntax.ts';
import { typeName } from '../values.ts';

/** A type that is known without evaluating; `Number` where it may have decimals or not. */
export type ResultType = 'String' | 'Number' | 'Boolean' | 'Array' | 'Object' | 'Null';

/** What functions answer, whatever they are given. Those whose answer depends on that are left out. */
export const resultTypes: { readonly [type in 'String' | 'Number' | 'Boolean' | 'Array']: readonly string[] } = {
  String: [
    'addDays',
    'addHours',
    'addMinutes',
    'addSeconds',
    'addToTime',
    'base64',
    'base64ToString',
    'concat',
    'convertFromUtc',
    'convertTimeZone',
    'convertToUtc',
    'dataUriToString',
    'dateDifference',
    'decodeUriComponent',
    'encodeUriComponent',
    'formatDateTime',
    'formatNumber',
    'getFutureTime',
    'getPastTime',
    'guid',
    'join',
    'listCallbackUrl',
    'replace',
    'slice',
    'startOfDay',
    'startOfHour',
    'startOfMonth',
    'string',
    'substring',
    'subtractFromTime',
    'toLower',
    'toUpper',
    'trim',
    'uriComponent',
    'uriComponentToString',
    'uriHost',
    'uriPath',
    'uriPathAndQuery',
    'uriQuery',
    'uriScheme',
    'utcNow',
  ],
  Number: [
    'add',
    'dayOfMonth',
    'dayOfWeek',
    'dayOfYear',
    'decimal',
    'div',
    'float',
    'indexOf',
    'int',
    'lastIndexOf',
    'length',
    'max',
    'min',
    'mod',
    'mul',
    'nthIndexOf',
    'rand',
    'sub',
    'ticks',
    'utf16Length',
    'utf8Length',
  ],
  Boolean: [
    'and',
    'bool',
    'contains',
    'empty',
    'endsWith',
    'equals',
    'greater',
    'greaterOrEquals',
    'isFloat',
    'isInt',
    'less',
    'lessOrEquals',
    'not',
    'or',
    'startsWith',
  ],
  Array: ['array', 'chunk', 'createArray', 'range', 'split'],
};

const byFunction: ReadonlyMap<string, ResultType> = new Map(
  (['String', 'Number', 'Boolean', 'Array'] as const).flatMap((type) =>
    resultTypes[type].map((name) => [name.toLowerCase(), type] as const),
  ),
);

/** A value of each type, to hold against what is taken. */
export const exampleOf: { readonly [type in ResultType]: Value } = {
  String: '',
  Number: 0,
  Boolean: false,
  Array: [],
  Object: {},
  Null: null,
};

/** The type of what a part of an expression answers, where the expression alone tells it. */
export function typeOfNode(node: ExpressionNode): ResultType | undefined {
  if (node.kind === 'constant') return typeOfValue(node.value);
  if (node.dereferences.length > 0) return undefined;
  const name = node.name.toLowerCase();
  if (name !== 'if') return byFunction.get(name);
  const [, whenTrue, whenFalse] = node.arguments;
  if (whenTrue === undefined || whenFalse === undefined) return undefined;
  const type = typeOfNode(whenTrue);
  return type === typeOfNode(whenFalse) ? type : undefined;
}

function typeOfValue(value: Value): ResultType {
  const name = typeName(value);
  return name === 'Integer' || name === 'Float' ? 'Number' : (name as ResultType);
}
