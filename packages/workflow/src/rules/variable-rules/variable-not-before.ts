import type { FlowRule } from '../rule.ts';

export const variableNotBefore: FlowRule = {
  code: 'variable-not-before',
  severity: 'error',
  title: 'A variable is used only after it has been initialized.',
  why: 'The action that initializes it, at the top of the flow, runs before the one that uses it or before one around that; else it may not be there yet, and the platform refuses the flow.',
  bad: `{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } }, "Tell": { "type": "Compose", "inputs": "@variables('n')" } } }`,
  good: `{ "actions": { "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] } }, "Tell": { "type": "Compose", "inputs": "@variables('n')", "runAfter": { "Init": ["Succeeded"] } } } }`,
  check({ uses, declarations, actions, order }, report) {
    const byName = new Map(declarations.map((declaration) => [declaration.name.toLowerCase(), declaration.action]));
    for (const { kind, name, pointer, action } of uses) {
      const user = actions[action];
      const declared = kind === 'variable' && name !== undefined ? byName.get(name.toLowerCase()) : undefined;
      if (user === undefined || declared === undefined) continue;
      const isOwn = declared.index === user.index;
      if (!isOwn && order.isBefore(declared.index, user.index)) continue;
      const why = isOwn
        ? 'is initialized by this very action'
        : `need not be initialized before: let "${user.name}" or an action around it run after "${declared.name}"`;
      report(pointer, `the variable "${name}" that "${user.name}" uses ${why}`);
    }
  },
};
