import { toText } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';

/** Escapes everything but the unreserved characters (RFC 3986 §2.3), more than JavaScript's own function does. */
export const uriComponent: EagerFunction = {
  kind: 'eager',
  name: 'uriComponent',
  parameters: ['value'],
  apply: ([value = null]) =>
    encodeURIComponent(toText(value).toWellFormed()).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
};

export const encodeUriComponent: EagerFunction = { ...uriComponent, name: 'encodeUriComponent' };
