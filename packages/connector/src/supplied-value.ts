import type { JsonValue, ParameterModel } from '@patchbay/definition';
import type { ParameterValues } from './contract.ts';
import { ConnectorError } from './errors.ts';

/**
 * A parameter's value: what is given, else its default when it is required. An optional parameter's default is what the API assumes
 * by itself, so it is not sent.
 */
export function suppliedValue(parameter: ParameterModel, given: ParameterValues): JsonValue | undefined {
  const value = Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined;
  if (value === '' && parameter.in === 'query' && !parameter.required && !parameter.allowEmptyValue) return undefined;
  if (value !== undefined && value !== null) return value;
  return parameter.required ? parameter.default : undefined;
}

/** The failure of a call that leaves out a required parameter. */
export function missing(parameter: ParameterModel): ConnectorError {
  const label = parameter.summary === parameter.name ? '' : ` (${parameter.summary})`;
  return new ConnectorError(
    'parameter-missing',
    `The parameter ${parameter.name}${label} is required and was not given.`,
  );
}
