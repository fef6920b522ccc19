import { undeclaredParameters } from '../../plan/undeclared-parameters.ts';
import { suggestion } from '../closest-name.ts';
import type { FlowRule } from '../rule.ts';

export const parameterUnknown: FlowRule = {
  code: 'parameter-unknown',
  severity: 'warning',
  title: 'An expression names only parameters that the definition declares.',
  why: 'A parameter that is declared nowhere and given no value has none: what uses it fails. It is an error when the values are known, and a warning where they may come from elsewhere.',
  bad: `{ "actions": { "Tell": { "type": "Compose", "inputs": "@parameters('colour')" } } }`,
  good: `{ "parameters": { "colour": { "type": "String", "defaultValue": "red" } }, "actions": { "Tell": { "type": "Compose", "inputs": "@parameters('colour')" } } }`,
  check({ uses, parameters, given }, report) {
    const { parameters: values = {}, parameterNames = [] } = given;
    const names = [...parameters.map(({ name }) => name), ...Object.keys(values), ...parameterNames];
    const known = new Set(names.map((name) => name.toLowerCase()));
    const severity = given.parameters === undefined ? 'warning' : 'error';
    for (const { kind, name, pointer } of uses) {
      if (kind !== 'parameter' || name === undefined) continue;
      if (known.has(name.toLowerCase()) || undeclaredParameters.has(name.toLowerCase())) continue;
      const message = (): string =>
        `the parameter "${name}" is not declared in the definition's parameters${suggestion(name, names)}`;
      report(pointer, message, { severity });
    }
  },
};
