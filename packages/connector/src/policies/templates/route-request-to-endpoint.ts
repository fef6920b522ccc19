import { ConnectorError } from '../../errors.ts';
import { escapesPath } from '../../path-template.ts';
import { encodeText } from '../../percent-encoding.ts';
import { parseQuery } from '../message.ts';
import type { PolicyContext, PolicyTemplate } from '../policy.ts';
import { compileText } from '../policy-scope.ts';

/** Sends the request to another path below the base, by the caller's method or another; the query is kept. */
export const routeRequestToEndpoint: PolicyTemplate = {
  templateId: 'routerequesttoendpoint',
  compile: (values) => {
    const evaluatePath = compileText(values.text('newPath'));
    const evaluateMethod = compileText(values.text('httpMethod', '@Request.OriginalHTTPMethod'));
    return {
      on: 'request',
      needsBody: false,
      apply: (message, context) => {
        const [path = '', query = ''] = fillPath(evaluatePath({ context }), context).split('?', 2);
        const written = path.startsWith('/') ? path : `/${path}`;
        if (escapesPath(written)) {
          throw new ConnectorError(
            'path-escapes',
            `The policy leads to ${written}, outside the connector's base path.`,
          );
        }
        const added = parseQuery(query);
        const names = new Set(added.map(({ name }) => name));
        return {
          ...message,
          method: evaluateMethod({ context }).trim().toUpperCase() || context.originalMethod,
          path: written,
          query: [...added, ...message.query.filter(({ name }) => !names.has(name))],
        };
      },
    };
  },
};

/** `{name}` stands for the path parameter; one that the operation's path does not have, for the query parameter of that name. */
export function fillPath(template: string, { pathValues, request }: PolicyContext): string {
  return template.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = pathValues.get(name);
    if (value !== undefined) return value;
    const pair = request.query.find((one) => one.name === name)?.pair;
    return pair === undefined ? encodeText(whole) : pair.slice(pair.indexOf('=') + 1);
  });
}
