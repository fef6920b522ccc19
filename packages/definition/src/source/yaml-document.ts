import { isAlias, isMap, isNode, isPair, isScalar, isSeq, type Pair, parseDocument, type YAMLError } from 'yaml';
import type { Finding } from '../finding.ts';
import type { JsonValue } from '../model.ts';
import { pointerNames } from './pointer.ts';
import type { SourceDocument } from './source-document.ts';
import type { SourceText } from './source-text.ts';

/** As for JSON: nothing published comes near, and recursion over more would exhaust the stack. */
const maxDepth = 200;
/** Values that aliases may expand to in all; a document that multiplies itself by them is refused. */
const maxAliasedValues = 1_000_000;
const maxReportedErrors = 20;
/** Members whose numbers are names: `1.10` is not `1.1`. */
const textual: ReadonlySet<string> = new Set(['openapi', 'swagger', 'version']);

type Parsed = { readonly document?: SourceDocument; readonly findings: readonly Finding[] };
/** What one walk over a document keeps: the anchors seen so far and how much aliases brought in. */
type Walk = { readonly anchors: Map<string, unknown>; aliasedValues: number };

/** Parses YAML 1.2 (core schema) into the JSON that it stands for, with positions. `document` is absent when it cannot be read. */
export function parseYamlDocument(source: SourceText): Parsed {
  try {
    const parsed = parseDocument(source.text, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
    const errors = parsed.errors.slice(0, maxReportedErrors).map((error) => toFinding(source, error));
    if (parsed.contents === null || errors.length > 0) return { findings: errors };
    const root = toJson(parsed.contents, { anchors: new Map(), aliasedValues: 0 }, 0, false);
    return { document: { source, root, locate: locator(source, parsed.contents) }, findings: [] };
  } catch (error) {
    // The parser recurses over what nests.
    const refused = error instanceof RangeError ? new YamlRefused(tooDeep, 0) : error;
    if (!(refused instanceof YamlRefused)) throw error;
    const { message, offset } = refused;
    return { findings: [{ ...place(source, offset), code: 'yaml-refused', severity: 'error', message }] };
  }
}

const tooDeep = `The document nests deeper than ${maxDepth} levels, which is more than is read.`;

class YamlRefused extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.name = 'YamlRefused';
    this.offset = offset;
  }
}

/** A tree's value. Members are defined, never assigned, so that no name can reach a prototype. */
function toJson(node: unknown, walk: Walk, depth: number, isAliased: boolean): JsonValue {
  if (depth > maxDepth) throw new YamlRefused(tooDeep, offsetOf(node));
  if (isAliased) walk.aliasedValues += 1;
  if (walk.aliasedValues > maxAliasedValues) {
    throw new YamlRefused('The aliases of the document multiply to more values than are read.', offsetOf(node));
  }
  if (isAlias(node)) {
    if (walk.anchors.has(node.source)) return toJson(walk.anchors.get(node.source), walk, depth + 1, true);
    throw new YamlRefused(`The alias *${node.source} refers to nothing before it.`, offsetOf(node));
  }
  if (isNode(node) && node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  if (isSeq(node)) return node.items.map((item) => toJson(item, walk, depth + 1, isAliased));
  if (isMap(node)) return toObject(node.items, walk, depth, isAliased);
  return isScalar(node) ? scalarValue(node.value) : null;
}

function toObject(pairs: readonly Pair[], walk: Walk, depth: number, isAliased: boolean): JsonValue {
  const merged: [string, JsonValue][] = [];
  const own: [string, JsonValue][] = [];
  for (const { key, value } of pairs) {
    const name = nameOf(key);
    if (textual.has(name) && isScalar(value) && typeof value.value === 'number' && value.source !== undefined) {
      own.push([name, value.source]);
      continue;
    }
    const read = toJson(value, walk, depth + 1, isAliased);
    // The merge key of YAML 1.1, which authors still use: own members win over merged ones, earlier ones over later.
    if (name === '<<' && typeof read === 'object' && read !== null) {
      const sources = (Array.isArray(read) ? read : [read]) as readonly JsonValue[];
      for (const one of sources.toReversed()) {
        if (typeof one === 'object' && one !== null && !Array.isArray(one)) merged.push(...Object.entries(one));
      }
    } else own.push([name, read]);
  }
  return Object.fromEntries([...merged, ...own]);
}

function scalarValue(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value === undefined ? null : String(value);
}

function nameOf(key: unknown): string {
  if (isScalar(key)) return key.source ?? String(key.value);
  return typeof key === 'string' ? key : '';
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function locator(source: SourceText, root: unknown): SourceDocument['locate'] {
  return (pointer) => {
    let node: unknown = root;
    let offset = offsetOf(root);
    for (const name of pointerNames(pointer)) {
      const next = isMap(node)
        ? node.items.findLast((pair) => isPair(pair) && nameOf(pair.key) === name)
        : isSeq(node)
          ? node.items[Number(name)]
          : undefined;
      if (next === undefined) break;
      offset = offsetOf(isPair(next) ? next.key : next);
      node = isPair(next) ? next.value : next;
    }
    return { source: source.name, pointer, ...source.positionAt(offset) };
  };
}

function toFinding(source: SourceText, error: YAMLError): Finding {
  const message = error.message.split('\n', 1)[0] ?? '';
  return {
    ...place(source, error.pos[0]),
    code: 'yaml-invalid',
    severity: 'error',
    message: `This is not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1).replace(/\.?$/, '.')}`,
  };
}

function place(source: SourceText, offset: number) {
  return { source: source.name, pointer: '', ...source.positionAt(offset) };
}
