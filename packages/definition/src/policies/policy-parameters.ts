import type { JsonObject, JsonValue, PolicyInstance } from '../model.ts';
import type { PolicySection, PolicyTemplateSpec } from './policy-template.ts';
import { policyTemplateTable } from './policy-template-table.ts';

/** An instance of a policy, read by its template. */
export type PolicyParameters = {
  /** Undefined for a template that nobody knows. */
  readonly template: PolicyTemplateSpec | undefined;
  /** Undefined when the instance names a section that there is not. */
  readonly section: PolicySection | undefined;
  /** The operations that it acts on; empty for all. */
  readonly operations: readonly string[];
  /** Values by the template's own parameter names. */
  readonly values: ReadonlyMap<string, JsonValue>;
};

const parameterPrefix = 'x-ms-apimtemplateparameter.';
const sectionName = 'x-ms-apimtemplate-policysection';
const operationsName = 'x-ms-apimtemplate-operationname';
const sections: Readonly<Record<string, PolicySection>> = {
  request: 'request',
  inbound: 'request',
  response: 'response',
  outbound: 'response',
  failure: 'failure',
};

/** Reads an instance's parameters; names in any case, as they are published. */
export function readPolicyParameters({ templateId, parameters }: PolicyInstance): PolicyParameters {
  const template = policyTemplateTable.find((one) => one.templateId === templateId.toLowerCase());
  const stated = find(parameters, sectionName);
  const named = find(parameters, operationsName);
  const values = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(parameters)) {
    if (!name.toLowerCase().startsWith(parameterPrefix)) continue;
    const short = name.slice(parameterPrefix.length);
    const known = Object.keys(template?.parameters ?? {}).find((one) => one.toLowerCase() === short.toLowerCase());
    values.set(known ?? short, value);
  }
  return {
    template,
    section: typeof stated === 'string' ? sections[stated.toLowerCase()] : (template?.sections[0] ?? 'request'),
    operations: (Array.isArray(named) ? named : [named]).filter((name): name is string => typeof name === 'string'),
    values,
  };
}

function find(parameters: JsonObject, lowerName: string): JsonValue | undefined {
  const found = Object.entries(parameters).find(([name]) => name.toLowerCase() === lowerName);
  return found?.[1];
}
