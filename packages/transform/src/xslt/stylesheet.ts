import type { ElementNode, XmlNode } from '../xml/node.ts';
import type { CompiledXpath } from '../xpath/compile-xpath.ts';
import type { XpathValue } from '../xpath/xpath-value.ts';
import type { DecimalFormat } from './decimal-format.ts';
import type { Pattern } from './pattern.ts';
import type { Scope } from './scope.ts';

export const xsltNamespace = 'http://www.w3.org/1999/XSL/Transform';

/** A stylesheet made ready to run. */
export type Stylesheet = {
  /** By mode (`''`: none), in the order in which they are tried. */
  readonly rules: ReadonlyMap<string, readonly TemplateRule[]>;
  readonly named: ReadonlyMap<string, Template>;
  readonly globals: ReadonlyMap<string, GlobalVariable>;
  readonly keys: ReadonlyMap<string, readonly KeyDefinition[]>;
  readonly decimalFormats: ReadonlyMap<string, DecimalFormat>;
  readonly attributeSets: ReadonlyMap<string, readonly (readonly Instruction[])[]>;
  /** `xsl:function` of later versions. */
  readonly functions: ReadonlyMap<string, (scope: Scope, given: readonly XpathValue[]) => XpathValue>;
  readonly output: OutputSettings;
  /** Name tests of `strip-space` and `preserve-space`, the last one that fits counts. */
  readonly whitespace: readonly WhitespaceRule[];
};

export type Template = { readonly body: readonly Instruction[]; readonly name: string };

/** A template that matches nodes. */
export type TemplateRule = Template & {
  readonly pattern: Pattern;
  readonly priority: number;
  /** Import precedence: what imports counts more than what it imports. */
  readonly precedence: number;
  /** Place in the stylesheets. */
  readonly order: number;
};

export type GlobalVariable = {
  readonly isParameter: boolean;
  readonly precedence: number;
  readonly evaluate: (scope: Scope) => XpathValue;
};

export type KeyDefinition = { readonly pattern: Pattern; readonly use: CompiledXpath };

export type OutputSettings = {
  readonly method?: string;
  readonly omitsDeclaration?: boolean;
  readonly standalone?: boolean;
  readonly indent?: boolean;
  readonly doctypePublic?: string;
  readonly doctypeSystem?: string;
  readonly mediaType?: string;
  readonly cdataElements: ReadonlySet<string>;
};

export type WhitespaceRule = { readonly strips: boolean; readonly matches: (element: ElementNode) => boolean };

/** One instruction of a template's body. */
export type Instruction =
  /** Binds a name for the instructions after it. */
  | { readonly kind: 'variable'; readonly name: string; readonly evaluate: (scope: Scope) => XpathValue }
  | { readonly kind: 'act'; readonly run: (scope: Scope) => void };

/** How a node of a source document is looked up by key. */
export type KeyIndex = ReadonlyMap<string, readonly XmlNode[]>;
