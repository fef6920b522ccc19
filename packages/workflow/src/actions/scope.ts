import { member } from '../plan/json.ts';
import type { ActionKind } from './action-kind.ts';

/** Groups actions and takes their common result. */
export const scope: ActionKind = {
  type: 'Scope',
  compile(source, context) {
    const block = context.block(member(source.definition, 'actions'), `${source.pointer}/actions`);
    return { role: 'container', blocks: [block], execute: () => ({ kind: 'branch', block, skipped: [] }) };
  },
};
