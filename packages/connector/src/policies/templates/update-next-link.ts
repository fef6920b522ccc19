import { parseSubPath } from '@patchbay/definition';
import type { PolicyTemplate } from '../policy.ts';
import { readAt, writeAt } from '../property-path.ts';

/** Leads the link to the next page through the connection, so that whoever follows it is authenticated. */
export const updateNextLink: PolicyTemplate = {
  templateId: 'updatenextlink',
  compile: (values) => {
    const path = [
      ...(parseSubPath(values.get('nextLinkParentPropertyPath')) ?? []),
      values.text('nextLinkPropertyName'),
    ];
    return {
      on: 'response',
      apply: (message, { request, runtimeUrl }) => {
        const link = readAt(message.body, path);
        if (typeof link !== 'string' || runtimeUrl === undefined || !URL.canParse(link)) return message;
        const rest = link.startsWith(request.baseUrl)
          ? link.slice(request.baseUrl.length)
          : `${new URL(link).pathname}${new URL(link).search}`;
        return { ...message, body: writeAt(message.body, path, `${runtimeUrl}${rest}`) };
      },
    };
  },
};
