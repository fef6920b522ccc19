import { TransformError } from '../errors.ts';
import type { DocumentNode } from '../xml/node.ts';
import { stringValue } from '../xml/node.ts';
import { parseXml } from '../xml/parse-xml.ts';
import { serializeHtml } from '../xml/serialize-html.ts';
import { serializeXml } from '../xml/serialize-xml.ts';
import { TreeBuilder } from '../xml/tree-builder.ts';
import { applyTemplates } from './apply-rules.ts';
import { compileStylesheet } from './compile-stylesheet.ts';
import { Runtime } from './runtime.ts';
import { strippedSource } from './strip-whitespace.ts';
import type { OutputSettings, Stylesheet } from './stylesheet.ts';

export type XsltRequest = {
  readonly content: string;
  readonly map: string;
  /** What the map may include or import: file name → text. */
  readonly maps: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  /** The result is text, written as the map's `output` says. */
  readonly generatesText: boolean;
  /** The map's `output` decides about declaration and indentation of an XML result. */
  readonly appliesOutput: boolean;
};

export type XsltResult = {
  readonly kind: 'xml' | 'text';
  readonly text: string;
  readonly mediaType: string | undefined;
};

/** Transforms XML by a stylesheet of XSLT 1.0. Reads nothing but what it is given. Throws `TransformError`. */
export function transformXml(request: XsltRequest): XsltResult {
  const counter = { next: 0 };
  const stylesheet = compile(request, counter);
  const source = strippedSource(parseXml(request.content, 'the content', counter), stylesheet.whitespace, counter);
  const parameters = new Map(Object.entries(request.parameters));
  const runtime = new Runtime({ stylesheet, counter, source, parameters });
  const output = new TreeBuilder(counter);
  try {
    applyTemplates([source], { ...runtime.rootScope(output), mode: initialMode(stylesheet) }, new Map());
    return write(output.finish(), stylesheet.output, request);
  } catch (error) {
    throw asFailure(error, 'TransformationFailed');
  }
}

function compile(request: XsltRequest, counter: { next: number }): Stylesheet {
  const load = (href: string): string | undefined => {
    const name = href.slice(href.search(/[^/\\]*$/));
    return Object.hasOwn(request.maps, name) ? request.maps[name] : undefined;
  };
  try {
    return compileStylesheet(request.map, load, counter);
  } catch (error) {
    throw asFailure(error, 'ArtifactInvalid');
  }
}

/** The data mapper's stylesheets begin in a mode of their own when nothing matches without one. */
function initialMode({ rules }: Stylesheet): string {
  return rules.has('') || rules.size !== 1 ? '' : ([...rules.keys()][0] ?? '');
}

function asFailure(error: unknown, code: 'ArtifactInvalid' | 'TransformationFailed'): unknown {
  if (error instanceof SyntaxError) {
    return new TransformError(code, `The map cannot be used: ${error.message}.`, { cause: error });
  }
  if (error instanceof RangeError) {
    return new TransformError('TransformationLimitExceeded', 'The map calls itself too deeply.', { cause: error });
  }
  return error;
}

function write(result: DocumentNode, settings: OutputSettings, request: XsltRequest): XsltResult {
  const { mediaType } = settings;
  const elements = result.children.filter((child) => child.kind === 'element');
  const isHtml = elements[0]?.namespace === '' && elements[0].local.toLowerCase() === 'html';
  const method = settings.method ?? (isHtml ? 'html' : 'xml');
  const isDocument =
    elements.length === 1 && result.children.every((child) => child.kind !== 'text' || child.value.trim() === '');
  if (method === 'text' || (!request.generatesText && !isDocument)) {
    return { kind: 'text', text: stringValue(result), mediaType };
  }
  if (request.generatesText && method === 'html') return { kind: 'text', text: serializeHtml(result), mediaType };
  const applies = request.appliesOutput || request.generatesText;
  const { omitsDeclaration, standalone, indent, doctypePublic, doctypeSystem, cdataElements } = settings;
  const text = serializeXml(result, {
    declaration: !(applies && omitsDeclaration === true),
    cdataElements,
    ...(doctypeSystem !== undefined && { doctypeSystem }),
    ...(doctypePublic !== undefined && { doctypePublic }),
    ...(applies && standalone !== undefined && { standalone }),
    ...(applies && indent !== undefined && { indent }),
  });
  return { kind: request.generatesText ? 'text' : 'xml', text, mediaType };
}
