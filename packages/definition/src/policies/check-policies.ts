import type { JsonValue, PolicyInstance } from '../model.ts';
import { isObject, type Reading } from '../source/reading.ts';
import { readPolicyParameters } from './policy-parameters.ts';
import type { PolicyParameterKind } from './policy-template.ts';
import { parsePolicyPath, parsePolicyText, parseSubPath } from './policy-text.ts';

type PolicyProblem = {
  readonly code:
    | 'policy-template-unknown'
    | 'policy-section'
    | 'policy-parameter-missing'
    | 'policy-parameter'
    | 'policy-parameter-unknown';
  readonly details: { readonly [name: string]: string };
};

/**
 * Reports what is wrong with a policy at its place in `apiProperties.json`, so that nothing of it surprises at run time: unknown
 * templates, sections and parameters, missing ones, references that cannot be.
 */
export function checkPolicy(reading: Reading, instance: PolicyInstance, pointer: string): void {
  const policy = instance.title === '' ? instance.templateId : `${instance.title} (${instance.templateId})`;
  for (const { code, details } of problemsOf(instance)) reading.report(code, pointer, { policy, ...details });
}

/** Whether a policy can act: nothing is wrong with it but, at most, parameters that nobody reads. */
export function isPolicyUsable(instance: PolicyInstance): boolean {
  return problemsOf(instance).every(({ code }) => code === 'policy-parameter-unknown');
}

function problemsOf(instance: PolicyInstance): readonly PolicyProblem[] {
  const { template, section, values } = readPolicyParameters(instance);
  if (template === undefined) return [{ code: 'policy-template-unknown', details: { found: instance.templateId } }];
  const problems: PolicyProblem[] = [];
  if (section === undefined || !template.sections.includes(section)) {
    const expected = template.sections.map(capitalised).join(', ');
    problems.push({ code: 'policy-section', details: { expected } });
  }
  for (const [name, { isRequired, kind }] of Object.entries(template.parameters)) {
    const value = values.get(name);
    if (value === undefined || value === null) {
      // A path below another may be left out where there is none.
      if (isRequired && kind !== 'sub-path') problems.push({ code: 'policy-parameter-missing', details: { name } });
      continue;
    }
    const problem = problemOf(value, kind);
    if (problem !== undefined) problems.push({ code: 'policy-parameter', details: { name, problem } });
  }
  for (const name of values.keys()) {
    if (!Object.hasOwn(template.parameters, name))
      problems.push({ code: 'policy-parameter-unknown', details: { name } });
  }
  return problems;
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
