import { ExpressionError, type JsonValue, parseTemplate } from '@patchbay/expression';
import { isObject } from './json.ts';
import type { ExpressionNode } from './operand.ts';

const readers: ReadonlySet<string> = new Set([
  'action',
  'actionbody',
  'actionoutputs',
  'actions',
  'appsetting',
  'body',
  'formdatamultivalues',
  'formdatavalue',
  'item',
  'items',
  'multipartbody',
  'outputs',
  'parameters',
  'result',
  'trigger',
  'triggerbody',
  'triggerformdatamultivalues',
  'triggerformdatavalue',
  'triggermultipartbody',
  'triggeroutputs',
  'triggers',
  'variables',
]);

/** What belongs to actions in an action, not to itself. */
const branches: ReadonlySet<string> = new Set(['actions', 'else', 'cases', 'default']);

/** Whether any expression of an action reads what a run has at hand, so that what it gives depends on it. */
export function readsTheRun(definition: JsonValue): boolean {
  if (typeof definition === 'string') return readsText(definition);
  if (Array.isArray(definition)) return (definition as readonly JsonValue[]).some(readsTheRun);
  if (!isObject(definition)) return false;
  return Object.entries(definition).some(
    ([name, value]) => !branches.has(name) && (readsText(name) || readsTheRun(value)),
  );
}

function readsText(text: string): boolean {
  try {
    const template = parseTemplate(text);
    switch (template.kind) {
      case 'literal':
        return false;
      case 'expression':
        return readsNode(template.expression);
      case 'interpolation':
        return template.segments.some((segment) => segment.kind === 'expression' && readsNode(segment.expression));
    }
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}

function readsNode(node: ExpressionNode): boolean {
  if (node.kind === 'constant') return false;
  if (readers.has(node.name.toLowerCase())) return true;
  return node.arguments.some(readsNode) || node.dereferences.some(({ key }) => readsNode(key));
}
