import type { JsonValue } from '@patchbay/expression';
import { isObject, memberAt } from '../plan/json.ts';
import {
  type DeclaredVariable,
  parameterValue,
  readVariables,
  variableOfParameter,
  variableParameters,
} from './environment-variables.ts';
import type { EnvironmentVariable, FlowDocument, FlowFile } from './flow-document.ts';
import { baseName } from './read-context.ts';
import { readResource } from './read-resource.ts';
import { elementsNamed, readXml } from './read-xml.ts';

const filePattern = /(?:^|\/)workflows\/[^/]+\.json$/i;
const namePattern = /^(.*)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/i;

/** Whether a file is a flow of a solution: in its folder `Workflows`, where classic processes and designs stand as well. */
export function isOfSolution({ name, root }: { readonly name: string; readonly root: JsonValue }): boolean {
  return filePattern.test(name) && isObject(memberAt(root, 'properties', 'definition'));
}

/** What of a solution all its flows share. */
export type SolutionParts = {
  readonly variables: ReadonlyMap<string, DeclaredVariable>;
  /** Names of flows by lower-case id. */
  readonly names: ReadonlyMap<string, string>;
};

export function readSolutionParts(files: readonly FlowFile[]): SolutionParts {
  const names = new Map<string, string>();
  for (const file of files) {
    if (file.kind !== 'text' || !/(^|\/)customizations\.xml$|\.json\.data\.xml$/i.test(file.name)) continue;
    for (const { attributes } of elementsNamed(readXml(file.text), 'workflow')) {
      const id = attributes['workflowid']?.replaceAll(/[{}]/g, '').toLowerCase();
      const name = attributes['name'];
      if (id !== undefined && name !== undefined) names.set(id, name);
    }
  }
  return { variables: readVariables(files), names };
}

/** A flow of a solution, with the variables of its environment that it names. */
export function readSolutionFlow(
  { name, root }: { readonly name: string; readonly root: JsonValue },
  { variables, names }: SolutionParts,
): FlowDocument | undefined {
  const base = baseName(name);
  const [, short = base.replace(/\.json$/i, ''), id] = namePattern.exec(base) ?? [];
  const known = id === undefined ? undefined : names.get(id.toLowerCase());
  const flow = readResource(root, { file: name, pointer: '', name: known ?? short, ...(id !== undefined && { id }) });
  if (flow === undefined) return undefined;
  const values: (readonly [string, JsonValue])[] = [];
  const used: EnvironmentVariable[] = [];
  for (const parameter of variableParameters(flow.definition)) {
    const declared = variables.get(parameter.schemaName.toLowerCase());
    if (declared === undefined) continue;
    const value = parameterValue(parameter, declared);
    if (value !== undefined) values.push([parameter.name, value]);
    const { defaultValue: _default, value: _value, ...variable } = declared;
    if (JSON.stringify(variable) !== JSON.stringify(variableOfParameter(parameter))) used.push(variable);
  }
  return {
    ...flow,
    dialect: flow.dialect ?? 'powerAutomate',
    parameters: { ...Object.fromEntries(values), ...flow.parameters },
    environmentVariables: used,
  };
}
