import { type Block, statusBit } from '../../plan/plan.ts';
import type { FlowRule } from '../rule.ts';
import type { CheckedAction } from '../subject.ts';

/** Every pair of these is compared. */
const mostCompared = 200;
/** Steps back from an action; more tell little. */
const mostSteps = 2_000;
const everyStatus = -1;

type Chain = readonly CheckedAction[];

export const responseInParallel: FlowRule = {
  code: 'response-in-parallel',
  severity: 'warning',
  title: 'No two Response actions stand in branches that run at the same time.',
  why: 'The first one answers the caller and the other fails; which one that is, is left to chance. Of two that wait for different results of one action, one runs only.',
  bad: '{ "triggers": { "manual": { "type": "Request", "kind": "Http" } }, "actions": { "Yes": { "type": "Response", "inputs": { "statusCode": 200 } }, "No": { "type": "Response", "inputs": { "statusCode": 404 } } } }',
  good: '{ "triggers": { "manual": { "type": "Request", "kind": "Http" } }, "actions": { "Try": { "type": "Scope", "actions": {} }, "Yes": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Try": ["Succeeded"] } }, "No": { "type": "Response", "inputs": { "statusCode": 500 }, "runAfter": { "Try": ["Failed"] } } } }',
  check({ actions, blocks, ownersOf }, report) {
    const answers = actions.filter(({ compiled }) => compiled.role === 'response').slice(0, mostCompared);
    const chains = answers.map((answer) => [answer, ...ownersOf(answer.index)]);
    for (const [at, chain] of chains.entries()) {
      const [one] = chain;
      const beside = chains.slice(0, at).find((earlier) => runBeside(earlier, chain, blocks));
      if (one === undefined || beside === undefined) continue;
      report(one.pointer, `"${one.name}" may run beside "${beside[0]?.name}", and only one of them answers the caller`);
    }
  },
};

/** Whether two actions, each with those around it, can both run and neither waits for the other. */
function runBeside(left: Chain, right: Chain, blocks: readonly Block[]): boolean {
  for (const one of left) {
    const other = right.find(({ block }) => block === one.block);
    if (other === undefined) continue;
    // Of the branches of one If or Switch only one runs.
    if (other.index === one.index) return false;
    const block = blocks[one.block];
    if (block === undefined) return false;
    const [needs, needed] = [requirementsOf(one, block), requirementsOf(other, block)];
    if (needs.has(other.position) || needed.has(one.position)) return false;
    return ![...needs].some(([position, accepts]) => ((needed.get(position) ?? accepts) & accepts) === 0);
  }
  return false;
}

/** The statuses that members before an action must have for it to run. */
function requirementsOf(action: CheckedAction, { members }: Block): ReadonlyMap<number, number> {
  const needed = new Map<number, number>();
  const open = [...action.predecessors];
  for (let next = open.pop(); next !== undefined && needed.size < mostSteps; next = open.pop()) {
    const { position, accepts } = next;
    const known = needed.get(position);
    needed.set(position, (known ?? accepts) & accepts);
    if (known === undefined) open.push(...requiredBy(members[position]?.predecessors ?? [], accepts));
  }
  return needed;
}

/** Of an action that may have been skipped, nothing follows for those before it but their order. */
function requiredBy(predecessors: CheckedAction['predecessors'], accepts: number): CheckedAction['predecessors'] {
  if ((accepts & statusBit('Skipped')) === 0) return predecessors;
  return predecessors.map((predecessor) => ({ ...predecessor, accepts: everyStatus }));
}
