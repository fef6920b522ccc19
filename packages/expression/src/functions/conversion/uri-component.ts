import { toMeteredText } from '../../content.ts';
import { mapSlices } from '../../map-slices.ts';
import type { EagerFunction } from '../function-definition.ts';
import { checkTextLength } from '../limits.ts';

/** Escapes everything but the unreserved characters (RFC 3986 §2.3), more than JavaScript's own function does. */
export const uriComponent: EagerFunction = {
  kind: 'eager',
  name: 'uriComponent',
  parameters: ['value'],
  apply: ([value = null], _, meter) => {
    const escaped = mapSlices(toMeteredText(value, meter), escapeUri);
    checkTextLength('uriComponent', escaped.length);
    return escaped;
  },
};

function escapeUri(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export const encodeUriComponent: EagerFunction = { ...uriComponent, name: 'encodeUriComponent' };
