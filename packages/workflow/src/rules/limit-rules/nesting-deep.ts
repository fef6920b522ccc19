import type { FlowRule } from '../rule.ts';

const mostLevels = 8;

export const nestingDeep: FlowRule = {
  code: 'nesting-deep',
  severity: 'warning',
  title: 'Actions are nested at most eight levels deep.',
  why: 'The platform names this limit and does not always hold to it; deeper flows work here.',
  bad: '{ "actions": { "Level_1": { "type": "Scope", "actions": { "Level_2": … { "Level_9": … } } } } }',
  good: '{ "actions": { "Level_1": { "type": "Scope", "actions": { "Level_2": … { "Level_8": … } } } } }',
  check({ actions, blocks, ownersOf }, report) {
    for (const block of blocks) {
      // The first of each block that is too deep, and none of those inside it.
      const [first] = block.members;
      if (first === undefined || ownersOf(first.index).length !== mostLevels) continue;
      const message = `"${first.name}" stands ${mostLevels + 1} levels deep; flows of the platform go ${mostLevels} deep`;
      report(actions[first.index]?.pointer ?? '/actions', message);
    }
  },
};
