export { type CompiledTemplate, compile, compileValue } from './compile.ts';
export { contentToValue, isJsonType, readEnvelope, toText, valueToContent } from './content.ts';
export type { Evaluator, JsonValue, Real, Scope, Value, ValueObject } from './contract.ts';
export { ExpressionError, type ExpressionErrorReason } from './errors.ts';
export { parseTemplate } from './parser.ts';
export type { NameReference } from './references.ts';
export { scopeFromInputs } from './scope-from-inputs.ts';
export { fromUtc, ianaTimeZone, toUtc } from './time/time-zone.ts';
export { equalValues, parseJson, stringify, toJson } from './values.ts';
