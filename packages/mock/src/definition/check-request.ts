import type { ConnectorModel, OperationModel, ParameterModel } from '@patchbay/definition';
import type { MockRequest } from '../message.ts';
import { type CheckBody, compileBodyCheck } from './check-body.ts';
import { type CheckText, compileTextCheck } from './check-text.ts';
import { parseForm } from './parse-form.ts';

/** What is wrong with one part of a request. */
export type RequestProblem = {
  readonly in: ParameterModel['in'] | 'body';
  /** The parameter; absent for the body. */
  readonly name?: string;
  /** JSON pointer into the body. */
  readonly pointer?: string;
  readonly message: string;
};

export type CheckRequest = (request: MockRequest) => readonly RequestProblem[];

/** Compiles what an operation asks of a request: path, required parameters, types, and the body by its schema. */
export function compileCheck(model: ConnectorModel, operation: OperationModel): CheckRequest {
  const parameters = operation.parameters
    .filter(({ style }) => style?.kind !== 'querystring')
    .map((parameter) => ({ parameter, check: compileTextCheck(model, parameter) }));
  const pathValuesOf = compilePath(operation.path.split('?', 1)[0] ?? '');
  const checkBody: CheckBody | undefined = operation.body && compileBodyCheck(model, operation.body);
  return (request) => {
    const values: { readonly [place in ParameterModel['in']]: ValuesOf } = {
      path: pathValuesOf(request.path),
      query: pairsOf(request.query),
      header: (name) => present(request.headers[name.toLowerCase()]),
      cookie: cookiesOf(request.headers['cookie'] ?? ''),
      formData: parseForm(request.headers['content-type'], request.body),
    };
    return [
      ...parameters.flatMap(({ parameter, check }) => checkParameter(parameter, check, values[parameter.in])),
      ...(checkBody?.(request) ?? []),
    ];
  };
}

/** Every value of a name; none when it was not sent. */
export type ValuesOf = (name: string) => readonly string[];

function checkParameter(parameter: ParameterModel, check: CheckText, valuesOf: ValuesOf): readonly RequestProblem[] {
  const { in: place, name, required, style } = parameter;
  // Written in pieces under names of their own, or without a name that can be looked for.
  if (style?.kind === 'deepObject' || (style?.kind === 'form' && style.explode && check.isObject)) return [];
  const found = valuesOf(name);
  if (found.length === 0) {
    return required ? [{ in: place, name, message: `The ${describePlace(place)} ${name} is missing.` }] : [];
  }
  const problem = check.problemOf(found);
  return problem === undefined ? [] : [{ in: place, name, message: `The ${describePlace(place)} ${name} ${problem}.` }];
}

function describePlace(place: ParameterModel['in']): string {
  const words = {
    path: 'path parameter',
    query: 'query parameter',
    header: 'header',
    cookie: 'cookie',
    formData: 'form field',
  };
  return words[place];
}

function compilePath(template: string): (path: string) => ValuesOf {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const pieces = template.split(/\{[^{}]*\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${pieces.join('([^/]*?)')}$`);
  return (path) => {
    const found = pattern.exec(path);
    const values = new Map(names.map((name, index) => [name, decode(found?.[index + 1] ?? '')]));
    return (name) => present(values.get(name));
  };
}

function pairsOf(query: string): ValuesOf {
  const pairs = new URLSearchParams(query);
  return (name) => pairs.getAll(name);
}

function cookiesOf(header: string): ValuesOf {
  const cookies = header.split(';').map((pair) => pair.trim().split(/=(.*)/s));
  return (name) => cookies.flatMap(([own, value = '']) => (own === name ? [decode(value)] : []));
}

function present(value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : [value];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
