import { asNumeric, hasOperationOption, memberAt } from '../../plan/json.ts';
import type { FlowRule } from '../rule.ts';

export const concurrencyContradiction: FlowRule = {
  code: 'concurrency-contradiction',
  severity: 'error',
  title: 'A loop says once how many of its iterations run at a time.',
  why: 'The option Sequential is one at a time; the platform refuses it beside another number of repetitions.',
  bad: '{ "actions": { "Each": { "type": "Foreach", "foreach": [1], "actions": {}, "operationOptions": "Sequential", "runtimeConfiguration": { "concurrency": { "repetitions": 5 } } } } }',
  good: '{ "actions": { "Each": { "type": "Foreach", "foreach": [1], "actions": {}, "runtimeConfiguration": { "concurrency": { "repetitions": 5 } } } } }',
  check({ actions }, report) {
    for (const { kind, name, definition, pointer } of actions) {
      if (kind !== 'foreach' || !hasOperationOption(definition, 'Sequential')) continue;
      const repetitions = asNumeric(memberAt(definition, 'runtimeConfiguration', 'concurrency', 'repetitions'));
      if (Number.isNaN(repetitions) || repetitions === 1) continue;
      report(
        `${pointer}/runtimeConfiguration/concurrency`,
        `"${name}" has both the option Sequential and ${repetitions} repetitions at a time; say one of them`,
      );
    }
  },
};
