import { compileExpression } from './compile.ts';
import { ExpressionError, type ExpressionErrorReason } from './errors.ts';
import { closedScope } from './fold-constant.ts';
import { FoldingAllowance } from './folding-allowance.ts';
import {
  checkArgument,
  describeCountError,
  describeExpected,
  isTaken,
  parameterKind,
} from './functions/check-arguments.ts';
import { describeUnknown } from './functions/closest-function.ts';
import type { FunctionDefinition } from './functions/function-definition.ts';
import { findFunction } from './functions/function-table.ts';
import { exampleOf, type ResultType, typeOfNode } from './functions/result-types.ts';
import { Meter } from './meter.ts';
import { parseTemplate } from './parser.ts';
import { type NameReference, referencesIn } from './references.ts';
import type { ExpressionNode, TemplateNode } from './syntax.ts';

/** What is wrong with a template, as the evaluation would say it. */
export type TemplateProblem = {
  readonly reason: ExpressionErrorReason;
  readonly message: string;
  /** Where in the template the call begins that has it; absent where the message says the position. */
  readonly offset?: number;
};

/** What can be told of a template without evaluating it. */
export type TemplateInspection = {
  readonly references: readonly NameReference[];
  /** Lower-case names of the functions that it calls, each once. */
  readonly functions: ReadonlySet<string>;
  /** All that is wrong; a template that does not parse has one. */
  readonly problems: readonly TemplateProblem[];
  /** The type of what it answers, where that is known without evaluating it. */
  readonly result?: ResultType;
};

/** Comparing a name with those of all functions. */
const costOfSuggestion = 2 ** 12;

type CallNode = Extract<ExpressionNode, { readonly kind: 'call' }>;

const nothing = { references: [], functions: new Set<string>(), problems: [] };
const ofText: TemplateInspection = { ...nothing, result: 'String' };

/**
 * Reads a template and says which names and functions it uses and everything that is wrong with it: what does not parse, functions that do
 * not exist, wrong numbers of arguments, constants that a function never takes, and calls whose answers it never takes. Never throws. Templates of one document may share what
 * may go into trying their constants.
 */
export function inspectTemplate(template: string, folding = new FoldingAllowance()): TemplateInspection {
  // Nothing else can hold an expression.
  if (!template.includes('@')) return ofText;
  try {
    const node = parseTemplate(template);
    const calls = callsOf(expressionsOf(node));
    const result = node.kind === 'expression' ? typeOfNode(node.expression) : 'String';
    return {
      references: calls.flatMap(referencesIn),
      functions: new Set(calls.map((call) => call.name.toLowerCase())),
      problems: calls.flatMap((call) => problemsOf(call, folding)),
      ...(result === undefined ? {} : { result }),
    };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { ...nothing, problems: [{ reason: error.reason, message: error.message }] };
  }
}

function expressionsOf(node: TemplateNode): readonly ExpressionNode[] {
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

function problemsOf(call: CallNode, folding: FoldingAllowance): readonly TemplateProblem[] {
  const { name, offset } = call;
  const definition = findFunction(name);
  if (definition === undefined) {
    const message = describeUnknown(name, folding.take(costOfSuggestion));
    return [{ reason: 'function-unknown', message, offset }];
  }
  const count = describeCountError(definition, call.arguments.length);
  if (count !== undefined) return [{ reason: 'argument-count', message: count, offset }];
  const failure =
    failureOf(() => checkArguments(call, definition)) ??
    failureOf(() => checkComparison(call, definition)) ??
    failureOf(() => tryConstants(call, folding));
  return failure === undefined ? [] : [{ ...failure, offset }];
}

/** Arguments that are written down, and calls of which the function tells the type, against what is taken. */
function checkArguments(call: CallNode, definition: FunctionDefinition): void {
  const { name } = definition;
  const count = call.arguments.length;
  for (const [index, argument] of call.arguments.entries()) {
    const kind = parameterKind(definition, index);
    if (argument.kind === 'constant') {
      checkArgument(name, kind, argument.value, index, count);
      continue;
    }
    const type = typeOfNode(argument);
    if (type === undefined || isTaken(kind, exampleOf[type])) continue;
    const message = `${describeExpected(name, kind, index, count)} '${argument.name}' answers a value of type '${type}'.`;
    throw new ExpressionError(message, { reason: 'argument-type' });
  }
}

const comparing: ReadonlySet<string> = new Set(['greater', 'greaterOrEquals', 'less', 'lessOrEquals']);

/** Numbers are compared with numbers, and texts with texts. */
function checkComparison(call: CallNode, { name }: FunctionDefinition): void {
  if (!comparing.has(name)) return;
  const types = call.arguments.map(typeOfNode);
  const known = types.filter((type) => type !== undefined);
  const isKnownToFail = known.some((type) => type !== 'Number' && type !== 'String') || new Set(known).size > 1;
  if (!isKnownToFail) return;
  const given = types.map((type) => (type === undefined ? 'a value' : `'${type}'`)).join(' and ');
  throw new ExpressionError(
    `The template language function '${name}' expects two parameters of matching types, two numbers or two strings. It is given ${given}.`,
    { reason: 'argument-type' },
  );
}

/** A call of constants only has one result, or fails whenever it is evaluated. */
function tryConstants(call: CallNode, folding: FoldingAllowance): void {
  if (call.arguments.length === 0 || !call.arguments.every(({ kind }) => kind === 'constant')) return;
  const meter = new Meter();
  const evaluate = compileExpression({ ...call, dereferences: [] }, '', { meter });
  folding.spend(meter, () => evaluate(closedScope));
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
