export { closestName } from './closest-name.ts';
export { type CompiledTemplate, compile, compileValue } from './compile.ts';
export { contentToValue, isJsonType, readEnvelope, toText, valueToContent } from './content.ts';
export type { Evaluator, JsonValue, Real, Scope, Value, ValueObject } from './contract.ts';
export { ExpressionError, type ExpressionErrorReason, positionIn } from './errors.ts';
export { FoldingAllowance } from './folding-allowance.ts';
export type { ResultType } from './functions/result-types.ts';
export { inspectTemplate, type TemplateInspection, type TemplateProblem } from './inspect-template.ts';
export { jsonNestsTooDeep, maximumJsonDepth } from './json-depth.ts';
export { parseJson } from './parse-json.ts';
export { parseTemplate } from './parser.ts';
export type { NameReference } from './references.ts';
export { scopeFromInputs } from './scope-from-inputs.ts';
export { fromUtc, ianaTimeZone, toUtc } from './time/time-zone.ts';
export { equalValues, stringify, toJson } from './values.ts';
export { parseXpath } from './xml/xpath/parse.ts';
export {
  type XpathAxis,
  XpathError,
  type XpathExpression,
  type XpathNodeTest,
  type XpathOperator,
  type XpathStep,
} from './xml/xpath/syntax.ts';
