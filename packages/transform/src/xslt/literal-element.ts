import { type ElementNode, namespacesInScope, qualifiedName, resolvePrefix } from '../xml/node.ts';
import { compileAttributeSets } from './attribute-sets.ts';
import type { CompileContext } from './compile-context.ts';
import { runBody } from './scope.ts';
import { type Instruction, xsltNamespace } from './stylesheet.ts';

/** An element that is written as it stands in the stylesheet (XSLT 1.0 §7.1.1). */
export function compileLiteralElement(element: ElementNode, context: CompileContext): Instruction {
  const name = aliased(element, context);
  const excluded = excludedNamespaces(element);
  const declared = [...namespacesInScope(element)].flatMap(([prefix, uri]) => {
    const alias = context.shared.aliases.get(uri);
    if (alias !== undefined) return [[alias.prefix, alias.namespace] as const];
    return prefix === 'xml' || uri === xsltNamespace || excluded.has(uri) ? [] : [[prefix, uri] as const];
  });
  const attributes = element.attributes
    .filter((attribute) => attribute.namespace !== xsltNamespace)
    .map((attribute) => ({ name: aliased(attribute, context), value: context.valueTemplate(attribute.value) }));
  const sets = element.attributes.find(
    ({ namespace, local }) => namespace === xsltNamespace && local === 'use-attribute-sets',
  );
  const addAttributes = compileAttributeSets(sets?.value, context);
  const body = context.body();
  return {
    kind: 'act',
    run: (scope) => {
      const { output } = scope;
      output.start(name);
      for (const [prefix, uri] of declared) output.declare(prefix, uri);
      addAttributes(scope);
      for (const attribute of attributes) output.attribute(attribute.name, attribute.value(scope));
      runBody(body, scope);
      output.end();
    },
  };
}

function aliased(
  node: { readonly namespace: string; readonly prefix: string; readonly local: string },
  context: CompileContext,
): { readonly namespace: string; readonly prefix: string; readonly local: string } {
  const { namespace, prefix, local } = node;
  const alias = namespace === '' ? undefined : context.shared.aliases.get(namespace);
  return alias === undefined ? { namespace, prefix, local } : { ...alias, local };
}

/** Namespaces that `exclude-result-prefixes` and `extension-element-prefixes` around an element keep out of the result. */
function excludedNamespaces(element: ElementNode): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at: ElementNode['parent'] = element; at?.kind === 'element'; at = at.parent) {
    const own = at.namespace === xsltNamespace ? '' : xsltNamespace;
    for (const { namespace, local, value } of at.attributes) {
      if (namespace !== own || !/^(?:exclude-result|extension-element)-prefixes$/.test(local)) continue;
      for (const uri of namespacesOf(value, at)) found.add(uri);
    }
  }
  return found;
}

function namespacesOf(prefixes: string, element: ElementNode): readonly string[] {
  const names = prefixes.split(/\s+/).filter((name) => name !== '');
  if (names.includes('#all')) return [...namespacesInScope(element).values()];
  return names.map((name) => {
    const uri = resolvePrefix(element, name === '#default' ? '' : name);
    if (uri === undefined)
      throw new SyntaxError(`<${qualifiedName(element)}> excludes the prefix "${name}", which is not declared`);
    return uri;
  });
}
