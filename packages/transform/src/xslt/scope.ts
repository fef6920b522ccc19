import type { XmlNode } from '../xml/node.ts';
import { TreeBuilder } from '../xml/tree-builder.ts';
import type { XpathContext } from '../xpath/compile-xpath.ts';
import type { XpathValue } from '../xpath/xpath-value.ts';
import type { Runtime } from './runtime.ts';
import type { Instruction, TemplateRule } from './stylesheet.ts';

export type Bindings = { readonly name: string; readonly value: XpathValue; readonly outer: Bindings | undefined };

/** What an instruction runs in. */
export type Scope = {
  readonly runtime: Runtime;
  readonly node: XmlNode;
  readonly position: number;
  readonly size: number;
  readonly bindings: Bindings | undefined;
  readonly mode: string;
  /** The rule being applied, for `apply-imports`. */
  readonly rule: TemplateRule | undefined;
  /** What the template was called with. */
  readonly given: ReadonlyMap<string, XpathValue>;
  readonly output: TreeBuilder;
};

/** Runs the instructions of a body one after another. */
export function runBody(body: readonly Instruction[], scope: Scope): void {
  let current = scope;
  for (const instruction of body) {
    if (instruction.kind === 'act') instruction.run(current);
    else {
      const { name } = instruction;
      current = { ...current, bindings: { name, value: instruction.evaluate(current), outer: current.bindings } };
    }
  }
}

/** The result of a body as a tree of its own. */
export function bodyTree(body: readonly Instruction[], scope: Scope): XpathValue {
  const output = new TreeBuilder(scope.runtime.counter);
  runBody(body, { ...scope, output });
  return [output.finish()];
}

/** The text that a body makes. */
export function bodyText(body: readonly Instruction[], scope: Scope): string {
  const output = new TreeBuilder(scope.runtime.counter);
  runBody(body, { ...scope, output });
  return output.finish().children.reduce((text, child) => (child.kind === 'text' ? text + child.value : text), '');
}

/** What the expressions of an instruction see. */
export function xpathContext(scope: Scope): XpathContext {
  const { node, position, size, bindings, runtime } = scope;
  return { node, position, size, current: node, host: runtime, variable: (name) => lookUp(name, bindings, runtime) };
}

function lookUp(name: string, bindings: Bindings | undefined, runtime: Runtime): XpathValue {
  for (let at = bindings; at !== undefined; at = at.outer) if (at.name === name) return at.value;
  return runtime.global(name);
}
