import { isRequestType } from '../../triggers/request-trigger.ts';
import { findTriggerKind } from '../../triggers/table-of-kinds.ts';
import type { FlowRule } from '../rule.ts';

const refused: ReadonlySet<string> = new Set(['recurrence', 'slidingwindow', 'batch']);

export const responseWithoutCaller: FlowRule = {
  code: 'response-without-caller',
  severity: 'error',
  title: 'A flow with a Response has a trigger that somebody calls and waits for.',
  why: 'A recurrence, a sliding window or a batch has no caller whom a Response could answer; the platform refuses the flow. With other triggers that have none it is a warning: the Response is skipped.',
  bad: '{ "triggers": { "Daily": { "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1 } } }, "actions": { "Answer": { "type": "Response", "inputs": { "statusCode": 200 } } } }',
  good: '{ "triggers": { "manual": { "type": "Request", "kind": "Http" } }, "actions": { "Answer": { "type": "Response", "inputs": { "statusCode": 200 } } } }',
  check({ actions, triggers }, report) {
    const answer = actions.find(({ compiled }) => compiled.role === 'response');
    if (answer === undefined) return;
    // Of a trigger that is not known, nobody can tell.
    if (triggers.some(({ kind }) => isRequestType(kind) || findTriggerKind(kind) === undefined)) return;
    for (const { name, kind, pointer } of triggers) {
      report(
        pointer,
        `nobody waits for an answer when trigger "${name}" fires, so the Response "${answer.name}" has no one to answer; remove it, or take a Request trigger`,
        { severity: refused.has(kind) ? 'error' : 'warning' },
      );
    }
  },
};
