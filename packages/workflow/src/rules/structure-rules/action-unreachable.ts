import { pointerTo } from '../../findings.ts';
import { statusBit } from '../../plan/plan.ts';
import type { FlowRule } from '../rule.ts';

export const actionUnreachable: FlowRule = {
  code: 'action-unreachable',
  severity: 'warning',
  title: 'An action does not wait for a Terminate to succeed.',
  why: 'A Terminate that succeeds ends the run, so what runs after it never does.',
  bad: '{ "actions": { "End": { "type": "Terminate", "inputs": { "runStatus": "Failed" } }, "Tell": { "type": "Compose", "inputs": 1, "runAfter": { "End": ["Succeeded"] } } } }',
  good: '{ "actions": { "Tell": { "type": "Compose", "inputs": 1 }, "End": { "type": "Terminate", "inputs": { "runStatus": "Failed" }, "runAfter": { "Tell": ["Succeeded"] } } } }',
  check({ actions, blocks }, report) {
    for (const { name, block, predecessors, pointer } of actions) {
      for (const { position, accepts } of predecessors) {
        const before = blocks[block]?.members[position];
        if (before?.type.toLowerCase() !== 'terminate') continue;
        // It fails when its own expressions do, and is skipped like any other.
        if ((accepts & (statusBit('Failed') | statusBit('Skipped'))) !== 0) continue;
        report(pointerTo(pointer, 'runAfter', before.name), `"${name}" never runs: "${before.name}" ends the run`);
      }
    }
  },
};
