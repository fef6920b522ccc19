import type { JsonValue, PolicyInstance } from '../model.ts';
import { isObject, type Reading } from '../source/reading.ts';
import { readPolicyParameters } from './policy-parameters.ts';
import type { PolicyParameterKind } from './policy-template.ts';
import { parsePolicyPath, parsePolicyText, parseSubPath } from './policy-text.ts';

/**
 * Reports what is wrong with a policy at its place in `apiProperties.json`, so that nothing of it surprises at run time: unknown
 * templates, sections and parameters, missing ones, references that cannot be.
 */
export function checkPolicy(reading: Reading, instance: PolicyInstance, pointer: string): void {
  const { template, section, values } = readPolicyParameters(instance);
  const policy = instance.title === '' ? instance.templateId : `${instance.title} (${instance.templateId})`;
  if (template === undefined) {
    reading.report('policy-template-unknown', pointer, { policy, found: instance.templateId });
    return;
  }
  if (section === undefined || !template.sections.includes(section)) {
    const expected = template.sections.map(capitalised).join(', ');
    reading.report('policy-section', pointer, { policy, expected });
  }
  for (const [name, { isRequired, kind }] of Object.entries(template.parameters)) {
    const value = values.get(name);
    const isMissing = value === undefined || value === null;
    if (isMissing && isRequired && kind !== 'sub-path') {
      reading.report('policy-parameter-missing', pointer, { policy, name });
    } else if (!isMissing) {
      const problem = problemOf(value, kind);
      if (problem !== undefined) reading.report('policy-parameter', pointer, { policy, name, problem });
    }
  }
  for (const name of values.keys()) {
    if (!Object.hasOwn(template.parameters, name))
      reading.report('policy-parameter-unknown', pointer, { policy, name });
  }
}

/** Why a value cannot be of a kind, or undefined when it can. */
function problemOf(value: JsonValue, kind: PolicyParameterKind): string | undefined {
  if (typeof kind === 'object') {
    const isKnown = kind.oneOf.some((one) => one.toLowerCase() === String(value).toLowerCase());
    return isKnown ? undefined : `it is "${String(value)}", which is none of ${kind.oneOf.join(', ')}`;
  }
  switch (kind) {
    case 'text':
      return typeof value === 'object' ? 'it should be text' : undefined;
    case 'integer':
      return /^\d+$/.test(String(value)) ? undefined : 'it should be a whole number';
    case 'path':
      return parsePolicyPath(value) === undefined ? `"${String(value)}" is no path such as @body().items` : undefined;
    case 'sub-path':
      return parseSubPath(value) === undefined ? `"${String(value)}" is no path such as items[0].name` : undefined;
    case 'template':
      return typeof value === 'object' ? 'it should be text' : unknownReference(String(value));
    case 'templates':
      if (!isObject(value)) return 'it should be an object of texts';
      return Object.values(value)
        .map((one) => unknownReference(String(one)))
        .find((problem) => problem !== undefined);
  }
}

function unknownReference(text: string): string | undefined {
  const [first] = parsePolicyText(text).unknown;
  return first === undefined ? undefined : `"${first}…" refers to nothing that policies know`;
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
