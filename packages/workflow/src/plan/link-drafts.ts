import type { CompileContext } from '../actions/action-kind.ts';
import { pointerTo } from '../findings.ts';
import type { Draft, Drafts } from './draft.ts';
import type { ActionPlan, Block } from './plan.ts';

type Links = ActionPlan['predecessors'];

/** Resolves `runAfter` by names into positions, and makes of drafts what a run goes by. `triggerNames`: in lower case. */
export function linkDrafts(
  walked: Drafts,
  triggerNames: ReadonlySet<string>,
  context: Pick<CompileContext, 'report'>,
): { readonly blocks: readonly Block[]; readonly actions: readonly ActionPlan[] } {
  const { drafts } = walked;
  const positions = walked.blocks.map(({ members }) => positionsOf(drafts, members));
  const isKnown = (name: string): boolean => walked.byName.has(name);
  const links = drafts.map((draft) =>
    linksOf(draft, { positions: positions[draft.block] ?? new Map(), triggerNames, isKnown }, context),
  );
  const successors = successorsOf(walked, links);
  const actions = drafts.map((draft, index): ActionPlan => {
    const { runAfter: _links, pointer: _pointer, ...kept } = draft;
    return {
      ...kept,
      index,
      predecessors: links[index] ?? [],
      successors: successors[index] ?? [],
      keepsIterations: false,
    };
  });
  return { actions, blocks: walked.blocks.map((block, index) => blockOf(block, index, actions)) };
}

function blockOf(
  { members: numbers, parent, owner }: Drafts['blocks'][number],
  index: number,
  actions: readonly ActionPlan[],
): Block {
  const members = numbers.flatMap((member) => actions[member] ?? []);
  const pending = members.map((member) => member.predecessors.length);
  return {
    index,
    parent,
    owner,
    members,
    pending,
    entries: pending.flatMap((count, position) => (count === 0 ? [position] : [])),
    leaves: members.flatMap((member, position) => (member.successors.length === 0 ? [position] : [])),
  };
}

/** Lower-case name → position; of two members with one name the first. */
function positionsOf(drafts: readonly Draft[], members: readonly number[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const [position, member] of members.entries()) {
    const name = drafts[member]?.name.toLowerCase() ?? '';
    if (!positions.has(name)) positions.set(name, position);
  }
  return positions;
}

/** Positions of the members that run after each action, last first. */
function successorsOf({ drafts, blocks }: Drafts, links: readonly Links[]): readonly (readonly number[])[] {
  const successors: number[][] = drafts.map(() => []);
  for (const { members } of blocks) {
    for (const [position, member] of [...members.entries()].reverse()) {
      for (const link of links[member] ?? []) successors[members[link.position] ?? -1]?.push(position);
    }
  }
  return successors;
}

type Siblings = {
  readonly positions: ReadonlyMap<string, number>;
  readonly triggerNames: ReadonlySet<string>;
  readonly isKnown: (name: string) => boolean;
};

function linksOf(
  draft: Draft,
  { positions, triggerNames, isKnown }: Siblings,
  context: Pick<CompileContext, 'report'>,
): Links {
  const pointer = `${draft.pointer}/runAfter`;
  for (const problem of draft.runAfter.problems) {
    context.report(problem.code, 'error', problem.message, `${pointer}${problem.pointer}`);
  }
  const linked = new Set<number>();
  return draft.runAfter.entries.flatMap((entry) => {
    const position = positions.get(entry.name.toLowerCase());
    if (position !== undefined) {
      // The same name in two cases is one predecessor.
      if (linked.has(position)) return [];
      linked.add(position);
      return [{ position, accepts: entry.accepts, acceptsText: entry.acceptsText }];
    }
    if (triggerNames.has(entry.name.toLowerCase())) return [];
    const known = isKnown(entry.name.toLowerCase());
    const message = known
      ? `"${draft.name}" runs after "${entry.name}", which is in another container; only siblings may be named`
      : `"${draft.name}" runs after "${entry.name}", which does not exist`;
    context.report('run-after-unknown', 'error', message, pointerTo(pointer, entry.name));
    return [];
  });
}
