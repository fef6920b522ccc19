import { type Drafts, enclosing, type Use } from './draft.ts';
import type { ActionPlan } from './plan.ts';

/** Marks the loops whose iterations are looked at from outside; the others forget theirs. `hasDynamicNames`: who knows which. */
export function keepIterations(
  actions: readonly ActionPlan[],
  walked: Drafts,
  { uses, hasDynamicNames }: { readonly uses: readonly Use[]; readonly hasDynamicNames: boolean },
): readonly ActionPlan[] {
  const kept = new Set<number>();
  for (const use of uses) {
    const target = walked.byName.get(use.name.toLowerCase());
    if (target === undefined) continue;
    if (use.kind === 'result') kept.add(target);
    const around = new Set(enclosing(walked, use.action));
    for (const owner of enclosing(walked, target)) if (!around.has(owner)) kept.add(owner);
  }
  return actions.map((action) =>
    action.compiled.role === 'loop' && (hasDynamicNames || kept.has(action.index))
      ? Object.assign(action, { keepsIterations: true })
      : action,
  );
}
