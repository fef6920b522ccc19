import type { JsonObject, ParameterStyle } from '../model.ts';
import { isObject, isTrue, keptMember, member } from '../source/reading.ts';

const kinds = ['simple', 'label', 'matrix', 'form', 'spaceDelimited', 'pipeDelimited', 'deepObject', 'cookie'] as const;

/** How a value is written, where Patchbay kept it aside because `collectionFormat` cannot say it. */
export function readKeptStyle(parameter: JsonObject): ParameterStyle | undefined {
  const style = keptMember(parameter, 'style');
  if (!isObject(style)) return undefined;
  const mediaType = member(style, 'mediaType');
  if (typeof mediaType === 'string') {
    return { kind: member(style, 'kind') === 'querystring' ? 'querystring' : 'content', mediaType };
  }
  const kind = kinds.find((one) => one === member(style, 'kind'));
  if (kind === undefined) return undefined;
  return { kind, explode: isTrue(member(style, 'explode')), allowReserved: isTrue(member(style, 'allowReserved')) };
}
