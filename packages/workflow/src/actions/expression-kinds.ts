/** One operation of the Expression action: which function of the language it is. */
export type ExpressionOperation = {
  readonly kind: string;
  /** Inputs that have to be there. */
  readonly required: readonly string[];
  /** Over the inputs as parameters; one without a value is null. */
  readonly template: (given: ReadonlySet<string>) => string;
};

/** Every input that a template reads. */
export const operandNames = [
  'baseTime',
  'interval',
  'timeUnit',
  'formatString',
  'sourceTimeZone',
  'destinationTimeZone',
  'number',
  'format',
  'locale',
  'text',
  'searchText',
  'startIndex',
  'length',
] as const;

/** A whole number, also when the designer wrote it as text: `{"interval": "180"}`. */
const interval = "int(parameters('interval'))";

/** Every kind of the Expression action: date and time, numbers, text. */
export const expressionOperations: readonly ExpressionOperation[] = [
  { kind: 'CurrentTime', required: [], template: () => '@utcNow()' },
  moving('AddToTime', 'addToTime'),
  moving('SubtractFromTime', 'subtractFromTime'),
  fromNow('GetFutureTime', 'getFutureTime'),
  fromNow('GetPastTime', 'getPastTime'),
  {
    kind: 'ConvertTimeZone',
    required: ['baseTime', 'sourceTimeZone', 'destinationTimeZone'],
    template: (given) => {
      const format = given.has('formatstring') ? ",parameters('formatString')" : '';
      return `@convertTimeZone(parameters('baseTime'),parameters('sourceTimeZone'),parameters('destinationTimeZone')${format})`;
    },
  },
  {
    kind: 'FormatNumber',
    required: ['number', 'format'],
    template: (given) =>
      `@formatNumber(parameters('number'),parameters('format')${given.has('locale') ? ",parameters('locale')" : ''})`,
  },
  {
    kind: 'IndexOf',
    required: ['text', 'searchText'],
    template: () => "@indexOf(parameters('text'),parameters('searchText'))",
  },
  {
    kind: 'Substring',
    required: ['text'],
    template: (given) => {
      const start = given.has('startindex') ? "int(parameters('startIndex'))" : '0';
      return `@substring(parameters('text'),${start}${given.has('length') ? ",int(parameters('length'))" : ''})`;
    },
  },
];

function moving(kind: string, name: string): ExpressionOperation {
  return {
    kind,
    required: ['baseTime', 'interval', 'timeUnit'],
    template: () => `@${name}(parameters('baseTime'),${interval},parameters('timeUnit'))`,
  };
}

function fromNow(kind: string, name: string): ExpressionOperation {
  return {
    kind,
    required: ['interval', 'timeUnit'],
    template: () => `@${name}(${interval},parameters('timeUnit'))`,
  };
}
