import { ExpressionError, type JsonValue, parseTemplate } from '@patchbay/expression';

/** What parsing every template of a document found. */
export type ParsedExpressions = {
  /** Expressions that parse. A text with two interpolations holds two. */
  readonly parsed: number;
  /** Templates that do not parse, with why. */
  readonly broken: readonly string[];
};

/** Parses every string of a JSON value, the names of members included, as a template. */
export function parseExpressions(value: JsonValue): ParsedExpressions {
  const results = [...templates(value)].map(parseOne);
  return {
    parsed: results.reduce((sum, { parsed }) => sum + parsed, 0),
    broken: results.flatMap(({ broken }) => broken),
  };
}

function* templates(value: JsonValue): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* templates(item);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      yield name;
      yield* templates(item);
    }
  }
}

function parseOne(text: string): ParsedExpressions {
  try {
    const template = parseTemplate(text);
    switch (template.kind) {
      case 'literal':
        return { parsed: 0, broken: [] };
      case 'expression':
        return { parsed: 1, broken: [] };
      case 'interpolation':
        return { parsed: template.segments.filter(({ kind }) => kind === 'expression').length, broken: [] };
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { parsed: 0, broken: [error.message] };
  }
}
