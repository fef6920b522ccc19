import { TransformError } from '../errors.ts';
import type { DocumentNode, XmlNode } from '../xml/node.ts';
import { stringValue } from '../xml/node.ts';
import { type NodeCounter, TreeBuilder } from '../xml/tree-builder.ts';
import { rootOf, type XpathHost } from '../xpath/compile-xpath.ts';
import { isNodeSet, toText, type XpathValue } from '../xpath/xpath-value.ts';
import { allNodes } from './all-nodes.ts';
import { formatDecimal } from './decimal-format.ts';
import { type Scope, xpathContext } from './scope.ts';
import type { KeyIndex, Stylesheet } from './stylesheet.ts';

/** One run of a stylesheet: global values and keys are worked out when they are first asked for. */
export class Runtime implements XpathHost {
  readonly stylesheet: Stylesheet;
  readonly counter: NodeCounter;
  readonly #source: DocumentNode;
  readonly #parameters: ReadonlyMap<string, XpathValue>;
  readonly #globals = new Map<string, XpathValue>();
  readonly #pending = new Set<string>();
  readonly #keys = new Map<XmlNode, Map<string, KeyIndex>>();

  constructor(options: {
    readonly stylesheet: Stylesheet;
    readonly counter: NodeCounter;
    readonly source: DocumentNode;
    readonly parameters: ReadonlyMap<string, XpathValue>;
  }) {
    this.stylesheet = options.stylesheet;
    this.counter = options.counter;
    this.#source = options.source;
    this.#parameters = options.parameters;
  }

  /** The scope outside every template. */
  rootScope(output: TreeBuilder): Scope {
    return {
      runtime: this,
      node: this.#source,
      position: 1,
      size: 1,
      bindings: undefined,
      mode: '',
      rule: undefined,
      given: new Map(),
      output,
    };
  }

  global(name: string): XpathValue {
    const known = this.#globals.get(name);
    if (known !== undefined) return known;
    const definition = this.stylesheet.globals.get(name);
    if (definition === undefined) throw new SyntaxError(`there is no variable "$${name}"`);
    const given = definition.isParameter ? this.#parameters.get(name) : undefined;
    if (this.#pending.has(name)) throw new SyntaxError(`the variable "$${name}" depends on itself`);
    this.#pending.add(name);
    const value = given ?? definition.evaluate(this.rootScope(new TreeBuilder(this.counter)));
    this.#pending.delete(name);
    this.#globals.set(name, value);
    return value;
  }

  /** The nodes of the document around `node` that a key gives for a value, or for any of several. */
  key(name: string, value: XpathValue, node: XmlNode): readonly XmlNode[] {
    const index = this.#keyIndex(name, rootOf(node));
    const texts = isNodeSet(value) ? value.map(stringValue) : [toText(value)];
    return texts.flatMap((text) => index.get(text) ?? []);
  }

  formatNumber(value: number, picture: string, name: string): string {
    const format = this.stylesheet.decimalFormats.get(name);
    if (format === undefined) throw new SyntaxError(`there is no decimal-format "${name}"`);
    return formatDecimal(value, picture, format);
  }

  call(name: string, given: readonly XpathValue[]): XpathValue {
    const definition = this.stylesheet.functions.get(name);
    if (definition === undefined) throw new SyntaxError(`there is no function "${name}"`);
    const scope = this.rootScope(new TreeBuilder(this.counter));
    return definition(scope, given);
  }

  #keyIndex(name: string, root: XmlNode): KeyIndex {
    const ofRoot = this.#keys.get(root) ?? new Map<string, KeyIndex>();
    this.#keys.set(root, ofRoot);
    const known = ofRoot.get(name);
    if (known !== undefined) return known;
    const definitions = this.stylesheet.keys.get(name);
    if (definitions === undefined) throw new TransformError('TransformationFailed', `There is no key "${name}".`);
    const index = new Map<string, XmlNode[]>();
    // Kept before it is full: a key whose use asks for itself ends instead of going on for ever.
    ofRoot.set(name, index);
    const scope = this.rootScope(new TreeBuilder(this.counter));
    for (const node of allNodes(root)) {
      const context = xpathContext({ ...scope, node });
      for (const { pattern, use } of definitions) {
        if (!pattern.matches(node, context)) continue;
        const value = use(context);
        for (const text of isNodeSet(value) ? value.map(stringValue) : [toText(value)]) {
          const kept = index.get(text);
          if (kept === undefined) index.set(text, [node]);
          else if (kept.at(-1) !== node) kept.push(node);
        }
      }
    }
    return index;
  }
}
