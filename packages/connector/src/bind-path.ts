import type { ConnectorModel, JsonValue, OperationModel, ParameterModel } from '@patchbay/definition';
import type { ParameterValues } from './contract.ts';
import { ConnectorError } from './errors.ts';
import { writeDocument, writeText } from './parameter-style.ts';
import { compilePlainValue, compileTexts } from './parameter-text.ts';
import { checkPathValue, escapesPath, parsePathTemplate } from './path-template.ts';
import { encodeReservedInPath, encodeText } from './percent-encoding.ts';
import { missing, suppliedValue } from './supplied-value.ts';

/** Compiles a path template: each value is checked and written as it stands in the path. */
export function compilePath(model: ConnectorModel, operation: OperationModel): (given: ParameterValues) => string {
  const { literals, names, query } = parsePathTemplate(operation.path);
  const parameters = new Map(
    operation.parameters.filter((one) => one.in === 'path').map((parameter) => [parameter.name, parameter]),
  );
  // A matrix or a label begins with a character of its own.
  if (['x', ';x', '.x'].some((value) => escapesPath(literals.join(value)))) {
    throw new ConnectorError('path-escapes', `The path ${operation.path} leaves the connector's base path.`);
  }
  const slots = names.map((name) => {
    const parameter = parameters.get(name);
    return parameter === undefined ? undefined : { parameter, write: compileValue(model, parameter) };
  });
  const suffix = query === '' ? '' : `?${query}`;
  return (given) => {
    let path = literals[0] ?? '';
    for (const [index, slot] of slots.entries()) {
      if (slot === undefined) throw undeclared(names[index] ?? '');
      const value = suppliedValue(slot.parameter, given);
      if (value === undefined) throw missing(slot.parameter);
      path += slot.write(value) + (literals[index + 1] ?? '');
    }
    return path + suffix;
  };
}

function undeclared(name: string): ConnectorError {
  return new ConnectorError(
    'parameter-missing',
    `The path has {${name}}, but the definition declares no such parameter.`,
  );
}

function compileValue(model: ConnectorModel, parameter: ParameterModel): (value: JsonValue) => string {
  const { name, style } = parameter;
  const encode = parameter.urlEncoding === 'double' ? (text: string) => encodeText(encodeText(text)) : encodeText;
  if (style === undefined || style.kind === 'content' || style.kind === 'querystring') {
    const texts = compileTexts(model, parameter);
    return (value) => {
      const text = style === undefined ? texts(value).join(',') : writeDocument(style.mediaType, value, true);
      checkPathValue(name, text);
      return encode(text);
    };
  }
  const plain = compilePlainValue(model, parameter);
  const encodeItem = style.allowReserved ? encodeReservedInPath : encode;
  return (value) => {
    const checked = plain(value);
    checkPathValue(
      name,
      writeText(style, name, checked, (text) => text),
    );
    return writeText(style, name, checked, encodeItem);
  };
}
