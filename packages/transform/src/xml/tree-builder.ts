import type { AttributeNode, ChildNode, DocumentNode, ElementNode, ParentNode } from './node.ts';

/** Numbers nodes; one for everything that is compared in document order. */
export type NodeCounter = { next: number };

type Name = { readonly namespace: string; readonly prefix: string; readonly local: string };

/** Builds a tree in document order. Texts beside each other become one. */
export class TreeBuilder {
  readonly document: DocumentNode;
  readonly #counter: NodeCounter;
  readonly #open: ParentNode[];
  #text = '';

  constructor(counter: NodeCounter) {
    this.#counter = counter;
    this.document = { kind: 'document', order: counter.next++, parent: undefined, children: [] };
    this.#open = [this.document];
  }

  get depth(): number {
    return this.#open.length;
  }

  start(name: Name): ElementNode {
    this.#endText();
    const parent = this.#parent();
    const element: ElementNode = {
      kind: 'element',
      order: this.#counter.next++,
      parent,
      ...name,
      attributes: [],
      children: [],
      declared: new Map(),
    };
    parent.children.push(element);
    this.#open.push(element);
    return element;
  }

  end(): void {
    this.#endText();
    this.#open.pop();
  }

  declare(prefix: string, uri: string): void {
    const element = this.#parent();
    if (element.kind === 'element' && !element.declared.has(prefix)) element.declared.set(prefix, uri);
  }

  /** Replaces one of the same name. `false`: nothing to give it to, or its content has begun (XSLT 1.0 §7.1.3). */
  attribute(name: Name, value: string): boolean {
    const element = this.#parent();
    if (element.kind !== 'element' || element.children.length > 0 || this.#text !== '') return false;
    const attribute: AttributeNode = {
      kind: 'attribute',
      order: this.#counter.next++,
      parent: element,
      ...name,
      value,
    };
    const at = element.attributes.findIndex((one) => one.local === name.local && one.namespace === name.namespace);
    if (at >= 0) element.attributes[at] = attribute;
    else element.attributes.push(attribute);
    return true;
  }

  text(value: string): void {
    this.#text += value;
  }

  comment(value: string): void {
    this.#endText();
    this.#add({ kind: 'comment', order: this.#counter.next++, parent: this.#parent(), value });
  }

  instruction(target: string, value: string): void {
    this.#endText();
    this.#add({ kind: 'instruction', order: this.#counter.next++, parent: this.#parent(), target, value });
  }

  /** Closes what is open and answers the tree. */
  finish(): DocumentNode {
    while (this.#open.length > 1) this.end();
    this.#endText();
    return this.document;
  }

  #endText(): void {
    if (this.#text === '') return;
    const value = this.#text;
    this.#text = '';
    this.#add({ kind: 'text', order: this.#counter.next++, parent: this.#parent(), value });
  }

  #add(child: ChildNode): void {
    this.#parent().children.push(child);
  }

  #parent(): ParentNode {
    return this.#open.at(-1) ?? this.document;
  }
}
