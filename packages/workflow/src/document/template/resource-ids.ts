import type { JsonValue } from '@patchbay/expression';
import { type DeploymentPlace, Unresolved } from './unresolved.ts';

type Given = readonly JsonValue[];

/** The functions that make ids of resources, by lower-case name (ARM, "Resource functions for ARM templates"). */
export const resourceIds = {
  resourceid: (given: Given, place: DeploymentPlace) => {
    const { before, rest } = splitAtType(given);
    const group = before.at(-1) ?? place.resourceGroup;
    const subscription = before.length > 1 ? before[0] : place.subscriptionId;
    return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${pathOf(rest)}`;
  },
  subscriptionresourceid: (given: Given, place: DeploymentPlace) => {
    const { before, rest } = splitAtType(given);
    return `/subscriptions/${before[0] ?? place.subscriptionId}/providers/${pathOf(rest)}`;
  },
  tenantresourceid: (given: Given) => `/providers/${pathOf(splitAtType(given).rest)}`,
  extensionresourceid: ([scope, ...rest]: Given) => `${textOf(scope)}/providers/${pathOf(rest.map(textOf))}`,
};

/** Arguments before the first one that is a type of resources narrow down where it is. */
function splitAtType(given: Given): { readonly before: readonly string[]; readonly rest: readonly string[] } {
  const texts = given.map(textOf);
  const at = texts.findIndex((text) => text.includes('/'));
  if (at < 0) throw new Unresolved('it names no type of resources');
  return { before: texts.slice(0, at), rest: texts.slice(at) };
}

/** `A/b/c` and two names as `A/b/{first}/c/{second}`. */
function pathOf([type = '', ...names]: readonly string[]): string {
  const [provider = '', ...parts] = type.split('/');
  if (parts.length !== names.length) throw new Unresolved('its type of resources does not fit its names');
  return [provider, ...parts.flatMap((part, index) => [part, names[index] ?? ''])].join('/');
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  throw new Unresolved('a name of a resource is no text');
}
