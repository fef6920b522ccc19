import type { XpathExpression, XpathStep } from '@patchbay/expression';
import type { XmlNode } from '../xml/node.ts';
import { nodesOnAxis } from '../xpath/axes.ts';
import {
  type CompiledXpath,
  compileExpression,
  compilePredicates,
  filter,
  type XpathContext,
  type XpathEnvironment,
} from '../xpath/compile-xpath.ts';
import { compileNodeTest } from '../xpath/node-test.ts';
import { parseExpression } from '../xpath/parse-expression.ts';
import { isNodeSet } from '../xpath/xpath-value.ts';

/** One alternative of a match pattern (XSLT 1.0 §5.2). */
export type Pattern = {
  readonly priority: number;
  readonly matches: (node: XmlNode, context: XpathContext) => boolean;
};

/** Compiles a pattern into its alternatives. Throws `SyntaxError` for what is no pattern. */
export function compilePatterns(text: string, environment: XpathEnvironment): readonly Pattern[] {
  return alternatives(parseExpression(text)).map((alternative) => compilePattern(alternative, text, environment));
}

function alternatives(expression: XpathExpression): readonly XpathExpression[] {
  return expression.kind === 'binary' && expression.operator === '|'
    ? [...alternatives(expression.left), ...alternatives(expression.right)]
    : [expression];
}

function compilePattern(expression: XpathExpression, text: string, environment: XpathEnvironment): Pattern {
  if (expression.kind === 'call') {
    const nodes = compileExpression(expression, environment);
    return { priority: 0.5, matches: (node, context) => isAmong(node, nodes, context) };
  }
  if (expression.kind !== 'path') throw new SyntaxError(`"${text}" is not a pattern`);
  const steps = expression.steps.map((step) => compileStep(step, text, environment));
  const base = typeof expression.from === 'string' ? undefined : compileExpression(expression.from, environment);
  const isRooted = expression.from === 'document';
  return {
    priority: steps.length === 0 ? 0.5 : priorityOf(expression.steps, isRooted || base !== undefined),
    matches: (node, context) => {
      if (steps.length === 0) return node.kind === 'document';
      return matchSteps(steps, steps.length - 1, node, context, (above) => {
        if (base !== undefined) return isAmong(above, base, context);
        return !isRooted || above.kind === 'document';
      });
    },
  };
}

function isAmong(node: XmlNode, nodes: CompiledXpath, context: XpathContext): boolean {
  const found = nodes({ ...context, node, current: node });
  return isNodeSet(found) && found.includes(node);
}

/** `any`: the step stands for any number of nodes (`//`). */
type PatternStep = { readonly kind: 'any' } | { readonly kind: 'one'; readonly test: StepTest };
type StepTest = (node: XmlNode, context: XpathContext) => boolean;

function compileStep(step: XpathStep, text: string, environment: XpathEnvironment): PatternStep {
  const { axis, test, predicates } = step;
  if (axis === 'descendant-or-self' && test.kind === 'node' && predicates.length === 0) return { kind: 'any' };
  if (axis !== 'child' && axis !== 'attribute') {
    throw new SyntaxError(`"${text}" is not a pattern: it has the axis "${axis}"`);
  }
  const fits = compileNodeTest(test, axis, environment);
  const conditions = compilePredicates(predicates, environment);
  const isOnAxis = (node: XmlNode): boolean =>
    axis === 'attribute' ? node.kind === 'attribute' : node.kind !== 'attribute' && node.kind !== 'document';
  return {
    kind: 'one',
    test: (node, context) => {
      if (!isOnAxis(node) || !fits(node)) return false;
      if (conditions.length === 0) return true;
      const beside = node.parent === undefined ? [node] : nodesOnAxis(axis, node.parent).filter(fits);
      return filter(beside, conditions, { ...context, current: node }).includes(node);
    },
  };
}

/** From the last step to the first; `above` judges what the first step's parent is. */
function matchSteps(
  steps: readonly PatternStep[],
  at: number,
  node: XmlNode,
  context: XpathContext,
  above: (node: XmlNode) => boolean,
): boolean {
  const step = steps[at];
  if (step === undefined) return above(node);
  if (step.kind === 'any') {
    for (let one: XmlNode | undefined = node; one !== undefined; one = one.parent) {
      if (matchSteps(steps, at - 1, one, context, above)) return true;
    }
    return false;
  }
  if (!step.test(node, context)) return false;
  if (at === 0) return node.parent === undefined ? above(node) : above(node.parent);
  return node.parent !== undefined && matchSteps(steps, at - 1, node.parent, context, above);
}

/** Default priorities (XSLT 1.0 §5.5). */
function priorityOf(steps: readonly XpathStep[], isAnchored: boolean): number {
  const [step] = steps;
  if (isAnchored || steps.length > 1 || step === undefined || step.predicates.length > 0) return 0.5;
  switch (step.test.kind) {
    case 'name':
      return 0;
    case 'any-name':
      return step.test.prefix === undefined ? -0.5 : -0.25;
    case 'instruction':
      return step.test.target === undefined ? -0.5 : 0;
    default:
      return -0.5;
  }
}
