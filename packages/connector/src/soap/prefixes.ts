import { namespaces, type XmlName } from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';
import { escapeAttribute } from './escape-xml.ts';

/** The namespace of declarations themselves, for which there is no prefix (Namespaces in XML 1.0 §3). */
const declarationNamespace = 'http://www.w3.org/2000/xmlns/';

/** The namespace prefixes of one document. All are declared at its root, so what is written needs no declarations of its own. */
export class Prefixes {
  readonly #prefixes = new Map<string, string>();

  constructor(known: readonly (readonly [string, string])[]) {
    for (const [prefix, namespace] of known) this.#prefixes.set(namespace, prefix);
  }

  /** A name as it is written: prefixed, unless it is in no namespace. */
  write({ namespace, local }: XmlName): string {
    if (namespace === '') return local;
    if (namespace === namespaces.xml) return `xml:${local}`;
    if (namespace === declarationNamespace) {
      throw new ConnectorError('parameter-invalid', `Nothing can be named in the namespace ${namespace}.`);
    }
    const prefix = this.#prefixes.get(namespace) ?? `n${this.#prefixes.size}`;
    this.#prefixes.set(namespace, prefix);
    return `${prefix}:${local}`;
  }

  declarations(): string {
    return [...this.#prefixes]
      .map(([namespace, prefix]) => ` xmlns:${prefix}="${escapeAttribute(namespace, 'The namespace')}"`)
      .join('');
  }
}
