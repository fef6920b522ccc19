import type { Step } from '../api/flows.ts';

/** A step of a flow with what is inside it. */
export type StepNode = { readonly name: string; readonly type: string; readonly branches: readonly StepBranch[] };

/** `title` is empty for the only branch of a container. */
export type StepBranch = { readonly title: string; readonly steps: readonly StepNode[] };

type Steps = { readonly [name: string]: Step };

/** The steps of a container in the order in which they can run: each after those it runs after. */
export function buildSteps(steps: Steps | undefined): readonly StepNode[] {
  return inRunOrder(steps ?? {}).map(([name, step]) => ({ name, type: step.type ?? '', branches: branchesOf(step) }));
}

function branchesOf(step: Step): readonly StepBranch[] {
  const branches: StepBranch[] = [];
  const add = (title: string, steps: Steps | undefined): void => {
    if (steps !== undefined && Object.keys(steps).length > 0) branches.push({ title, steps: buildSteps(steps) });
  };
  const isCondition = step.type?.toLowerCase() === 'if';
  add(isCondition ? 'If true' : '', step.actions);
  add('If false', step.else?.actions);
  for (const [name, branch] of Object.entries(step.cases ?? {}))
    add(`Case ${branch.case === undefined ? name : String(branch.case)}`, branch.actions);
  add('Default', step.default?.actions);
  return branches;
}

function inRunOrder(steps: Steps): readonly (readonly [string, Step])[] {
  const placed = new Set<string>();
  const ordered: (readonly [string, Step])[] = [];
  let waiting = Object.entries(steps);
  while (waiting.length > 0) {
    const ready = waiting.filter(([, step]) =>
      predecessorsOf(step).every((name) => placed.has(name) || !(name in steps)),
    );
    // A circle is shown as it was written.
    const next = ready.length === 0 ? waiting : ready;
    for (const [name, step] of next) {
      placed.add(name);
      ordered.push([name, step]);
    }
    waiting = waiting.filter(([name]) => !placed.has(name));
  }
  return ordered;
}

function predecessorsOf(step: Step): readonly string[] {
  const after = step['runAfter'];
  return typeof after === 'object' && after !== null ? Object.keys(after) : [];
}
