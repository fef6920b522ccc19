import { isObject, type Json, plainDocument, resolve } from './plain-document.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data'];

/** What of a connector stands outside its definition. */
export type Known = {
  /** Its properties ask for a sign-in by OAuth 2.0, of which the definition says nothing: they count. */
  readonly signsInElsewhere?: boolean;
};

/**
 * A copy of a Swagger 2.0 definition in words that Prism reads as they are meant:
 *
 * - A body without media types takes any, and a form is sent in one of its two types (OpenAPI 2.0, Parameter Object). Prism refuses every
 *   body there.
 * - What a `Content-Type` or `Accept` parameter offers is consumed or produced as well: connectors say their media types there.
 * - It has neither extensions nor references that cannot be followed, in which Prism looks for more of the document.
 * - A sign-in that only the properties know takes the place of the definition's security.
 */
export function sayForPrism(definition: unknown, known: Known): object {
  const copy = plainDocument(definition);
  const operations = objectsIn(copy['paths']).flatMap((item) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return isObject(operation) ? [{ operation, shared: parametersOf(copy, item['parameters']) }] : [];
    }),
  );
  for (const { operation, shared } of operations) sayTypes(copy, operation, shared);
  if (known.signsInElsewhere !== true) return copy;
  for (const { operation } of operations) delete operation['security'];
  const signIn = { type: 'oauth2', flow: 'accessCode', authorizationUrl: someUrl, tokenUrl: someUrl, scopes: {} };
  return { ...copy, securityDefinitions: { signIn }, security: [{ signIn: [] }] };
}

const someUrl = 'https://example.com/';

function sayTypes(definition: Json, operation: Json, shared: readonly Json[]): void {
  const parameters = [...parametersOf(definition, operation['parameters']), ...shared];
  const given = textsIn(operation['consumes'] ?? definition['consumes']);
  const named = offered(parameters, 'content-type');
  const hasBody = parameters.some((one) => one['in'] === 'body');
  const hasForm = !hasBody && parameters.some((one) => one['in'] === 'formData');
  const isForm = (type: string): boolean => formTypes.includes(type.toLowerCase());
  if (hasBody) operation['consumes'] = given.length === 0 ? ['*/*'] : [...new Set([...given, ...named])];
  if (hasForm && !given.some(isForm)) operation['consumes'] = [...given, ...formTypes];
  const produced = textsIn(operation['produces'] ?? definition['produces']);
  const asked = offered(parameters, 'accept');
  if (produced.length > 0 && asked.length > 0) operation['produces'] = [...new Set([...produced, ...asked])];
}

/** The media types that a header parameter may hold, by its enumeration or its default. */
function offered(parameters: readonly Json[], header: string): readonly string[] {
  const parameter = parameters.find(
    ({ in: place, name }) => place === 'header' && String(name).toLowerCase() === header,
  );
  const types = textsIn(parameter?.['enum'] ?? [parameter?.['default']]);
  return types.map((type) => type.trim()).filter((type) => /^[\w.+*-]+\/[\w.+*-]+$/.test(type));
}

function parametersOf(definition: Json, parameters: unknown): readonly Json[] {
  return objectsIn(parameters).flatMap((one) => {
    const reference = one['$ref'];
    const target = typeof reference === 'string' ? resolve(definition, reference) : one;
    return isObject(target) ? [target] : [];
  });
}

function objectsIn(value: unknown): readonly Json[] {
  return typeof value === 'object' && value !== null ? Object.values(value).filter(isObject) : [];
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
