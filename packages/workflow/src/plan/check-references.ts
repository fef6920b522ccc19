import { pointerTo } from '../findings.ts';
import type { ActionCompiler, Use } from './action-compiler.ts';
import type { CompileOptions } from './compile-definition.ts';
import type { ActionPlan, Block, ParameterPlan, TriggerPlan } from './plan.ts';

type Checked = {
  readonly compiler: ActionCompiler;
  readonly blocks: readonly Block[];
  readonly actions: readonly ActionPlan[];
  readonly byName: ReadonlyMap<string, number>;
  readonly parameters: readonly ParameterPlan[];
  readonly triggers: readonly TriggerPlan[];
  readonly options: CompileOptions;
};

/** Platform parameters that are there without being declared. */
const undeclaredParameters = new Set(['$connections', '$authentication']);

/** Reports names that lead nowhere, cycles, and references to actions that need not have run yet. */
export function checkReferences(checked: Checked): void {
  const cyclic = checkCycles(checked);
  const declared = new Set(checked.parameters.map((parameter) => parameter.name.toLowerCase()));
  for (const use of checked.compiler.uses) {
    switch (use.kind) {
      case 'action':
      case 'result':
        if (!cyclic) checkActionUse(use, checked);
        break;
      case 'loop':
        if (!checked.byName.has(use.name.toLowerCase())) reportUnknown(use, checked);
        break;
      case 'variable':
        if (!checked.compiler.variables.has(use.name.toLowerCase())) {
          const message = `the variable "${use.name}" is never initialized`;
          checked.compiler.report('variable-unknown', 'error', message, use.pointer);
        }
        break;
      case 'parameter':
        if (!declared.has(use.name.toLowerCase()) && !undeclaredParameters.has(use.name.toLowerCase())) {
          reportParameter(use, checked);
        }
        break;
    }
  }
  checkGiven(checked);
}

function reportUnknown(use: Use, { compiler }: Checked): void {
  const what = use.kind === 'loop' ? 'loop' : 'action';
  compiler.report('reference-unknown', 'error', `there is no ${what} named "${use.name}"`, use.pointer);
}

/** Standard workflows declare their parameters elsewhere: whether the name leads somewhere is certain only when the values are there. */
function reportParameter(use: Use, { compiler, options }: Checked): void {
  const given = options.parameters;
  const isGiven = Object.keys(given ?? {}).some((name) => name.toLowerCase() === use.name.toLowerCase());
  if (isGiven) return;
  const message = `the parameter "${use.name}" is not declared in the definition's parameters`;
  compiler.report('parameter-unknown', given === undefined ? 'warning' : 'error', message, use.pointer);
}

function checkActionUse(use: Use, checked: Checked): void {
  const target = checked.actions[checked.byName.get(use.name.toLowerCase()) ?? -1];
  if (target === undefined) {
    reportUnknown(use, checked);
    return;
  }
  if (use.action < 0 || target.index === use.action) return;
  const user = checked.actions[use.action];
  if (user === undefined || isBefore(target, user, checked)) return;
  const message =
    `"${user.name}" uses the result of "${target.name}", which need not have finished before; ` +
    `let "${user.name}" or an action around it run after "${target.name}"`;
  checked.compiler.report('reference-not-before', 'error', message, use.pointer);
}

/** Whether an action, or a container around it, is a (transitive) predecessor of the user or of a container around the user. */
function isBefore(target: ActionPlan, user: ActionPlan, checked: Checked): boolean {
  const targets = new Set([target.index, ...owners(target, checked)]);
  // An Until's condition and a scope's tracked properties look at the actions inside.
  if (targets.has(user.index)) return true;
  for (const index of [user.index, ...owners(user, checked)]) {
    const action = checked.actions[index];
    if (action === undefined) continue;
    if (index === target.index && index !== user.index) return true;
    const members = checked.blocks[action.block]?.members ?? [];
    if (precedes(members, action.position, targets)) return true;
  }
  return false;
}

function precedes(members: readonly ActionPlan[], position: number, targets: ReadonlySet<number>): boolean {
  const seen = new Set<number>();
  const open = [position];
  while (open.length > 0) {
    const next = open.pop() ?? -1;
    for (const predecessor of members[next]?.predecessors ?? []) {
      if (seen.has(predecessor.position)) continue;
      seen.add(predecessor.position);
      const found = members[predecessor.position];
      if (found !== undefined && targets.has(found.index)) return true;
      open.push(predecessor.position);
    }
  }
  return false;
}

function owners(action: ActionPlan, { blocks, actions }: Checked): readonly number[] {
  const found: number[] = [];
  for (let owner = blocks[action.block]?.owner ?? -1; owner >= 0; ) {
    found.push(owner);
    owner = blocks[actions[owner]?.block ?? -1]?.owner ?? -1;
  }
  return found;
}

function checkCycles({ blocks, compiler }: Checked): boolean {
  let isCyclic = false;
  for (const block of blocks) {
    const pending = [...block.pending];
    const ready = [...block.entries];
    let reached = 0;
    while (ready.length > 0) {
      const position = ready.pop() ?? 0;
      reached++;
      for (const successor of block.members[position]?.successors ?? []) {
        pending[successor] = (pending[successor] ?? 0) - 1;
        if (pending[successor] === 0) ready.push(successor);
      }
    }
    if (reached === block.members.length) continue;
    isCyclic = true;
    const stuck = block.members
      .filter((_, position) => (pending[position] ?? 0) > 0)
      .map((member) => `"${member.name}"`);
    compiler.report('run-after-cycle', 'error', `these actions wait for each other: ${stuck.join(', ')}`, '/actions');
  }
  return isCyclic;
}

function checkGiven({ compiler, options, parameters }: Checked): void {
  if (options.parameters !== undefined) {
    const given = new Set(Object.keys(options.parameters).map((name) => name.toLowerCase()));
    for (const { name, defaultValue } of parameters) {
      const key = name.toLowerCase();
      if (defaultValue !== undefined || given.has(key) || undeclaredParameters.has(key)) continue;
      const message = `the parameter "${name}" has neither a value nor a default`;
      compiler.report('parameter-missing', 'error', message, pointerTo('/parameters', name));
    }
  }
  if (options.connectionReferences !== undefined) {
    const given = new Set(options.connectionReferences.map((name) => name.toLowerCase()));
    for (const { name, pointer } of compiler.connectionUses) {
      if (given.has(name.toLowerCase())) continue;
      const message = `the connection reference "${name}" is not among the flow's connectionReferences`;
      compiler.report('connection-reference-unknown', 'warning', message, pointer);
    }
  }
}
