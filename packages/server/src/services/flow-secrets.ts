import type { JsonObject } from '@patchbay/definition';
import { memberOf, textOf } from './flow-document.ts';

/** Whether a definition declares a parameter as secure: its value is never given back (Logic Apps, "securestring"). */
export function isSecretParameter(definition: JsonObject, name: string): boolean {
  const declared = memberOf(definition, 'parameters');
  const found = Object.entries(typeof declared === 'object' && declared !== null ? declared : {}).find(
    ([key]) => key.toLowerCase() === name.toLowerCase(),
  );
  return /^secure(string|object)$/i.test(textOf(memberOf(found?.[1], 'type')) ?? '');
}

/** Values of parameters as they are shown. */
export function shownParameters(definition: JsonObject, parameters: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !isSecretParameter(definition, name)));
}

/** Values that are given, and those secrets of before that are not given again. */
export function withKeptSecrets(definition: JsonObject, given: JsonObject, before: JsonObject): JsonObject {
  const names = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  const kept = Object.entries(before).filter(
    ([name]) => isSecretParameter(definition, name) && !names.has(name.toLowerCase()),
  );
  return { ...Object.fromEntries(kept), ...given };
}
