import { attributeOf, childElements, type ElementNode, resolvePrefix } from '../xml/node.ts';
import type { NodeCounter } from '../xml/tree-builder.ts';
import { compileNodeTest } from '../xpath/node-test.ts';
import { isNodeSet, toText } from '../xpath/xpath-value.ts';
import { CompileContext, type CompileShared } from './compile-context.ts';
import { type DecimalFormat, defaultDecimalFormat } from './decimal-format.ts';
import { instructionKinds } from './instructions/table-of-instructions.ts';
import { compileValue } from './instructions/variable.ts';
import { compileLiteralElement } from './literal-element.ts';
import { type LoadedElement, loadStylesheets } from './load-stylesheets.ts';
import { bodyTree, runBody } from './scope.ts';
import {
  type GlobalVariable,
  type Instruction,
  type KeyDefinition,
  type OutputSettings,
  type Stylesheet,
  type Template,
  type TemplateRule,
  type WhitespaceRule,
  xsltNamespace,
} from './stylesheet.ts';

type Draft = {
  readonly rules: Map<string, TemplateRule[]>;
  readonly named: Map<string, Template & { readonly precedence: number }>;
  readonly globals: Map<string, GlobalVariable>;
  readonly keys: Map<string, KeyDefinition[]>;
  readonly decimalFormats: Map<string, DecimalFormat>;
  readonly attributeSets: Map<string, (readonly Instruction[])[]>;
  readonly functions: Map<string, Stylesheet['functions'] extends ReadonlyMap<string, infer F> ? F : never>;
  readonly whitespace: WhitespaceRule[];
  output: OutputSettings;
};

/**
 * Compiles a stylesheet with what it includes and imports, which `load` gives by the reference as it is written. Throws `SyntaxError` with a
 * message that names the element.
 */
export function compileStylesheet(
  text: string,
  load: (href: string) => string | undefined,
  counter: NodeCounter,
): Stylesheet {
  const { elements, main } = loadStylesheets(text, load, counter);
  const shared = readShared(elements);
  const isLater = Number(attributeOf(main, 'version') ?? attributeIn(main, 'version') ?? '1') >= 2;
  const draft: Draft = {
    rules: new Map(),
    named: new Map(),
    globals: new Map(),
    keys: new Map(),
    decimalFormats: new Map([['', defaultDecimalFormat]]),
    attributeSets: new Map(),
    functions: new Map(),
    whitespace: [],
    output: { cdataElements: new Set() },
  };
  for (const [order, loaded] of elements.entries()) {
    readTopLevel(loaded, new CompileContext(loaded.element, loaded.document, shared, isLater), draft, order);
  }
  for (const rules of draft.rules.values()) {
    rules.sort((a, b) => b.precedence - a.precedence || b.priority - a.priority || b.order - a.order);
  }
  return draft;
}

function readShared(elements: readonly LoadedElement[]): CompileShared {
  const functions = new Map<string, number>();
  const scriptNamespaces = new Set<string>();
  const aliases = new Map<string, { readonly prefix: string; readonly namespace: string }>();
  for (const { element } of elements) {
    if (element.local === 'script' && element.namespace === 'urn:schemas-microsoft-com:xslt') {
      scriptNamespaces.add(resolvePrefix(element, attributeOf(element, 'implements-prefix') ?? '') ?? '');
    }
    if (element.namespace !== xsltNamespace) continue;
    if (element.local === 'function') {
      const [prefix = '', local = ''] = (attributeOf(element, 'name') ?? '').split(':');
      const parameters = childElements(element).filter((child) => isXslt(child, 'param'));
      functions.set(`{${resolvePrefix(element, prefix) ?? ''}}${local}`, parameters.length);
    } else if (element.local === 'namespace-alias') {
      const read = (name: string): string => (attributeOf(element, name) ?? '').replace('#default', '');
      const prefix = read('result-prefix');
      aliases.set(resolvePrefix(element, read('stylesheet-prefix')) ?? '', {
        prefix,
        namespace: resolvePrefix(element, prefix) ?? '',
      });
    }
  }
  return {
    functions,
    scriptNamespaces,
    aliases,
    isInstruction: (name) => instructionKinds.some((kind) => kind.name === name),
    compileInstruction,
  };
}

function compileInstruction(element: ElementNode, context: CompileContext): Instruction {
  if (element.namespace !== xsltNamespace) return compileLiteralElement(element, context);
  const kind = instructionKinds.find((one) => one.name === element.local);
  if (kind !== undefined) return kind.compile(context);
  // Forwards-compatible processing (XSLT 1.0 §2.5): it is wrong only where nothing stands in for it.
  const fallbacks = childElements(element).filter((child) => isXslt(child, 'fallback'));
  const bodies = fallbacks.map((child) => context.at(child).body());
  return {
    kind: 'act',
    run: (scope) => {
      if (bodies.length === 0) context.fail('is not an instruction of XSLT 1.0');
      for (const body of bodies) runBody(body, scope);
    },
  };
}

function readTopLevel(loaded: LoadedElement, context: CompileContext, draft: Draft, order: number): void {
  const { element, precedence } = loaded;
  if (element.namespace !== xsltNamespace) {
    if (loaded.isWhole) addWhole(loaded, context, draft, order);
    return;
  }
  switch (element.local) {
    case 'template':
      addTemplate(context, draft, precedence, order);
      return;
    case 'variable':
    case 'param': {
      const name = context.expandName(context.required('name'));
      if ((draft.globals.get(name)?.precedence ?? -1) > precedence) return;
      draft.globals.set(name, { isParameter: element.local === 'param', precedence, evaluate: compileValue(context) });
      return;
    }
    case 'key':
      addKey(context, draft);
      return;
    case 'decimal-format':
      addDecimalFormat(context, draft);
      return;
    case 'attribute-set':
      addAttributeSet(context, draft);
      return;
    case 'function':
      addFunction(context, draft);
      return;
    case 'output':
      draft.output = readOutput(context, draft.output);
      return;
    case 'strip-space':
    case 'preserve-space':
      addWhitespace(context, draft, element.local === 'strip-space');
      return;
    default:
  }
}

/** A stylesheet that is one literal element (XSLT 1.0 §2.3). */
function addWhole({ precedence }: LoadedElement, context: CompileContext, draft: Draft, order: number): void {
  const [pattern] = context.patterns('/');
  if (pattern === undefined) return;
  const body = [compileLiteralElement(context.element, context)];
  draft.rules.set('', [{ pattern, priority: 0.5, precedence, order, body, name: '' }]);
}

function addTemplate(context: CompileContext, draft: Draft, precedence: number, order: number): void {
  const match = context.attribute('match');
  const given = context.attribute('name');
  const name = given === undefined ? '' : context.expandName(given);
  const body = context.body();
  if (given !== undefined && (draft.named.get(name)?.precedence ?? -1) <= precedence) {
    draft.named.set(name, { name, body, precedence });
  }
  if (match === undefined) return;
  const priority = context.attribute('priority');
  for (const mode of modesOf(context)) {
    const rules = draft.rules.get(mode) ?? [];
    draft.rules.set(mode, rules);
    for (const pattern of context.patterns(match)) {
      const rank = priority === undefined ? pattern.priority : Number(priority);
      rules.push({ pattern, priority: rank, precedence, order, body, name });
    }
  }
}

function modesOf(context: CompileContext): readonly string[] {
  const given = context.attribute('mode');
  if (given === undefined) return [''];
  return given
    .split(/\s+/)
    .filter((mode) => mode !== '')
    .map((mode) => (mode === '#default' ? '' : mode === '#all' ? mode : context.expandName(mode)));
}

function addKey(context: CompileContext, draft: Draft): void {
  const name = context.expandName(context.required('name'));
  const use = context.xpath(context.required('use'));
  const definitions = context.patterns(context.required('match')).map((pattern): KeyDefinition => ({ pattern, use }));
  draft.keys.set(name, [...(draft.keys.get(name) ?? []), ...definitions]);
}

function addDecimalFormat(context: CompileContext, draft: Draft): void {
  const given = context.attribute('name');
  const base = defaultDecimalFormat;
  draft.decimalFormats.set(given === undefined ? '' : context.expandName(given), {
    decimalSeparator: context.attribute('decimal-separator') ?? base.decimalSeparator,
    groupingSeparator: context.attribute('grouping-separator') ?? base.groupingSeparator,
    infinity: context.attribute('infinity') ?? base.infinity,
    minusSign: context.attribute('minus-sign') ?? base.minusSign,
    notANumber: context.attribute('NaN') ?? base.notANumber,
    percent: context.attribute('percent') ?? base.percent,
    perMille: context.attribute('per-mille') ?? base.perMille,
    zeroDigit: context.attribute('zero-digit') ?? base.zeroDigit,
    digit: context.attribute('digit') ?? base.digit,
    patternSeparator: context.attribute('pattern-separator') ?? base.patternSeparator,
  });
}

function addAttributeSet(context: CompileContext, draft: Draft): void {
  const name = context.expandName(context.required('name'));
  const used = (context.attribute('use-attribute-sets') ?? '')
    .split(/\s+/)
    .filter((other) => other !== '')
    .map((other) => context.expandName(other));
  const inherit: Instruction = {
    kind: 'act',
    run: (scope) => {
      for (const other of used) {
        if (other === name) context.fail('uses itself');
        for (const part of scope.runtime.stylesheet.attributeSets.get(other) ?? []) runBody(part, scope);
      }
    },
  };
  draft.attributeSets.set(name, [...(draft.attributeSets.get(name) ?? []), [inherit, ...context.body()]]);
}

/** A function gives the nodes that it makes, or a text when it makes but one. */
function addFunction(context: CompileContext, draft: Draft): void {
  const name = context.expandName(context.required('name'));
  const parameters = childElements(context.element)
    .filter((child) => isXslt(child, 'param'))
    .map((child) => context.at(child).expandName(attributeOf(child, 'name') ?? ''));
  const body = context.body();
  draft.functions.set(name, (scope, given) => {
    const values = new Map(parameters.map((parameter, index) => [parameter, given[index] ?? '']));
    const made = bodyTree(body, { ...scope, given: values });
    const [tree] = isNodeSet(made) ? made : [];
    if (tree?.kind !== 'document') return '';
    return tree.children.every((child) => child.kind === 'text') ? toText([tree]) : tree.children;
  });
}

function readOutput(context: CompileContext, before: OutputSettings): OutputSettings {
  const isYes = (name: string): boolean | undefined => {
    const value = context.attribute(name);
    return value === undefined ? undefined : value === 'yes' || value === 'true' || value === '1';
  };
  const [omits, standalone, indent] = [isYes('omit-xml-declaration'), isYes('standalone'), isYes('indent')];
  const text = (name: string): string | undefined => context.attribute(name);
  const [method, publicId, systemId, mediaType] = [
    text('method'),
    text('doctype-public'),
    text('doctype-system'),
    text('media-type'),
  ];
  const elements = (text('cdata-section-elements') ?? '').split(/\s+/).filter((name) => name !== '');
  return {
    ...before,
    ...(method !== undefined && { method }),
    ...(omits !== undefined && { omitsDeclaration: omits }),
    ...(standalone !== undefined && { standalone }),
    ...(indent !== undefined && { indent }),
    ...(publicId !== undefined && { doctypePublic: publicId }),
    ...(systemId !== undefined && { doctypeSystem: systemId }),
    ...(mediaType !== undefined && { mediaType }),
    cdataElements: new Set([...before.cdataElements, ...elements.map((name) => elementName(name, context))]),
  };
}

/** `{namespace}local` of an element's name, for which the default namespace is used. */
function elementName(name: string, context: CompileContext): string {
  const [prefix, local] = name.includes(':') ? (name.split(':') as [string, string]) : ['', name];
  return `{${resolvePrefix(context.element, prefix) ?? ''}}${local}`;
}

function addWhitespace(context: CompileContext, draft: Draft, strips: boolean): void {
  const environment = { namespace: (prefix: string) => resolvePrefix(context.element, prefix) };
  for (const name of context
    .required('elements')
    .split(/\s+/)
    .filter((one) => one !== '')) {
    const [prefix, local] = name.includes(':') ? (name.split(':') as [string, string]) : [undefined, name];
    const test = local === '*' ? ({ kind: 'any-name', prefix } as const) : ({ kind: 'name', prefix, local } as const);
    draft.whitespace.push({ strips, matches: compileNodeTest(test, 'child', environment) });
  }
}

function isXslt(element: ElementNode, local: string): boolean {
  return element.namespace === xsltNamespace && element.local === local;
}

function attributeIn(element: ElementNode, local: string): string | undefined {
  return element.attributes.find((one) => one.local === local && one.namespace === xsltNamespace)?.value;
}
