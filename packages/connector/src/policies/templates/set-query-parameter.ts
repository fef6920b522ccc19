import { decodeQuery, queryPair } from '../message.ts';
import type { PolicyTemplate } from '../policy.ts';
import { compileText } from '../policy-scope.ts';

/** Sets a query parameter: over what is there, only when nothing is there, or in addition. Its name may be percent-encoded. */
export const setQueryParameter: PolicyTemplate = {
  templateId: 'setqueryparameter',
  compile: (values) => {
    const name = decodeQuery(values.text('name'));
    const evaluate = compileText(values.text('value'));
    const action = values.text('existsAction', 'override').toLowerCase();
    return {
      on: 'request',
      needsBody: false,
      apply: (message, context) => {
        const exists = message.query.some((pair) => pair.name === name);
        if (exists && action === 'skip') return message;
        const added = queryPair(name, evaluate({ context }));
        const kept = action === 'append' ? message.query : message.query.filter((pair) => pair.name !== name);
        return { ...message, query: [...kept, added] };
      },
    };
  },
};
