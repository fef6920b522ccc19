import type { XpathExpression, XpathStep } from '@patchbay/expression';
import type { XmlNode } from '../xml/node.ts';
import { nodesOnAxis } from './axes.ts';
import { compare } from './compare.ts';
import { compileNodeTest } from './node-test.ts';
import { parseExpression } from './parse-expression.ts';
import { type XpathFunction, xpathFunctions } from './xpath-functions.ts';
import { inDocumentOrder, isNodeSet, toBoolean, toNumber, type XpathValue } from './xpath-value.ts';

/** What an expression is evaluated in (XPath 1.0 §1). */
export type XpathContext = {
  readonly node: XmlNode;
  readonly position: number;
  readonly size: number;
  /** The node that `current()` means (XSLT 1.0 §12.4). */
  readonly current: XmlNode;
  readonly host: XpathHost;
  variable(name: string): XpathValue;
};

/** What expressions ask the run of a stylesheet. */
export interface XpathHost {
  /** The nodes of the document around `node` that a key gives for a value, or for any of several. */
  key(name: string, value: XpathValue, node: XmlNode): readonly XmlNode[];
  formatNumber(value: number, picture: string, format: string): string;
  /** Calls a function that the stylesheet defines. */
  call(name: string, given: readonly XpathValue[]): XpathValue;
}

export type CompiledXpath = (context: XpathContext) => XpathValue;

/** Where an expression stands: how its prefixes read, and which functions it has besides XPath's own. */
export type XpathEnvironment = {
  /** The namespace of a prefix; `undefined` when it is not declared. */
  namespace(prefix: string): string | undefined;
  /** A function by namespace and local name. */
  function(namespace: string, local: string): XpathFunction | undefined;
  /** A variable's name as it is kept. */
  variableName(name: string): string;
};

/** Parses and compiles an XPath 1.0 expression. Throws `SyntaxError`. */
export function compileXpath(text: string, environment: XpathEnvironment): CompiledXpath {
  return compileExpression(parseExpression(text), environment);
}

export function compileExpression(expression: XpathExpression, environment: XpathEnvironment): CompiledXpath {
  switch (expression.kind) {
    case 'literal': {
      const { value } = expression;
      return () => value;
    }
    case 'variable': {
      const name = environment.variableName(expression.name);
      return (context) => context.variable(name);
    }
    case 'negate': {
      const operand = compileExpression(expression.operand, environment);
      return (context) => -toNumber(operand(context));
    }
    case 'binary':
      return compileBinary(expression, environment);
    case 'call':
      return compileCall(expression, environment);
    case 'filter': {
      const base = compileExpression(expression.base, environment);
      const predicates = compilePredicates(expression.predicates, environment);
      return (context) => filter(requireNodes(base(context), 'a predicate'), predicates, context);
    }
    case 'path':
      return compilePath(expression, environment);
  }
}

function compileBinary(
  { operator, left, right }: Extract<XpathExpression, { kind: 'binary' }>,
  environment: XpathEnvironment,
): CompiledXpath {
  const a = compileExpression(left, environment);
  const b = compileExpression(right, environment);
  switch (operator) {
    case 'or':
      return (context) => toBoolean(a(context)) || toBoolean(b(context));
    case 'and':
      return (context) => toBoolean(a(context)) && toBoolean(b(context));
    case '+':
      return (context) => toNumber(a(context)) + toNumber(b(context));
    case '-':
      return (context) => toNumber(a(context)) - toNumber(b(context));
    case '*':
      return (context) => toNumber(a(context)) * toNumber(b(context));
    case 'div':
      return (context) => toNumber(a(context)) / toNumber(b(context));
    case 'mod':
      return (context) => toNumber(a(context)) % toNumber(b(context));
    case '|':
      return (context) => inDocumentOrder([...requireNodes(a(context), '"|"'), ...requireNodes(b(context), '"|"')]);
    default:
      return (context) => compare(operator, a(context), b(context));
  }
}

function compileCall(
  { name, arguments: given }: Extract<XpathExpression, { kind: 'call' }>,
  environment: XpathEnvironment,
): CompiledXpath {
  const operands = given.map((one) => compileExpression(one, environment));
  const [prefix, local] = name.includes(':') ? (name.split(':') as [string, string]) : ['', name];
  const namespace = prefix === '' ? '' : environment.namespace(prefix);
  if (namespace === undefined) throw new SyntaxError(`the prefix of "${name}()" is not declared`);
  const own = namespace === '' && Object.hasOwn(xpathFunctions, local) ? xpathFunctions[local] : undefined;
  const found = own ?? environment.function(namespace, local);
  if (found === undefined) {
    // It is wrong only when it is called (XSLT 1.0 §14.2): function-available() may keep it from being.
    return () => {
      throw new SyntaxError(`there is no function "${name}()"`);
    };
  }
  if (operands.length < found.minimum || operands.length > found.maximum) {
    throw new SyntaxError(`"${name}()" was given ${operands.length} arguments`);
  }
  return (context) =>
    found.apply(
      operands.map((operand) => operand(context)),
      context,
    );
}

function compilePath(
  expression: Extract<XpathExpression, { kind: 'path' }>,
  environment: XpathEnvironment,
): CompiledXpath {
  const { from } = expression;
  const base = typeof from === 'string' ? undefined : compileExpression(from, environment);
  const steps = expression.steps.map((step) => compileStep(step, environment));
  return (context) => {
    let nodes: readonly XmlNode[] =
      base !== undefined
        ? requireNodes(base(context), 'a path')
        : [from === 'document' ? rootOf(context.node) : context.node];
    for (const step of steps) nodes = step(nodes, context);
    return nodes;
  };
}

type Step = (nodes: readonly XmlNode[], context: XpathContext) => readonly XmlNode[];

function compileStep({ axis, test, predicates }: XpathStep, environment: XpathEnvironment): Step {
  const matches = compileNodeTest(test, axis, environment);
  const conditions = compilePredicates(predicates, environment);
  return (nodes, context) => {
    const found: XmlNode[] = [];
    for (const node of nodes) {
      const on = nodesOnAxis(axis, node).filter(matches);
      for (const one of filter(on, conditions, context)) found.push(one);
    }
    return inDocumentOrder(found);
  };
}

export function compilePredicates(
  predicates: readonly XpathExpression[],
  environment: XpathEnvironment,
): readonly CompiledXpath[] {
  return predicates.map((predicate) => compileExpression(predicate, environment));
}

/** Keeps the nodes that every predicate accepts; positions are counted in the order given. */
export function filter(
  nodes: readonly XmlNode[],
  predicates: readonly CompiledXpath[],
  context: XpathContext,
): readonly XmlNode[] {
  let kept = nodes;
  for (const predicate of predicates) {
    const size = kept.length;
    kept = kept.filter((node, index) => {
      const value = predicate({ ...context, node, position: index + 1, size });
      return typeof value === 'number' ? value === index + 1 : toBoolean(value);
    });
  }
  return kept;
}

export function requireNodes(value: XpathValue, what: string): readonly XmlNode[] {
  if (isNodeSet(value)) return value;
  throw new SyntaxError(`${what} needs nodes, not a ${typeof value}`);
}

export function rootOf(node: XmlNode): XmlNode {
  let at = node;
  while (at.parent !== undefined) at = at.parent;
  return at;
}
