import type { FlowRule } from '../rule.ts';

const mostActions = 500;

export const actionsMany: FlowRule = {
  code: 'actions-many',
  severity: 'warning',
  title: 'A flow has at most 500 actions, those inside others counted.',
  why: 'The platform takes no more; here it works. Move a part into a flow of its own and call that.',
  bad: '{ "actions": { "Step_1": …, "Step_2": …, "Step_501": … } }',
  good: '{ "actions": { "Step_1": …, "Part_two": { "type": "Workflow", … } } }',
  check({ actions }, report) {
    if (actions.length <= mostActions) return;
    report(
      '/actions',
      `the flow has ${actions.length} actions; flows of the platform take ${mostActions}: move a part into a flow of its own`,
    );
  },
};
