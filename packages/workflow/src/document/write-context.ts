import type { JsonValue } from '@patchbay/expression';
import { type Dialect, dialectDefaults } from '../dialect/dialect.ts';
import type { JsonObject } from '../plan/json.ts';
import type { DocumentFindingCode } from './document-finding.ts';
import type { FlowDocument, FlowFile } from './flow-document.ts';

/** What writers of documents have at hand. */
export type WriteContext = {
  /** Which product the flow was written for, where the form would tell another. */
  readonly dialect?: Dialect;
  report(code: DocumentFindingCode, details: { readonly [name: string]: string | number }): void;
};

/** One way to write a flow down; it reports what has no place there. */
export type FormWriter = (flow: FlowDocument, context: WriteContext) => readonly FlowFile[];

export function jsonFile(name: string, root: JsonValue): FlowFile {
  return { kind: 'json', name, root };
}

export function textFile(name: string, text: string): FlowFile {
  return { kind: 'text', name, text };
}

/** `{name: {value}}`. */
export function valuesOf(parameters: FlowDocument['parameters']): JsonObject {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }]));
}

/** A name that files and resources may have: letters, digits, dashes, underscores and blanks. */
export function fileName(name: string): string {
  const found = name
    .replaceAll(/[^\p{L}\p{N} ._()-]+/gu, '-')
    .replace(/^[-. ]+|[-. ]+$/g, '')
    .slice(0, 80);
  return found === '' ? 'workflow' : found;
}

/** Which product the flow was written for, where that has to be said. */
export function keptDialect({ dialect }: WriteContext): JsonObject {
  return dialect === undefined ? {} : { dialect };
}

/** Only a Standard project has settings. */
export function reportSettings({ appSettings }: FlowDocument, { report }: WriteContext): void {
  for (const name of Object.keys(appSettings)) report('not-carried', { what: `the setting "${name}"` });
}

/** What only a solution says of environment variables. */
export function reportVariables({ environmentVariables }: FlowDocument, { report }: WriteContext): void {
  for (const { schemaName } of environmentVariables) {
    report('not-carried', { what: `what the solution says about the environment variable "${schemaName}"` });
  }
}

/** How two dialects differ, in words. */
export function differencesOf(before: Dialect, after: Dialect): string {
  const [left, right] = [dialectDefaults[before], dialectDefaults[after]];
  const days = (milliseconds: number): string => `${milliseconds / 86_400_000} days`;
  const all: readonly (readonly [string, string | number | boolean, string | number | boolean])[] = [
    ['items of a Foreach at a time', left.foreachConcurrency, right.foreachConcurrency],
    ['a Foreach within a Foreach runs item by item', left.isNestedForeachSequential, right.isNestedForeachSequential],
    ['a run lasts at most', days(left.runDurationMs), days(right.runDurationMs)],
    ['an Until lasts at most', left.untilTimeout, right.untilTimeout],
  ];
  const found = all.flatMap(([what, one, other]) => (one === other ? [] : [`${what}: ${one}, then ${other}`]));
  return found.length === 0 ? 'where nothing is said they do the same' : found.join('; ');
}
