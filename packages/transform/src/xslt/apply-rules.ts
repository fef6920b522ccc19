import type { XmlNode } from '../xml/node.ts';
import type { XpathValue } from '../xpath/xpath-value.ts';
import { runBody, type Scope, xpathContext } from './scope.ts';
import type { TemplateRule } from './stylesheet.ts';

type Given = ReadonlyMap<string, XpathValue>;

/** Applies to each node the rule that matches it best. */
export function applyTemplates(nodes: readonly XmlNode[], scope: Scope, given: Given): void {
  const size = nodes.length;
  for (const [index, node] of nodes.entries()) applyRule({ ...scope, node, position: index + 1, size }, given);
}

/** The best rule for the current node, or the built-in one; `below`: only rules of a lower import precedence. */
export function applyRule(scope: Scope, given: Given, below = Number.POSITIVE_INFINITY): void {
  const rule = findRule(scope, below);
  if (rule === undefined) applyBuiltIn(scope);
  else runBody(rule.body, { ...scope, rule, given, bindings: undefined });
}

function findRule(scope: Scope, below: number): TemplateRule | undefined {
  const { rules } = scope.runtime.stylesheet;
  const candidates = rules.get(scope.mode) ?? [];
  if (candidates.length === 0 && (rules.get('#all') ?? []).length === 0) return undefined;
  const context = xpathContext({ ...scope, bindings: undefined });
  const fits = (rule: TemplateRule): boolean => rule.precedence < below && rule.pattern.matches(scope.node, context);
  return candidates.find(fits) ?? rules.get('#all')?.find(fits);
}

/** XSLT 1.0 §5.8: elements pass on, texts and attributes are copied, the rest says nothing. */
function applyBuiltIn(scope: Scope): void {
  const { node } = scope;
  if (node.kind === 'element' || node.kind === 'document') applyTemplates(node.children, scope, new Map());
  else if (node.kind === 'text' || node.kind === 'attribute') scope.output.text(node.value);
}
