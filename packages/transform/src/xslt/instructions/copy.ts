import { namespacesInScope } from '../../xml/node.ts';
import { compileAttributeSets } from '../attribute-sets.ts';
import { copyNode } from '../copy-node.ts';
import { runBody } from '../scope.ts';
import { act, type InstructionKind } from './instruction-kind.ts';

/** Copies the current node without what it holds (XSLT 1.0 §7.5). */
export const copy: InstructionKind = {
  name: 'copy',
  compile(context) {
    const body = context.body();
    const addAttributes = compileAttributeSets(context.attribute('use-attribute-sets'), context);
    return act((scope) => {
      const { node, output } = scope;
      if (node.kind === 'document') runBody(body, scope);
      else if (node.kind !== 'element') copyNode(node, output);
      else {
        output.start({ namespace: node.namespace, prefix: node.prefix, local: node.local });
        for (const [prefix, uri] of namespacesInScope(node)) if (prefix !== 'xml') output.declare(prefix, uri);
        addAttributes(scope);
        runBody(body, scope);
        output.end();
      }
    });
  },
};
