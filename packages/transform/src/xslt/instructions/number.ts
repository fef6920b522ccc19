import type { XmlNode } from '../../xml/node.ts';
import { nodesOnAxis } from '../../xpath/axes.ts';
import { toNumber } from '../../xpath/xpath-value.ts';
import type { CompileContext } from '../compile-context.ts';
import { formatNumbers } from '../format-numbers.ts';
import type { Pattern } from '../pattern.ts';
import { type Scope, xpathContext } from '../scope.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Writes the number of a node, or of a value (XSLT 1.0 §7.7). */
export const number: InstructionKind = {
  name: 'number',
  compile(context) {
    const value = context.attribute('value');
    const numbers = value === undefined ? compileCount(context) : compileValue(value, context);
    const format = context.optionalTemplate('format') ?? (() => '1');
    const separator = context.optionalTemplate('grouping-separator');
    const size = context.optionalTemplate('grouping-size');
    return act((scope) => {
      const grouping = { separator: separator?.(scope) ?? '', size: Number(size?.(scope) ?? 0) };
      scope.output.text(formatNumbers(numbers(scope), format(scope), grouping));
    });
  },
};

function compileValue(value: string, context: CompileContext): (scope: Scope) => readonly number[] {
  const expression = context.xpath(value);
  return (scope) => [Math.round(toNumber(expression(xpathContext(scope))))];
}

type Counting = {
  readonly counts: (node: XmlNode, scope: Scope) => boolean;
  readonly endsAt: (node: XmlNode, scope: Scope) => boolean;
};

function compileCount(context: CompileContext): (scope: Scope) => readonly number[] {
  const count = context.attribute('count');
  const from = context.attribute('from');
  const counted = count === undefined ? undefined : context.patterns(count);
  const bounds = from === undefined ? [] : context.patterns(from);
  const matches = (patterns: readonly Pattern[], node: XmlNode, scope: Scope): boolean =>
    patterns.some((pattern) => pattern.matches(node, xpathContext(scope)));
  const counting: Counting = {
    counts: (node, scope) => (counted === undefined ? isAlike(node, scope.node) : matches(counted, node, scope)),
    endsAt: (node, scope) => matches(bounds, node, scope),
  };
  switch (context.attribute('level')) {
    case 'any':
      return (scope) => countAny(scope, counting);
    case 'multiple':
      return (scope) => countLevels(scope, counting, Number.POSITIVE_INFINITY);
    default:
      return (scope) => countLevels(scope, counting, 1);
  }
}

function countLevels(scope: Scope, { counts, endsAt }: Counting, limit: number): readonly number[] {
  const numbers: number[] = [];
  for (const node of nodesOnAxis('ancestor-or-self', scope.node)) {
    if (node !== scope.node && endsAt(node, scope)) break;
    if (!counts(node, scope)) continue;
    numbers.unshift(1 + nodesOnAxis('preceding-sibling', node).filter((one) => counts(one, scope)).length);
    if (numbers.length === limit) break;
  }
  return numbers;
}

function countAny(scope: Scope, { counts, endsAt }: Counting): readonly number[] {
  const before = [...nodesOnAxis('ancestor-or-self', scope.node), ...nodesOnAxis('preceding', scope.node)];
  before.sort((left, right) => right.order - left.order);
  let total = 0;
  for (const node of before) {
    if (counts(node, scope)) total++;
    if (endsAt(node, scope)) break;
  }
  return total === 0 ? [] : [total];
}

/** Of the same kind and name. */
function isAlike(node: XmlNode, other: XmlNode): boolean {
  if (node.kind !== other.kind) return false;
  if (!('local' in node) || !('local' in other)) return true;
  return node.local === other.local && node.namespace === other.namespace;
}
