import type { ConnectorModel, JsonValue, OperationModel, ParameterModel } from '@patchbay/definition';
import { type BindBody, compileBody, isJsonType } from './bind-body.ts';
import { closestNames } from './closest-names.ts';
import type { BoundRequest, ParameterValues } from './contract.ts';
import { ConnectorError } from './errors.ts';
import { type EncodedBody, encodeMultipart, encodeUrlForm, type FormField } from './form-body.ts';
import { compileTexts, type WriteTexts } from './parameter-text.ts';
import { encodePathValue, encodeText, escapesPath, parsePathTemplate } from './path-template.ts';

/** Binds parameter values to a request; throws {@link ConnectorError}s that name the parameter. */
export type Bind = (parameters: ParameterValues) => BoundRequest;

type Slot = { readonly parameter: ParameterModel; readonly texts: WriteTexts };

/** Headers that the transport writes itself, whatever a definition says. */
const transportHeaders = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'expect',
  'te',
  'upgrade',
  'trailer',
]);

/** Compiles an operation once: how each parameter is written is decided here, a call only writes. */
export function compileBind(model: ConnectorModel, operation: OperationModel, baseUrl: string): Bind {
  const slots = operation.parameters.map((parameter): Slot => ({ parameter, texts: compileTexts(parameter) }));
  const inLocation = (location: ParameterModel['in']): readonly Slot[] =>
    slots.filter((slot) => slot.parameter.in === location);
  const bindPath = compilePath(operation, inLocation('path'));
  const [queries, headers, fields] = [inLocation('query'), inLocation('header'), inLocation('formData')];
  const bindBody =
    operation.body === undefined ? compileForm(operation, fields) : compileBody(model, operation, operation.body);
  const isKnown = compileKnownNames(operation);
  const accept = acceptOf(operation);
  const method = operation.method.toUpperCase();
  return (given) => {
    for (const name of Object.keys(given)) if (!isKnown(name)) throw unknownParameter(operation, name);
    const path = bindPath(given);
    const query = bindQuery(queries, given);
    const body = bindBody?.(given);
    const separator = path.includes('?') ? '&' : '?';
    return {
      method,
      url: `${requireBase(baseUrl)}${path}${query === '' ? '' : `${separator}${query}`}`,
      headers: bindHeaders(headers, given, accept, body),
      ...(body !== undefined && { body: body.body }),
    };
  };
}

function requireBase(baseUrl: string): string {
  if (baseUrl !== '') return baseUrl;
  throw new ConnectorError(
    'host-missing',
    'The definition names no host that can be called. Give it one, or a base URL.',
  );
}

function compilePath(operation: OperationModel, slots: readonly Slot[]): (given: ParameterValues) => string {
  const { literals, names, query } = parsePathTemplate(operation.path);
  const byName = new Map(slots.map((slot) => [slot.parameter.name, slot]));
  if (escapesPath(literals.join('x'))) {
    throw new ConnectorError('path-escapes', `The path ${operation.path} leaves the connector's base path.`);
  }
  const suffix = query === '' ? '' : `?${query}`;
  return (given) => {
    let path = literals[0] ?? '';
    for (const [index, name] of names.entries()) {
      const slot = byName.get(name);
      if (slot === undefined) {
        throw new ConnectorError(
          'parameter-missing',
          `The path has {${name}}, but the definition declares no such parameter.`,
        );
      }
      const value = suppliedValue(slot.parameter, given);
      if (value === undefined) throw missing(slot.parameter);
      path +=
        encodePathValue(name, slot.texts(value).join(','), slot.parameter.urlEncoding) + (literals[index + 1] ?? '');
    }
    return path + suffix;
  };
}

function bindQuery(slots: readonly Slot[], given: ParameterValues): string {
  let query = '';
  for (const { parameter, texts } of slots) {
    const value = suppliedValue(parameter, given);
    if (value === undefined) {
      if (parameter.required) throw missing(parameter);
      continue;
    }
    for (const text of texts(value))
      query += `${query === '' ? '' : '&'}${encodeText(parameter.name)}=${encodeText(text)}`;
  }
  return query;
}

function bindHeaders(
  slots: readonly Slot[],
  given: ParameterValues,
  accept: string,
  body: EncodedBody | undefined,
): { readonly [name: string]: string } {
  const headers: Record<string, string> = { accept };
  if (body !== undefined) headers['content-type'] = body.contentType;
  for (const { parameter, texts } of slots) {
    const name = parameter.name.toLowerCase();
    if (transportHeaders.has(name)) continue;
    const value = suppliedValue(parameter, given);
    if (value === undefined) {
      if (parameter.required && !(name in headers)) throw missing(parameter);
      continue;
    }
    // A multipart body's boundary is part of its type: nobody else can know it.
    if (name === 'content-type' && body?.contentType.startsWith('multipart/') === true) continue;
    headers[name] = headerText(parameter, texts(value).join(','));
  }
  return headers;
}

/** A header's value without the blanks around it, which are not part of it (RFC 9110 §5.5). */
function headerText(parameter: ParameterModel, given: string): string {
  const text = given.trim();
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 && code !== 9) {
      throw new ConnectorError(
        'parameter-invalid',
        `The parameter ${parameter.name} is a header and must not hold line breaks or control characters.`,
      );
    }
  }
  // Header fields are octets: what is beyond Latin-1 goes as UTF-8 (RFC 9110 §5.5 lets recipients treat it as opaque).
  const isLatin1 =
    text.length === Buffer.byteLength(text, 'latin1') && Buffer.from(text, 'latin1').toString('latin1') === text;
  return isLatin1 ? text : Buffer.from(text, 'utf8').toString('latin1');
}

function compileForm(operation: OperationModel, slots: readonly Slot[]): BindBody | undefined {
  if (slots.length === 0) return undefined;
  const hasFile = slots.some(({ parameter }) => parameter.schema.kind === 'file');
  const isMultipart =
    hasFile || operation.consumes.some((type) => type.toLowerCase().startsWith('multipart/form-data'));
  return (given) => {
    const fields: FormField[] = [];
    for (const { parameter, texts } of slots) {
      const value = suppliedValue(parameter, given);
      if (value === undefined) {
        if (parameter.required) throw missing(parameter);
        continue;
      }
      fields.push({ name: parameter.name, isFile: parameter.schema.kind === 'file', value, texts: texts(value) });
    }
    return isMultipart ? encodeMultipart(fields) : encodeUrlForm(fields);
  };
}

/**
 * A parameter's value: what is given, else its default when it is required. An optional parameter's default is what the API assumes
 * by itself, so it is not sent.
 */
function suppliedValue(parameter: ParameterModel, given: ParameterValues): JsonValue | undefined {
  const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined;
  if (value === '' && parameter.in === 'query' && !parameter.required && !parameter.allowEmptyValue) return undefined;
  if (value !== undefined && value !== null) return value;
  return parameter.required ? parameter.default : undefined;
}

function missing(parameter: ParameterModel): ConnectorError {
  const label = parameter.summary === parameter.name ? '' : ` (${parameter.summary})`;
  return new ConnectorError(
    'parameter-missing',
    `The parameter ${parameter.name}${label} is required and was not given.`,
  );
}

function compileKnownNames(operation: OperationModel): (name: string) => boolean {
  const names = new Set(operation.parameters.map((parameter) => parameter.name));
  const { body } = operation;
  if (body === undefined) return (name) => names.has(name);
  const prefix = `${body.name}/`;
  return (name) => names.has(name) || name === body.name || name.startsWith(prefix);
}

function unknownParameter(operation: OperationModel, name: string): ConnectorError {
  const known = [
    ...operation.parameters.map((parameter) => parameter.name),
    ...(operation.body ? [operation.body.name] : []),
  ];
  const close = closestNames(name, known);
  const hint =
    known.length === 0
      ? 'It takes none.'
      : close.length > 0
        ? `Did you mean ${close.join(' or ')}?`
        : `It takes ${known.slice(0, 12).join(', ')}.`;
  return new ConnectorError('parameter-unknown', `The operation has no parameter ${name}. ${hint}`, {
    operationId: operation.operationId,
  });
}

/**
 * The media type that is asked for when the caller names none: what the definition says its own `Accept` parameter takes, else what the
 * operation produces, JSON first.
 */
function acceptOf({ parameters, produces }: OperationModel): string {
  const declared = parameters.find(({ in: place, name }) => place === 'header' && name.toLowerCase() === 'accept');
  if (typeof declared?.default === 'string' && declared.default.trim() !== '') return declared.default.trim();
  const types = (declared?.schema.enum ?? produces).filter((type) => typeof type === 'string');
  return types.find(isJsonType) ?? types[0] ?? 'application/json, */*;q=0.8';
}
