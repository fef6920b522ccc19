import type { JsonValue } from '@patchbay/expression';
import { equalValues } from '@patchbay/expression';
import { entriesOf, isArray, isObject, member, memberAt, textMember } from '../plan/json.ts';
import type { EnvironmentVariable, EnvironmentVariableType, FlowFile } from './flow-document.ts';
import { findJson, folderOf } from './read-context.ts';
import { childrenOf, readXml, textBelow } from './read-xml.ts';

/** The types as Dataverse numbers them (environmentvariabledefinition, column `type`). */
export const variableTypes: { readonly [code: string]: EnvironmentVariableType } = {
  '100000000': 'string',
  '100000001': 'number',
  '100000002': 'boolean',
  '100000003': 'json',
  '100000004': 'dataSource',
  '100000005': 'secret',
};

/** A variable as a solution declares it, with what it is set to there. */
export type DeclaredVariable = EnvironmentVariable & { readonly defaultValue?: string; readonly value?: string };

/** A parameter of a definition that stands for a variable. */
export type VariableParameter = { readonly name: string; readonly declared: JsonValue; readonly schemaName: string };

/** The variables that a solution declares, by lower-case schema name. */
export function readVariables(files: readonly FlowFile[]): ReadonlyMap<string, DeclaredVariable> {
  const found = new Map<string, DeclaredVariable>();
  for (const file of files) {
    if (file.kind !== 'text' || !/(^|\/)environmentvariabledefinition\.xml$/i.test(file.name)) continue;
    const root = readXml(file.text);
    const schemaName = root?.attributes['schemaname'] ?? textBelow(root, 'schemaname');
    if (root === undefined || schemaName === undefined) continue;
    const [display] = childrenOf(root, 'displayname');
    const [description] = childrenOf(root, 'description');
    const defaultValue = textBelow(root, 'defaultvalue');
    const value = valueIn(findJson(files, `${folderOf(file.name)}environmentvariablevalues.json`));
    const described = description?.attributes['default'];
    found.set(schemaName.toLowerCase(), {
      schemaName,
      displayName: display?.attributes['default'] ?? display?.text ?? schemaName,
      ...(described !== undefined && described !== '' && { description: described }),
      type: variableTypes[textBelow(root, 'type') ?? ''] ?? 'string',
      ...(defaultValue !== undefined && { defaultValue }),
      ...(value !== undefined && { value }),
    });
  }
  return found;
}

function valueIn(root: JsonValue | undefined): string | undefined {
  const entry = memberAt(root, 'environmentvariablevalues', 'environmentvariablevalue');
  const first = isArray(entry) ? entry[0] : entry;
  const value = member(first, 'value');
  return typeof value === 'string' ? value : value === undefined ? undefined : JSON.stringify(value);
}

/** The parameters of a definition that stand for variables of an environment. */
export function variableParameters(definition: JsonValue): readonly VariableParameter[] {
  return entriesOf(member(definition, 'parameters')).flatMap(([name, declared]) => {
    const schemaName = textMember(memberAt(declared, 'metadata'), 'schemaName');
    return schemaName === undefined ? [] : [{ name, declared, schemaName }];
  });
}

/** The variable as far as the definition itself tells: its parameter is called `Display name (schema name)`. */
export function variableOfParameter({ name, declared, schemaName }: VariableParameter): EnvironmentVariable {
  const suffix = ` (${schemaName})`;
  const description = textMember(memberAt(declared, 'metadata'), 'description');
  return {
    schemaName,
    displayName: name.endsWith(suffix) ? name.slice(0, -suffix.length) : name,
    ...(description !== undefined && description !== '' && { description }),
    type: typeOfParameter(declared),
  };
}

function typeOfParameter(declared: JsonValue): EnvironmentVariableType {
  switch ((textMember(declared, 'type') ?? '').toLowerCase()) {
    case 'int':
    case 'float':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'object':
    case 'array':
      return 'json';
    case 'securestring':
    case 'secureobject':
      return 'secret';
    default:
      return 'string';
  }
}

/** What a parameter gets from its variable; `undefined`: what the definition says already. */
export function parameterValue({ declared }: VariableParameter, variable: DeclaredVariable): JsonValue | undefined {
  const text = variable.value ?? variable.defaultValue;
  if (text === undefined) return undefined;
  const value = typedValue(text, (textMember(declared, 'type') ?? '').toLowerCase());
  const usual = member(declared, 'defaultValue');
  return usual !== undefined && equalValues(value, usual) ? undefined : value;
}

function typedValue(text: string, type: string): JsonValue {
  if (type === 'string' || type === 'securestring' || type === '') return text;
  if (type === 'bool') return /^(yes|true|1)$/i.test(text.trim());
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** A value as a variable holds it: text. */
export function variableText(value: JsonValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : isObject(value) || isArray(value) ? JSON.stringify(value) : String(value);
}
