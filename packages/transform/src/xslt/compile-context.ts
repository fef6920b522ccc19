import {
  type AttributeNode,
  attributeOf,
  type ChildNode,
  type DocumentNode,
  type ElementNode,
  namespacesInScope,
  qualifiedName,
  resolvePrefix,
} from '../xml/node.ts';
import { type CompiledXpath, compileXpath, type XpathEnvironment } from '../xpath/compile-xpath.ts';
import type { XpathFunction } from '../xpath/xpath-functions.ts';
import { compileValueTemplate } from './attribute-value-template.ts';
import { laterFunctions } from './later-functions.ts';
import { compilePatterns, type Pattern } from './pattern.ts';
import type { Scope } from './scope.ts';
import { type Instruction, xsltNamespace } from './stylesheet.ts';
import { nodeSet, nodeSetNamespaces, xsltFunctions } from './xslt-functions.ts';

/** What all stylesheets of one map share while they are compiled. */
export type CompileShared = {
  readonly isInstruction: (name: string) => boolean;
  readonly compileInstruction: (element: ElementNode, context: CompileContext) => Instruction;
  /** `{namespace}local` of the functions that stylesheets define, with how many arguments they take. */
  readonly functions: ReadonlyMap<string, number>;
  /** Namespaces whose functions are code of `msxsl:script`. */
  readonly scriptNamespaces: ReadonlySet<string>;
  /** Namespace in the stylesheet → prefix and namespace in the result. */
  readonly aliases: ReadonlyMap<string, { readonly prefix: string; readonly namespace: string }>;
};

/** Where in a stylesheet something is compiled: how names and expressions read there. */
export class CompileContext {
  readonly element: ElementNode;
  readonly document: DocumentNode;
  readonly shared: CompileShared;
  /** 2.0 and later have more functions and join what `value-of` selects. */
  readonly isLater: boolean;
  readonly #environment: XpathEnvironment;

  constructor(element: ElementNode, document: DocumentNode, shared: CompileShared, isLater: boolean) {
    this.element = element;
    this.document = document;
    this.shared = shared;
    this.isLater = isLater;
    this.#environment = this.#createEnvironment();
  }

  at(element: ElementNode): CompileContext {
    return element === this.element ? this : new CompileContext(element, this.document, this.shared, this.isLater);
  }

  xpath(text: string): CompiledXpath {
    return this.#guard(() => compileXpath(text, this.#environment));
  }

  patterns(text: string): readonly Pattern[] {
    return this.#guard(() => compilePatterns(text, this.#environment));
  }

  valueTemplate(text: string): (scope: Scope) => string {
    return this.#guard(() => compileValueTemplate(text, this.#environment));
  }

  /** An attribute as a template of text; `undefined` when it is not there. */
  optionalTemplate(name: string): ((scope: Scope) => string) | undefined {
    const text = attributeOf(this.element, name);
    return text === undefined ? undefined : this.valueTemplate(text);
  }

  attribute(name: string): string | undefined {
    return attributeOf(this.element, name);
  }

  required(name: string): string {
    const value = this.attribute(name);
    return value ?? this.fail(`needs the attribute "${name}"`);
  }

  /** `{namespace}local`, or `local` alone; the default namespace is not used (XSLT 1.0 §2.4). */
  expandName(name: string): string {
    const [prefix, local] = name.includes(':') ? name.split(':') : ['', name];
    if (prefix === '' || prefix === undefined) return name;
    const namespace = resolvePrefix(this.element, prefix);
    return namespace === undefined
      ? this.fail(`uses the prefix "${prefix}", which is not declared`)
      : `{${namespace}}${local}`;
  }

  /** The instructions of what an element holds, without elements that say how it is called. */
  body(element: ElementNode = this.element, omitted: readonly string[] = []): readonly Instruction[] {
    return element.children.flatMap((child) => this.#child(child, omitted));
  }

  namespaces(): ReadonlyMap<string, string> {
    return namespacesInScope(this.element);
  }

  fail(why: string): never {
    throw new SyntaxError(`<${qualifiedName(this.element)}> ${why}`);
  }

  #child(child: ChildNode, omitted: readonly string[]): readonly Instruction[] {
    if (child.kind === 'text') return [this.#text(child.value)];
    if (child.kind !== 'element') return [];
    if (child.namespace === xsltNamespace && omitted.includes(child.local)) return [];
    return [this.shared.compileInstruction(child, this.at(child))];
  }

  #text(value: string): Instruction {
    if (this.isLater && value.includes('{') && expandsText(this.element)) {
      const text = this.valueTemplate(value);
      return { kind: 'act', run: (scope) => scope.output.text(text(scope)) };
    }
    return { kind: 'act', run: ({ output }) => output.text(value) };
  }

  #guard<T>(compile: () => T): T {
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw error.message.startsWith('<')
        ? error
        : new SyntaxError(`<${qualifiedName(this.element)}>: ${error.message}`);
    }
  }

  #createEnvironment(): XpathEnvironment {
    const environment: XpathEnvironment = {
      namespace: (prefix) => resolvePrefix(this.element, prefix),
      variableName: (name) => this.expandName(name),
      function: (namespace, local) => this.#function(namespace, local, own),
    };
    const own = xsltFunctions({
      environment,
      stylesheet: this.document,
      expandName: (name) => this.expandName(name),
      isInstruction: (name) => {
        const [prefix = '', local = ''] = name.split(':');
        return resolvePrefix(this.element, prefix) === xsltNamespace && this.shared.isInstruction(local);
      },
    });
    return environment;
  }

  #function(namespace: string, local: string, own: Readonly<Record<string, XpathFunction>>): XpathFunction | undefined {
    if (namespace === '' || namespace === 'http://www.w3.org/2005/xpath-functions') {
      if (Object.hasOwn(own, local)) return own[local];
      return this.isLater && Object.hasOwn(laterFunctions, local) ? laterFunctions[local] : undefined;
    }
    if (nodeSetNamespaces.has(namespace) && /^node-?set$/i.test(local)) return nodeSet;
    const name = `{${namespace}}${local}`;
    const count = this.shared.functions.get(name);
    if (count !== undefined) {
      return { minimum: count, maximum: count, apply: (given, { host }) => host.call(name, given) };
    }
    if (!this.shared.scriptNamespaces.has(namespace)) return undefined;
    throw new SyntaxError(`"${local}()" is code of an msxsl:script, which is not run; write it in XSLT`);
  }
}

function expandsText(element: ElementNode): boolean {
  for (let at: ElementNode['parent'] = element; at?.kind === 'element'; at = at.parent) {
    const given = at.attributes.find((attribute: AttributeNode) => isExpandText(attribute, at as ElementNode));
    if (given !== undefined) return /^(?:yes|true|1)$/.test(given.value.trim());
  }
  return false;
}

function isExpandText(attribute: AttributeNode, element: ElementNode): boolean {
  if (attribute.local !== 'expand-text') return false;
  return element.namespace === xsltNamespace ? attribute.namespace === '' : attribute.namespace === xsltNamespace;
}
