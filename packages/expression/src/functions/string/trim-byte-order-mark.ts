import { readEnvelope, toEnvelope } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';

export const trimByteOrderMark: EagerFunction = {
  kind: 'eager',
  name: 'trimByteOrderMark',
  parameters: ['string or object'],
  apply: ([value = null]) => {
    if (typeof value === 'string') return value.replace(/^\uFEFF/, '');
    const envelope = readEnvelope(value);
    if (envelope === undefined) return value;
    const { bytes, contentType } = envelope;
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return toEnvelope(contentType, hasMark ? bytes.subarray(3) : bytes);
  },
};
