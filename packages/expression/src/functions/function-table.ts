import { contains } from './collection/contains.ts';
import { empty } from './collection/empty.ts';
import { first } from './collection/first.ts';
import { intersection } from './collection/intersection.ts';
import { item } from './collection/item.ts';
import { join } from './collection/join.ts';
import { last } from './collection/last.ts';
import { reverse } from './collection/reverse.ts';
import { skip } from './collection/skip.ts';
import { sort } from './collection/sort.ts';
import { take } from './collection/take.ts';
import { union } from './collection/union.ts';
import { array } from './conversion/array.ts';
import { base64, encodeBase64 } from './conversion/base64.ts';
import { base64ToBinary } from './conversion/base64-to-binary.ts';
import { base64ToString, decodeBase64 } from './conversion/base64-to-string.ts';
import { binary } from './conversion/binary.ts';
import { bool } from './conversion/bool.ts';
import { createArray } from './conversion/create-array.ts';
import { dataUri } from './conversion/data-uri.ts';
import { dataUriToBinary, decodeDataUri } from './conversion/data-uri-to-binary.ts';
import { dataUriToString } from './conversion/data-uri-to-string.ts';
import { decimal } from './conversion/decimal.ts';
import { float } from './conversion/float.ts';
import { int } from './conversion/int.ts';
import { json } from './conversion/json.ts';
import { string } from './conversion/string.ts';
import { encodeUriComponent, uriComponent } from './conversion/uri-component.ts';
import { uriComponentToBinary } from './conversion/uri-component-to-binary.ts';
import { decodeUriComponent, uriComponentToString } from './conversion/uri-component-to-string.ts';
import { xml } from './conversion/xml.ts';
import { addDays } from './date/add-days.ts';
import { addHours } from './date/add-hours.ts';
import { addMinutes } from './date/add-minutes.ts';
import { addSeconds } from './date/add-seconds.ts';
import { addToTime } from './date/add-to-time.ts';
import { convertFromUtc } from './date/convert-from-utc.ts';
import { convertTimeZone } from './date/convert-time-zone.ts';
import { convertToUtc } from './date/convert-to-utc.ts';
import { dateDifference } from './date/date-difference.ts';
import { dayOfMonth } from './date/day-of-month.ts';
import { dayOfWeek } from './date/day-of-week.ts';
import { dayOfYear } from './date/day-of-year.ts';
import { formatDateTime } from './date/format-date-time.ts';
import { formatTimeSpan } from './date/format-time-span.ts';
import { getFutureTime } from './date/get-future-time.ts';
import { getPastTime } from './date/get-past-time.ts';
import { parseDateTime } from './date/parse-date-time.ts';
import { startOfDay } from './date/start-of-day.ts';
import { startOfHour } from './date/start-of-hour.ts';
import { startOfMonth } from './date/start-of-month.ts';
import { subtractFromTime } from './date/subtract-from-time.ts';
import { ticks } from './date/ticks.ts';
import { utcNow } from './date/utc-now.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { and } from './logical/and.ts';
import { equals } from './logical/equals.ts';
import { greater } from './logical/greater.ts';
import { greaterOrEquals } from './logical/greater-or-equals.ts';
import { ifFunction } from './logical/if.ts';
import { less } from './logical/less.ts';
import { lessOrEquals } from './logical/less-or-equals.ts';
import { not } from './logical/not.ts';
import { or } from './logical/or.ts';
import { addProperty } from './manipulation/add-property.ts';
import { coalesce } from './manipulation/coalesce.ts';
import { mergeObjects } from './manipulation/merge-objects.ts';
import { removeProperty } from './manipulation/remove-property.ts';
import { setProperty } from './manipulation/set-property.ts';
import { xpath } from './manipulation/xpath.ts';
import { add } from './math/add.ts';
import { div } from './math/div.ts';
import { max } from './math/max.ts';
import { min } from './math/min.ts';
import { mod } from './math/mod.ts';
import { mul } from './math/mul.ts';
import { rand } from './math/rand.ts';
import { range } from './math/range.ts';
import { sub } from './math/sub.ts';
import { chunk } from './string/chunk.ts';
import { concat } from './string/concat.ts';
import { decodeXmlName } from './string/decode-xml-name.ts';
import { decodeXmlValue } from './string/decode-xml-value.ts';
import { encodeXmlName } from './string/encode-xml-name.ts';
import { encodeXmlValue } from './string/encode-xml-value.ts';
import { endsWith } from './string/ends-with.ts';
import { formatNumber } from './string/format-number.ts';
import { guid } from './string/guid.ts';
import { indexOf } from './string/index-of.ts';
import { isFloat } from './string/is-float.ts';
import { isInt } from './string/is-int.ts';
import { lastIndexOf } from './string/last-index-of.ts';
import { length } from './string/length.ts';
import { nthIndexOf } from './string/nth-index-of.ts';
import { replace } from './string/replace.ts';
import { slice } from './string/slice.ts';
import { split } from './string/split.ts';
import { startsWith } from './string/starts-with.ts';
import { substring } from './string/substring.ts';
import { toLower } from './string/to-lower.ts';
import { toUpper } from './string/to-upper.ts';
import { trim } from './string/trim.ts';
import { trimByteOrderMark } from './string/trim-byte-order-mark.ts';
import { utf8Length } from './string/utf8-length.ts';
import { utf16Length } from './string/utf16-length.ts';
import { uriHost } from './uri/uri-host.ts';
import { uriPath } from './uri/uri-path.ts';
import { uriPathAndQuery } from './uri/uri-path-and-query.ts';
import { uriPort } from './uri/uri-port.ts';
import { uriQuery } from './uri/uri-query.ts';
import { uriScheme } from './uri/uri-scheme.ts';
import { action } from './workflow/action.ts';
import { actions } from './workflow/actions.ts';
import { agentParameters } from './workflow/agent-parameters.ts';
import { appSetting } from './workflow/app-setting.ts';
import { actionBody, body } from './workflow/body.ts';
import { formDataMultiValues } from './workflow/form-data-multi-values.ts';
import { formDataValue } from './workflow/form-data-value.ts';
import { items } from './workflow/items.ts';
import { iterationIndexes } from './workflow/iteration-indexes.ts';
import { listCallbackUrl } from './workflow/list-callback-url.ts';
import { multipartBody } from './workflow/multipart-body.ts';
import { actionOutputs, outputs } from './workflow/outputs.ts';
import { parameters } from './workflow/parameters.ts';
import { result } from './workflow/result.ts';
import { trigger } from './workflow/trigger.ts';
import { triggerBody } from './workflow/trigger-body.ts';
import { triggerFormDataMultiValues } from './workflow/trigger-form-data-multi-values.ts';
import { triggerFormDataValue } from './workflow/trigger-form-data-value.ts';
import { triggerMultipartBody } from './workflow/trigger-multipart-body.ts';
import { triggerOutputs } from './workflow/trigger-outputs.ts';
import { triggers } from './workflow/triggers.ts';
import { variables } from './workflow/variables.ts';
import { workflow } from './workflow/workflow.ts';

/** Every function of the language, by theme. */
export const functions: readonly FunctionDefinition[] = [
  chunk,
  concat,
  decodeXmlName,
  decodeXmlValue,
  encodeXmlName,
  encodeXmlValue,
  endsWith,
  formatNumber,
  guid,
  indexOf,
  isFloat,
  isInt,
  lastIndexOf,
  length,
  nthIndexOf,
  replace,
  slice,
  split,
  startsWith,
  substring,
  toLower,
  toUpper,
  trimByteOrderMark,
  trim,
  utf16Length,
  utf8Length,
  contains,
  empty,
  first,
  intersection,
  item,
  join,
  last,
  reverse,
  skip,
  sort,
  take,
  union,
  and,
  equals,
  greaterOrEquals,
  greater,
  ifFunction,
  lessOrEquals,
  less,
  not,
  or,
  array,
  base64ToBinary,
  base64ToString,
  decodeBase64,
  base64,
  encodeBase64,
  binary,
  bool,
  createArray,
  dataUriToBinary,
  decodeDataUri,
  dataUriToString,
  dataUri,
  decimal,
  float,
  int,
  json,
  string,
  uriComponentToBinary,
  uriComponentToString,
  decodeUriComponent,
  uriComponent,
  encodeUriComponent,
  xml,
  add,
  div,
  max,
  min,
  mod,
  mul,
  rand,
  range,
  sub,
  addDays,
  addHours,
  addMinutes,
  addSeconds,
  addToTime,
  convertFromUtc,
  convertTimeZone,
  convertToUtc,
  dateDifference,
  dayOfMonth,
  dayOfWeek,
  dayOfYear,
  formatDateTime,
  formatTimeSpan,
  getFutureTime,
  getPastTime,
  parseDateTime,
  startOfDay,
  startOfHour,
  startOfMonth,
  subtractFromTime,
  ticks,
  utcNow,
  action,
  actions,
  agentParameters,
  appSetting,
  body,
  actionBody,
  formDataMultiValues,
  formDataValue,
  items,
  iterationIndexes,
  listCallbackUrl,
  multipartBody,
  outputs,
  actionOutputs,
  parameters,
  result,
  triggerBody,
  triggerFormDataMultiValues,
  triggerFormDataValue,
  triggerMultipartBody,
  triggerOutputs,
  trigger,
  triggers,
  variables,
  workflow,
  uriHost,
  uriPathAndQuery,
  uriPath,
  uriPort,
  uriQuery,
  uriScheme,
  addProperty,
  coalesce,
  mergeObjects,
  removeProperty,
  setProperty,
  xpath,
];

const byName: ReadonlyMap<string, FunctionDefinition> = new Map(functions.map((one) => [one.name.toLowerCase(), one]));

/** A function by its name in any case. */
export function findFunction(name: string): FunctionDefinition | undefined {
  return byName.get(name.toLowerCase());
}
