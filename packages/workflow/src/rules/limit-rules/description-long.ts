import { textMember } from '../../plan/json.ts';
import type { FlowRule } from '../rule.ts';

const longestDescription = 256;

export const descriptionLong: FlowRule = {
  code: 'description-long',
  severity: 'warning',
  title: 'The description of an action or a trigger has at most 256 characters.',
  why: 'The platform may refuse a longer one; it makes no difference here.',
  bad: '{ "actions": { "Tell": { "type": "Compose", "inputs": 1, "description": "… 300 characters …" } } }',
  good: '{ "actions": { "Tell": { "type": "Compose", "inputs": 1, "description": "Says hello." } } }',
  check({ actions, triggers }, report) {
    for (const { name, definition, pointer } of [...triggers, ...actions]) {
      const length = textMember(definition, 'description')?.length ?? 0;
      if (length <= longestDescription) continue;
      const message = `the description of "${name}" has ${length} characters; flows of the platform take ${longestDescription}`;
      report(`${pointer}/description`, message);
    }
  },
};
