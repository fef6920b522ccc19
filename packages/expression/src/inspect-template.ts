import { compileExpression } from './compile.ts';
import { ExpressionError, type ExpressionErrorReason } from './errors.ts';
import { closedScope, maximumFoldedWork } from './fold-constant.ts';
import { checkArgument, describeCountError } from './functions/check-arguments.ts';
import { describeUnknown } from './functions/closest-function.ts';
import type { FunctionDefinition } from './functions/function-definition.ts';
import { findFunction } from './functions/function-table.ts';
import { Meter } from './meter.ts';
import { parseTemplate } from './parser.ts';
import { type NameReference, referencesIn } from './references.ts';
import type { ExpressionNode } from './syntax.ts';

/** What is wrong with a template, as the evaluation would say it. */
export type TemplateProblem = { readonly reason: ExpressionErrorReason; readonly message: string };

/** What can be told of a template without evaluating it. */
export type TemplateInspection = {
  readonly references: readonly NameReference[];
  /** Lower-case names of the functions that it calls, each once. */
  readonly functions: ReadonlySet<string>;
  /** All that is wrong; a template that does not parse has one. */
  readonly problems: readonly TemplateProblem[];
};

type CallNode = Extract<ExpressionNode, { readonly kind: 'call' }>;

const nothing: TemplateInspection = { references: [], functions: new Set(), problems: [] };

/**
 * Reads a template and says which names and functions it uses and everything that is wrong with it: what does not parse, functions that do
 * not exist, wrong numbers of arguments, and constants that a function never takes. Never throws.
 */
export function inspectTemplate(template: string): TemplateInspection {
  // Nothing else can hold an expression.
  if (!template.includes('@')) return nothing;
  try {
    const calls = callsOf(expressionsOf(template));
    if (calls.length === 0) return nothing;
    const meter = new Meter();
    meter.begin(maximumFoldedWork);
    return {
      references: calls.flatMap(referencesIn),
      functions: new Set(calls.map((call) => call.name.toLowerCase())),
      problems: calls.flatMap((call) => problemsOf(call, meter)),
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { ...nothing, problems: [{ reason: error.reason, message: error.message }] };
  }
}

function expressionsOf(template: string): readonly ExpressionNode[] {
  const node = parseTemplate(template);
  if (node.kind === 'literal') return [];
  if (node.kind === 'expression') return [node.expression];
  return node.segments.flatMap((segment) => (segment.kind === 'expression' ? [segment.expression] : []));
}

/** Every call, in the order of the text as far as calls hold one another. */
function callsOf(expressions: readonly ExpressionNode[]): readonly CallNode[] {
  const found: CallNode[] = [];
  const visit = (node: ExpressionNode): void => {
    if (node.kind !== 'call') return;
    found.push(node);
    for (const argument of node.arguments) visit(argument);
    for (const { key } of node.dereferences) visit(key);
  };
  for (const expression of expressions) visit(expression);
  return found;
}

function problemsOf(call: CallNode, meter: Meter): readonly TemplateProblem[] {
  const definition = findFunction(call.name);
  if (definition === undefined) return [{ reason: 'function-unknown', message: describeUnknown(call.name) }];
  const count = describeCountError(definition, call.arguments.length);
  if (count !== undefined) return [{ reason: 'argument-count', message: count }];
  const failure = failureOf(() => checkConstants(call, definition)) ?? failureOf(() => tryConstants(call, meter));
  return failure === undefined ? [] : [failure];
}

/** Arguments that are written down, against what the function takes. */
function checkConstants(call: CallNode, definition: FunctionDefinition): void {
  if (definition.kind === 'lazy') return;
  const { name, parameters, rest } = definition;
  for (const [index, argument] of call.arguments.entries()) {
    if (argument.kind !== 'constant') continue;
    checkArgument(name, parameters[index] ?? rest ?? 'any', argument.value, index, call.arguments.length);
  }
}

/** A call of constants only has one result, or fails whenever it is evaluated. */
function tryConstants(call: CallNode, meter: Meter): void {
  if (call.arguments.length === 0 || !call.arguments.every(({ kind }) => kind === 'constant')) return;
  const evaluate = compileExpression({ ...call, dereferences: [] }, '', { meter, foldsConstants: false });
  evaluate(closedScope);
}

function failureOf(attempt: () => void): TemplateProblem | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (!(error instanceof ExpressionError)) return undefined;
    const { reason, message } = error;
    return reason === 'argument-type' || reason === 'argument-invalid' ? { reason, message } : undefined;
  }
}
