import type { Evaluator } from '@patchbay/expression';
import type { CompiledAction } from '../actions/action-kind.ts';
import type { StaticResult } from './plan.ts';
import type { RunAfter } from './run-after.ts';

/** A use of an action's name in an expression. */
export type Use = {
  readonly kind: 'action' | 'result';
  readonly name: string;
  /** The action whose definition contains the expression; -1 in triggers and outputs. */
  readonly action: number;
};

/** An action while its definition is compiled: what it runs after is known by name only. */
export type Draft = {
  readonly name: string;
  readonly type: string;
  readonly pointer: string;
  readonly block: number;
  readonly position: number;
  readonly runAfter: RunAfter;
  readonly staticResult?: StaticResult;
  compiled: CompiledAction;
  trackedProperties?: Evaluator;
};

/** Actions that stand together: those of the definition, or of one container. */
export type BlockDraft = {
  readonly parent: number;
  readonly owner: number;
  readonly members: number[];
  readonly names: Map<string, number>;
};

/** Everything that is known of a definition once it was walked. */
export type Drafts = {
  readonly drafts: readonly Draft[];
  readonly blocks: readonly BlockDraft[];
  /** By lower-case names. */
  readonly byName: ReadonlyMap<string, number>;
};

/** The containers around an action, innermost first. */
export function enclosing({ drafts, blocks }: Pick<Drafts, 'drafts' | 'blocks'>, action: number): readonly number[] {
  const owners: number[] = [];
  for (let block = drafts[action]?.block ?? -1; block >= 0; ) {
    const owner = blocks[block]?.owner ?? -1;
    if (owner < 0) break;
    owners.push(owner);
    block = drafts[owner]?.block ?? -1;
  }
  return owners;
}
