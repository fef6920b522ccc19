import type { XpathAxis, XpathNodeTest } from '@patchbay/expression';
import type { XmlNode } from '../xml/node.ts';
import type { XpathEnvironment } from './compile-xpath.ts';

/** Whether a node of an axis passes a test. Throws `SyntaxError` for a prefix that nothing declares. */
export function compileNodeTest(
  test: XpathNodeTest,
  axis: XpathAxis,
  environment: Pick<XpathEnvironment, 'namespace'>,
): (node: XmlNode) => boolean {
  const principal = axis === 'attribute' ? 'attribute' : axis === 'namespace' ? 'namespace' : 'element';
  switch (test.kind) {
    case 'node':
      return () => true;
    case 'text':
      return (node) => node.kind === 'text';
    case 'comment':
      return (node) => node.kind === 'comment';
    case 'instruction':
      return (node) => node.kind === 'instruction' && (test.target === undefined || node.target === test.target);
    case 'any-name': {
      if (test.prefix === undefined) return (node) => node.kind === principal;
      const namespace = namespaceOf(test.prefix, environment);
      return (node) => node.kind === principal && 'namespace' in node && node.namespace === namespace;
    }
    case 'name': {
      const { local } = test;
      if (principal === 'namespace') return (node) => node.kind === 'namespace' && node.prefix === local;
      const namespace = test.prefix === undefined ? '' : namespaceOf(test.prefix, environment);
      return (node) =>
        node.kind === principal && 'local' in node && node.local === local && node.namespace === namespace;
    }
  }
}

function namespaceOf(prefix: string, environment: Pick<XpathEnvironment, 'namespace'>): string {
  const namespace = environment.namespace(prefix);
  if (namespace === undefined) throw new SyntaxError(`the prefix "${prefix}" is not declared`);
  return namespace;
}
