import { readFileSync } from 'node:fs';
import {
  compile,
  ExpressionError,
  equalValues,
  type JsonValue,
  parseJson,
  parseTemplate,
  scopeFromInputs,
  stringify,
  type Value,
} from '@patchbay/expression';
import type { Report } from './report.ts';
import { walkFiles } from './walk-files.ts';

/** A row: an expression, what it sees, and one of the ways to say what is expected. */
type Row = {
  readonly id: number;
  readonly kind: 'eval' | 'template' | 'parse';
  readonly template?: string;
  readonly expression?: string;
  readonly inputs?: JsonValue;
  readonly expected?: JsonValue;
  readonly expectError?: boolean;
  readonly expectOneOf?: readonly JsonValue[];
  readonly expectMatch?: string;
  readonly expectAst?: JsonValue;
  readonly expectTokens?: JsonValue;
  readonly confidence: string;
};

/** Evaluates every row of the files at or below a path. Rows whose expectation is disputed are skipped when they differ. */
export async function runExpressions(path: string): Promise<Report> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  for (const file of walkFiles(path).filter((name) => name.endsWith('.json'))) {
    for (const row of parseJson(readFileSync(file, 'utf8')) as unknown as readonly Row[]) {
      const problem = check(row);
      if (problem === undefined) counts.passed += 1;
      else if (row.confidence === 'disputed') {
        counts.skipped += 1;
        lines.push(`skipped ${row.id} (disputed): ${problem}`);
      } else {
        counts.failed += 1;
        lines.push(`failed ${row.id} ${row.template ?? row.expression}: ${problem}`);
      }
    }
  }
  return { ...counts, lines };
}

/** What is wrong with a row, or undefined. */
function check(row: Row): string | undefined {
  const text = row.template ?? `@{${row.expression}}`;
  if (row.kind === 'parse') return checkParse(row, text);
  try {
    return compareResult(row, compile(text)(scopeFromInputs(row.inputs ?? {})));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return row.expectError === true ? undefined : `threw ${error.message}`;
  }
}

function compareResult(row: Row, value: Value): string | undefined {
  if (row.expectError === true) return `gave ${stringify(value)} instead of an error`;
  if (row.expectMatch !== undefined)
    return new RegExp(row.expectMatch).test(String(value)) ? undefined : `gave ${stringify(value)}`;
  const accepted = row.expectOneOf ?? [row.expected ?? null];
  return accepted.some((one) => equalValues(one as Value, value))
    ? undefined
    : `gave ${stringify(value)} instead of ${JSON.stringify(accepted)}`;
}

/** A token list that is no expression (a lone name, a leading point) must be refused; everything else must parse. */
function checkParse(row: Row, text: string): string | undefined {
  try {
    const template = parseTemplate(text);
    if (row.expectError === true) return 'parsed instead of failing';
    const [segment] = template.kind === 'interpolation' ? template.segments : [];
    if (row.expectAst !== undefined && segment?.kind === 'expression') {
      const ast = stringify(toAst(segment.expression) as Value);
      return ast === stringify(row.expectAst as Value) ? undefined : `parsed as ${ast}`;
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const isNoExpression = Array.isArray(row.expectTokens) && (row.expectTokens[0] as readonly string[])[0] === '.';
    return row.expectError === true || isNoExpression ? undefined : `threw ${error.message}`;
  }
}

type Node = Extract<ReturnType<typeof parseTemplate>, { kind: 'expression' }>['expression'];

function toAst(node: Node): JsonValue {
  if (node.kind === 'constant') return node.type === 'null' ? { type: 'null' } : { type: node.type, value: node.text };
  return {
    type: 'call',
    name: node.name,
    args: node.arguments.map(toAst),
    derefs: node.dereferences.map(({ isSafe, key }) => ({ safe: isSafe, key: toAst(key) })),
  };
}
