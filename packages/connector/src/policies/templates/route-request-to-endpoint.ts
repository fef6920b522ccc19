import { ConnectorError } from '../../errors.ts';
import { escapesPath } from '../../path-template.ts';
import { encodeText } from '../../percent-encoding.ts';
import { parseQuery, type QueryPair } from '../message.ts';
import type { PolicyContext, PolicyTemplate } from '../policy.ts';
import { compileText, constantText } from '../policy-scope.ts';

/** Sends the request to another path below the base, by the caller's method or another; the query is kept. */
export const routeRequestToEndpoint: PolicyTemplate = {
  templateId: 'routerequesttoendpoint',
  compile: (values) => {
    const pathOf = compilePath(values.text('newPath'));
    const evaluateMethod = compileText(values.text('httpMethod', '@Request.OriginalHTTPMethod'));
    return {
      on: 'request',
      needsBody: false,
      apply: (message, context) => {
        const [path = '', query = ''] = pathOf(context).split('?', 2);
        const written = path.startsWith('/') ? path : `/${path}`;
        if (escapesPath(written)) {
          throw new ConnectorError(
            'path-escapes',
            `The policy leads to ${written}, outside the connector's base path.`,
          );
        }
        const method = evaluateMethod({ context }).trim().toUpperCase() || context.originalMethod;
        return {
          ...message,
          method,
          path: written,
          query: query === '' ? message.query : merged(query, message.query),
        };
      },
    };
  },
};

function merged(query: string, given: readonly QueryPair[]): readonly QueryPair[] {
  const added = parseQuery(query);
  const names = new Set(added.map(({ name }) => name));
  return [...added, ...given.filter(({ name }) => !names.has(name))];
}

type FillPath = (context: PolicyContext) => string;

/**
 * A path as the policy writes it: `{name}` stands for the path parameter; one that the operation's path does not have, for the query
 * parameter of that name. One without references is taken apart once.
 */
export function compilePath(text: string): FillPath {
  const constant = constantText(text);
  if (constant !== undefined) return compileFill(constant);
  const evaluate = compileText(text);
  return (context) => compileFill(evaluate({ context }))(context);
}

function compileFill(template: string): FillPath {
  // Texts and names in turns.
  const [first = '', ...rest] = template.split(/\{([^{}]*)\}/);
  return (context) => {
    let filled = first;
    for (let index = 0; index < rest.length; index += 2) {
      filled += `${placeholderValue(rest[index] ?? '', context)}${rest[index + 1]}`;
    }
    return filled;
  };
}

function placeholderValue(name: string, { pathValues, request }: PolicyContext): string {
  const value = pathValues.get(name);
  if (value !== undefined) return value;
  const pair = request.query.find((one) => one.name === name)?.pair;
  return pair === undefined ? encodeText(`{${name}}`) : pair.slice(pair.indexOf('=') + 1);
}
