import { type JsonValue, type PolicyReference, parsePolicyText } from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';
import { queryValue } from './message.ts';
import type { PolicyContext } from './policy.ts';
import { readAt } from './property-path.ts';

/** What references of a policy lead to at one moment of a call. */
export type PolicyScope = {
  readonly context: PolicyContext;
  readonly body?: JsonValue;
  readonly item?: JsonValue;
};

/** Evaluates a text once compiled; a reference that leads nowhere is empty text. */
export type EvaluateText = (scope: PolicyScope) => string;

export function compileText(text: string): EvaluateText {
  const constant = constantText(text);
  if (constant !== undefined) return () => constant;
  const { parts } = parsePolicyText(text);
  return (scope) =>
    parts.map((part) => (part.kind === 'text' ? part.text : textOf(resolveReference(part, scope)))).join('');
}

/** What a text without references always is; undefined when it has one. */
export function constantText(text: string): string | undefined {
  const { parts } = parsePolicyText(text);
  return parts.every((part) => part.kind === 'text') ? parts.map((part) => part.text).join('') : undefined;
}

/** The same where every connection parameter must be there, because nothing sensible comes of the rest: an address. */
export function compileNeededText(text: string, purpose: string): EvaluateText {
  const { parts } = parsePolicyText(text);
  return (scope) =>
    parts
      .map((part) => {
        if (part.kind === 'text') return part.text;
        const value = textOf(resolveReference(part, scope));
        if (value !== '') return value;
        throw new ConnectorError('policy-failed', `${purpose} needs ${nameOf(part)}, and there is none.`);
      })
      .join('');
}

/** What a reference leads to, or undefined. */
export function resolveReference(reference: PolicyReference, scope: PolicyScope): JsonValue | undefined {
  const { root, name = '', fallback, path } = reference;
  const { context } = scope;
  switch (root) {
    case 'headers':
      return own(context.request.headers, name.toLowerCase()) ?? fallback;
    case 'queryParameters':
      return queryValue(context.request.query, name) ?? fallback;
    case 'connectionParameters':
      return present(connectionParameter(context.connectionParameters, name)) ?? fallback;
    case 'body':
      return readAt(scope.body, path);
    case 'item':
      return readAt(scope.item ?? scope.body, path);
    case 'triggerBody':
      return readAt(scope.body, path);
    case 'originalMethod':
      return context.originalMethod;
    // Resolved when the connector is saved (reference: policy expressions).
    case 'environmentVariables':
      return fallback;
  }
}

export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function nameOf({ root, name }: PolicyReference): string {
  return name === undefined ? `a value from ${root}` : `${root}('${name}')`;
}

function own<T>(values: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Published policies write names in other cases than the parameters that they mean. */
function connectionParameter(values: PolicyContext['connectionParameters'], name: string): JsonValue | undefined {
  if (Object.hasOwn(values, name)) return values[name];
  const lower = name.toLowerCase();
  const found = Object.keys(values).find((one) => one.toLowerCase() === lower);
  return found === undefined ? undefined : values[found];
}

/** A connection parameter that was left empty is not there. */
function present(value: JsonValue | undefined): JsonValue | undefined {
  return value === '' || value === null ? undefined : value;
}
