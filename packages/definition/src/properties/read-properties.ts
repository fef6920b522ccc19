import type { ConnectionParameter, ConnectionParameterSet, JsonObject, JsonValue, PolicyInstance } from '../model.ts';
import { checkPolicy } from '../policies/check-policies.ts';
import { escapePointer } from '../source/pointer.ts';
import { isObject, isTrue, member, type Reading } from '../source/reading.ts';

/** What `apiProperties.json` adds to a definition. */
export type ConnectorProperties = {
  readonly iconBrandColor?: string;
  readonly publisher?: string;
  readonly stackOwner?: string;
  readonly capabilities: readonly string[];
  readonly scriptOperations: readonly string[];
  readonly policies: readonly PolicyInstance[];
  /** Absent when the file says nothing of how to connect; then the definition's security does. */
  readonly connectionParameters?: readonly ConnectionParameter[];
  readonly connectionParameterSets: readonly ConnectionParameterSet[];
  /** What `connectionParameterSets` says besides the sets. */
  readonly connectionParameterSetsAbout?: JsonObject;
  /** Members that the model has no place for. */
  readonly furtherProperties?: JsonObject;
};

const known: ReadonlySet<string> = new Set([
  'iconBrandColor',
  'publisher',
  'stackOwner',
  'capabilities',
  'scriptOperations',
  'policyTemplateInstances',
  'connectionParameters',
  'connectionParameterSets',
]);

const types: Readonly<Record<string, ConnectionParameter['type']>> = {
  string: 'string',
  securestring: 'securestring',
  int: 'int',
  bool: 'bool',
  oauthsetting: 'oauthSetting',
  oauthsettings: 'oauthSetting',
  gatewaysetting: 'gatewaySetting',
  managedidentity: 'managedIdentity',
  object: 'object',
  connection: 'connection',
};

/** Reads `{ "properties": {…} }`, or the inner object alone. */
export function readProperties(reading: Reading): ConnectorProperties {
  const root = reading.document.root;
  const outer = isObject(root) ? root : {};
  const inner = member(outer, 'properties');
  const properties = isObject(inner) ? inner : outer;
  const pointer = isObject(inner) ? '/properties' : '';
  if (!isObject(root) || (inner !== undefined && !isObject(inner))) reading.report('properties-not-valid', '');
  const optional = (name: 'iconBrandColor' | 'publisher' | 'stackOwner') => {
    const value = reading.string(properties, name, pointer);
    return value === undefined ? {} : { [name]: value };
  };
  const saysHowToConnect = ['connectionParameters', 'connectionParameterSets'].some(
    (name) => member(properties, name) !== undefined,
  );
  const sets = reading.object(properties, 'connectionParameterSets', pointer);
  return {
    ...optional('iconBrandColor'),
    ...optional('publisher'),
    ...optional('stackOwner'),
    capabilities: reading.strings(properties, 'capabilities', pointer),
    scriptOperations: reading.strings(properties, 'scriptOperations', pointer),
    policies: readPolicies(reading, properties, pointer),
    ...(saysHowToConnect && {
      connectionParameters: readParameters(
        reading,
        reading.object(properties, 'connectionParameters', pointer),
        `${pointer}/connectionParameters`,
      ),
    }),
    connectionParameterSets: readSets(reading, sets, `${pointer}/connectionParameterSets`),
    ...some('connectionParameterSetsAbout', without(sets, new Set(['values']))),
    ...some('furtherProperties', without(properties, known)),
  };
}

/** An object under a name, or nothing when it has no members. */
function some<Name extends string>(name: Name, value: JsonObject): { readonly [key in Name]?: JsonObject } {
  return Object.keys(value).length === 0 ? {} : ({ [name]: value } as { readonly [key in Name]: JsonObject });
}

function without(value: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)));
}

const policyMembers: ReadonlySet<string> = new Set(['templateId', 'title', 'parameters']);

function readPolicies(reading: Reading, properties: JsonObject, pointer: string): readonly PolicyInstance[] {
  return reading.array(properties, 'policyTemplateInstances', pointer).flatMap((item, index) => {
    const at = `${pointer}/policyTemplateInstances/${index}`;
    const templateId = isObject(item) ? reading.string(item, 'templateId', at) : undefined;
    if (!isObject(item) || templateId === undefined) {
      reading.report('policy-without-template', at);
      return [];
    }
    const instance: PolicyInstance = {
      templateId,
      title: reading.string(item, 'title', at) ?? '',
      parameters: reading.object(item, 'parameters', at),
      ...some('further', without(item, policyMembers)),
    };
    checkPolicy(reading, instance, at);
    return [instance];
  });
}

function readSets(reading: Reading, sets: JsonObject, at: string): readonly ConnectionParameterSet[] {
  return reading
    .array(sets, 'values', at)
    .filter(isObject)
    .map((set, index) => {
      const here = `${at}/values/${index}`;
      const ui = reading.object(set, 'uiDefinition', here);
      const name = reading.string(set, 'name', here) ?? `set${index + 1}`;
      return {
        name,
        displayName: displayNameOf(reading, ui, here) ?? name,
        description: reading.string(ui, 'description', here) ?? '',
        allowSharing: !isFalse(member(reading.object(set, 'metadata', here), 'allowSharing')),
        parameters: readParameters(reading, reading.object(set, 'parameters', here), `${here}/parameters`),
        source: without(set, new Set(['parameters'])),
      };
    });
}

function readParameters(reading: Reading, parameters: JsonObject, pointer: string): readonly ConnectionParameter[] {
  return Object.entries(parameters)
    .filter((entry): entry is [string, JsonObject] => isObject(entry[1]))
    .map(([name, value]) => readConnectionParameter(reading, name, value, `${pointer}/${escapePointer(name)}`))
    .sort((left, right) => left.tabIndex - right.tabIndex);
}

/** Reads one entry of `connectionParameters`. */
export function readConnectionParameter(
  reading: Reading,
  name: string,
  value: JsonObject,
  pointer: string,
): ConnectionParameter {
  const ui = reading.object(value, 'uiDefinition', pointer);
  const constraints = reading.object(ui, 'constraints', `${pointer}/uiDefinition`);
  const stated = reading.string(value, 'type', pointer) ?? 'string';
  const type = Object.hasOwn(types, stated.toLowerCase()) ? types[stated.toLowerCase()] : undefined;
  if (type === undefined) reading.report('connection-parameter-type', pointer, { name, found: stated });
  const isSecret = type === 'securestring';
  const required = member(constraints, 'required');
  const defaultValue = member(value, 'defaultValue') ?? member(constraints, 'default');
  const tabIndex = Number(member(constraints, 'tabIndex') ?? member(ui, 'tabIndex') ?? Number.MAX_SAFE_INTEGER);
  const clearText = member(constraints, 'clearText');
  return {
    name,
    type: type ?? 'string',
    displayName: displayNameOf(reading, ui, pointer) ?? name,
    description: reading.string(ui, 'description', pointer) ?? '',
    tooltip: reading.string(ui, 'tooltip', pointer) ?? '',
    required: required === undefined ? isSecret : isTrue(required),
    hidden: isTrue(member(constraints, 'hidden')),
    clearText: clearText === undefined ? !isSecret : isTrue(clearText),
    tabIndex: Number.isFinite(tabIndex) ? tabIndex : Number.MAX_SAFE_INTEGER,
    ...(defaultValue !== undefined && { default: defaultValue }),
    allowedValues: readAllowedValues(
      member(constraints, 'allowedValues') ?? member(ui, 'allowedValues') ?? member(value, 'allowedValues'),
    ),
    source: value,
  };
}

function readAllowedValues(value: JsonValue | undefined): ConnectionParameter['allowedValues'] {
  if (!Array.isArray(value)) return [];
  return value.map((item: JsonValue) => {
    if (!isObject(item)) return { text: String(item), value: item };
    const inner = member(item, 'value') ?? null;
    return { text: String(member(item, 'text') ?? inner), value: inner };
  });
}

/** `displayName`, which is also written `displayname`. */
function displayNameOf(reading: Reading, ui: JsonObject, pointer: string): string | undefined {
  return reading.string(ui, 'displayName', pointer) ?? reading.string(ui, 'displayname', pointer);
}

function isFalse(value: JsonValue | undefined): boolean {
  return value === false || (typeof value === 'string' && value.toLowerCase() === 'false');
}
