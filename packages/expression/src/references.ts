import type { ExpressionNode, TemplateNode } from './syntax.ts';

/** A use of a name by an expression. `name` is absent when it is computed. */
export type NameReference = {
  readonly kind: 'action' | 'result' | 'variable' | 'parameter' | 'loop' | 'iteration' | 'trigger' | 'item';
  readonly name?: string;
};

type CallNode = Extract<ExpressionNode, { readonly kind: 'call' }>;

/** Functions, lower-case, whose first argument is a name. */
const namedBy: Readonly<Record<string, NameReference['kind']>> = {
  actions: 'action',
  body: 'action',
  outputs: 'action',
  actionbody: 'action',
  actionoutputs: 'action',
  formdatavalue: 'action',
  formdatamultivalues: 'action',
  multipartbody: 'action',
  result: 'result',
  variables: 'variable',
  parameters: 'parameter',
  items: 'loop',
  iterationindexes: 'iteration',
};

/** The name that a call itself uses, in a list; none where it uses none. */
export function referencesIn(call: CallNode): readonly NameReference[] {
  const name = call.name.toLowerCase();
  const kind = Object.hasOwn(namedBy, name) ? namedBy[name] : undefined;
  const [first] = call.arguments;
  if (kind !== undefined && first?.kind === 'constant' && first.type === 'string') return [{ kind, name: first.text }];
  if (kind !== undefined) return [{ kind }];
  if (name === 'item') return [{ kind: 'item', name: '' }];
  return name.startsWith('trigger') ? [{ kind: 'trigger', name: '' }] : [];
}

/** Every name that a template uses. */
export function referencesOf(template: TemplateNode): readonly NameReference[] {
  const found: NameReference[] = [];
  const visit = (node: ExpressionNode): void => {
    if (node.kind !== 'call') return;
    found.push(...referencesIn(node));
    for (const argument of node.arguments) visit(argument);
    for (const dereference of node.dereferences) visit(dereference.key);
  };
  if (template.kind === 'expression') visit(template.expression);
  else if (template.kind === 'interpolation') {
    for (const segment of template.segments) if (segment.kind === 'expression') visit(segment.expression);
  }
  return found;
}
