import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Finding } from '../finding.ts';
import type { JsonObject, JsonValue } from '../model.ts';
import { createJsonOffsets } from './json-offsets.ts';
import { escapePointer } from './pointer.ts';
import type { SourceDocument } from './source-document.ts';
import type { SourceText } from './source-text.ts';

/** Deeper documents are refused: nothing published comes near, and recursion over them would exhaust the stack. */
const maxDepth = 500;
const maxReportedErrors = 20;

const tolerated: Readonly<Record<string, readonly [code: string, message: string]>> = {
  InvalidCommentToken: ['json-comment', 'JSON has no comments. Remove it, or other readers will refuse the file.'],
  InvalidCharacter: ['json-control-character', 'A control character stands raw in a string. Escape it.'],
  CommaExpected: ['json-comma-missing', 'A comma is missing here.'],
  ValueExpected: [
    'json-trailing-comma',
    'A value is missing here, most likely after a comma too many. Remove the comma.',
  ],
  PropertyNameExpected: [
    'json-trailing-comma',
    'A property is missing here, most likely after a comma too many. Remove the comma.',
  ],
  InvalidEscapeCharacter: ['json-escape-invalid', 'JSON knows no such escape. Write \\\\ for a backslash.'],
  InvalidUnicode: ['json-escape-invalid', 'The \\u escape needs four hexadecimal digits.'],
  InvalidSymbol: ['json-symbol-invalid', 'This is not a JSON value. Strings need double quotes.'],
  ColonExpected: ['json-colon-missing', 'A colon is missing between the name of a property and its value.'],
  EndOfFileExpected: ['json-text-after-end', 'There is more text after the end of the document.'],
  CloseBraceExpected: ['json-incomplete', 'An object is not closed: } is missing.'],
  CloseBracketExpected: ['json-incomplete', 'An array is not closed: ] is missing.'],
  UnexpectedEndOfString: ['json-incomplete', 'A string is not closed: " is missing.'],
  UnexpectedEndOfNumber: ['json-number-invalid', 'The number is not complete.'],
  UnexpectedEndOfComment: ['json-incomplete', 'A comment is not closed.'],
  InvalidNumberFormat: ['json-number-invalid', 'JSON does not write numbers like this.'],
};

/**
 * Parses JSON strictly and, where that fails, as well as it can be done, with a finding for everything tolerated. `document` is
 * absent when nothing could be read.
 */
export function parseJsonDocument(source: SourceText): {
  readonly document?: SourceDocument;
  readonly findings: readonly Finding[];
} {
  const { depthError, colons } = scan(source);
  if (depthError !== undefined) return { findings: [depthError] };
  try {
    const root = JSON.parse(source.text) as JsonValue;
    // A name that stands twice in an object is one member less than there are colons.
    const tree = countMembers(root) === colons ? undefined : parseTree(source.text);
    return {
      document: createDocument(source, root, tree),
      findings: tree === undefined ? [] : findDuplicates(source, tree),
    };
  } catch {
    return parseTolerantly(source);
  }
}

function parseTolerantly(source: SourceText): {
  readonly document?: SourceDocument;
  readonly findings: readonly Finding[];
} {
  const errors: ParseError[] = [];
  const tree = parseTree(source.text, errors, {
    allowTrailingComma: false,
    disallowComments: true,
    allowEmptyContent: false,
  });
  // The parser may report one place twice.
  const distinct = errors.filter(
    (error, index) => errors.findIndex((other) => other.offset === error.offset) === index,
  );
  const findings = distinct.slice(0, maxReportedErrors).map((error): Finding => {
    const kind = printParseErrorCode(error.error);
    const [code, message] = tolerated[kind] ?? ['json-invalid', 'This is not JSON.'];
    return { code, severity: 'warning', message, source: source.name, pointer: '', ...source.positionAt(error.offset) };
  });
  if (tree === undefined || (tree.type !== 'object' && tree.type !== 'array' && errors.length > 0)) {
    return { findings: findings.map((finding) => ({ ...finding, severity: 'error' as const })) };
  }
  return {
    document: createDocument(source, readValue(tree), tree),
    findings: [...findings, ...findDuplicates(source, tree)],
  };
}

function createDocument(source: SourceText, root: JsonValue, tree: Node | undefined): SourceDocument {
  // Valid text needs no tree, which for a large one would take many times its size.
  let find = tree === undefined ? undefined : (pointer: string) => offsetOf(tree, pointer);
  return {
    source,
    root,
    locate: (pointer) => {
      find ??= createJsonOffsets(source.text);
      return { source: source.name, pointer, ...source.positionAt(find(pointer)) };
    },
  };
}

function offsetOf(tree: Node, pointer: string): number {
  let node = tree;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = childOf(node, name);
    if (next === undefined) break;
    node = next;
  }
  // A member is best found by its name, not by its value.
  return node.parent?.type === 'property' ? node.parent.offset : node.offset;
}

function childOf(node: Node, name: string): Node | undefined {
  if (node.type === 'array') return node.children?.[Number(name)];
  return node.children?.findLast((property) => property.children?.[0]?.value === name)?.children?.[1];
}

/** Names that stand twice in one object; the last one counts, as `JSON.parse` has it. */
function findDuplicates(source: SourceText, tree: Node): readonly Finding[] {
  const findings: Finding[] = [];
  const visit = (node: Node, pointer: string): void => {
    const seen = new Set<string>();
    for (const [index, child] of (node.children ?? []).entries()) {
      const [name, value] = node.type === 'object' ? (child.children ?? []) : [undefined, child];
      const key = name === undefined ? String(index) : String(name.value);
      const inner = `${pointer}/${escapePointer(key)}`;
      if (name !== undefined && seen.has(key) && findings.length < maxReportedErrors) {
        findings.push({
          code: 'json-member-duplicate',
          severity: 'warning',
          message: `The member "${key}" stands twice in this object. Only the last one is read.`,
          source: source.name,
          pointer: inner,
          ...source.positionAt(name.offset),
        });
      }
      seen.add(key);
      if (value !== undefined) visit(value, inner);
    }
  };
  visit(tree, '');
  return findings;
}

function countMembers(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.values(value);
  return members.reduce<number>((count, item) => count + countMembers(item), Array.isArray(value) ? 0 : members.length);
}

/** A tree's value. Members are defined, never assigned, so that no name can reach a prototype. */
function readValue(node: Node): JsonValue {
  if (node.type === 'array') return (node.children ?? []).map(readValue);
  if (node.type !== 'object') return (node.value ?? null) as JsonValue;
  const members: [string, JsonValue][] = [];
  for (const { children: [name, value] = [] } of node.children ?? []) {
    if (name !== undefined && value !== undefined) members.push([String(name.value), readValue(value)]);
  }
  return Object.fromEntries(members) as JsonObject;
}

/** Finds nesting that is too deep without recursing, and counts the colons outside of strings. */
function scan(source: SourceText): { readonly depthError?: Finding; readonly colons: number } {
  const { text } = source;
  let depth = 0;
  let isInString = false;
  let colons = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === 92) index += 1;
      else if (code === 34 || code === 10) isInString = false;
    } else if (code === 34) isInString = true;
    else if (code === 58) colons += 1;
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > maxDepth) {
        const message = `The document nests deeper than ${maxDepth} levels, which is more than is read.`;
        const at = { source: source.name, pointer: '', ...source.positionAt(index) };
        return { depthError: { code: 'json-too-deep', severity: 'error', message, ...at }, colons };
      }
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return { colons };
}
