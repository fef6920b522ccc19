import { parsePolicyPath } from '@patchbay/definition';
import { ConnectorError } from '../../errors.ts';
import { escapesPath } from '../../path-template.ts';
import { parseQuery, queryPair } from '../message.ts';
import type { PolicyTemplate } from '../policy.ts';
import { textOf } from '../policy-scope.ts';
import { readAt } from '../property-path.ts';
import { compilePath } from './route-request-to-endpoint.ts';

/** Asks the same API for a value, e.g. an ETag or a token, and puts it into a header or the query of the request. */
export const setValueFromUrl: PolicyTemplate = {
  templateId: 'setvaluefromurl',
  compile: (values) => {
    const target = parsePolicyPath(values.get('parameterTemplate'));
    const urlOf = compilePath(values.text('parameterValueUrl'));
    const from = parsePolicyPath(values.get('parameterValuePathTemplate'));
    const method = values.text('httpMethod', 'GET').toUpperCase();
    return {
      on: 'request',
      needsBody: false,
      apply: async (message, context) => {
        const [path = '', query = ''] = urlOf(context).split('?', 2);
        const written = path.startsWith('/') ? path : `/${path}`;
        if (escapesPath(written)) {
          throw new ConnectorError('path-escapes', `The policy asks ${written}, outside the connector's base path.`);
        }
        const { 'content-type': _, 'content-length': __, ...headers } = message.headers;
        const answer = await context.send({
          ...message,
          method,
          path: written,
          query: parseQuery(query),
          headers,
          content: undefined,
          body: undefined,
        });
        if (answer.statusCode >= 300) {
          throw new ConnectorError(
            'policy-failed',
            `The request needs a value from ${method} ${written}, which answered ${answer.statusCode}.`,
          );
        }
        const value = textOf(readAt(answer.body, from?.path ?? []));
        const name = target?.name ?? '';
        if (target?.root === 'queryParameters') {
          return { ...message, query: [...message.query.filter((pair) => pair.name !== name), queryPair(name, value)] };
        }
        return { ...message, headers: { ...message.headers, [name.toLowerCase()]: value.replace(/[\r\n\0]/g, ' ') } };
      },
    };
  },
};
