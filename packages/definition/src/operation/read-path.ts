import type { ParameterModel } from '../model.ts';
import type { Reading } from '../source/reading.ts';

/** A path template, with the slash it must begin with. */
export function readPath(reading: Reading, path: string, pointer: string): string {
  if (path.startsWith('/')) return path;
  reading.report('path-must-start-with-slash', pointer, { path });
  return `/${path}`;
}

/**
 * Compares a path with its parameters: those that do not occur in it are left out, and for each name in it that none was declared
 * for there is one.
 */
export function matchPath(
  reading: Reading,
  operation: { readonly path: string; readonly pointer: string; readonly title: string },
  parameters: readonly ParameterModel[],
): readonly ParameterModel[] {
  const { path, pointer, title } = operation;
  const inTemplate = new Set([...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ''));
  const declared = new Set(parameters.filter((one) => one.in === 'path').map((one) => one.name));
  for (const name of declared) {
    if (!inTemplate.has(name)) reading.report('path-parameter-not-in-path', pointer, { operation: title, name });
  }
  const undeclared = [...inTemplate].filter((name) => !declared.has(name));
  for (const name of undeclared) reading.report('path-parameter-missing', pointer, { operation: title, name });
  return [
    ...parameters.filter((one) => one.in !== 'path' || path.includes(`{${one.name}}`)),
    ...undeclared.map((name) => impliedParameter(name, pointer)),
  ];
}

function impliedParameter(name: string, pointer: string): ParameterModel {
  return {
    name,
    in: 'path',
    required: true,
    schema: { kind: 'string' },
    urlEncoding: 'single',
    summary: name,
    description: '',
    visibility: 'normal',
    allowEmptyValue: false,
    extensions: {},
    pointer,
  };
}
