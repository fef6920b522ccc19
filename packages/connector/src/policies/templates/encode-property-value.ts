import { parsePolicyPath, parseSubPath } from '@patchbay/definition';
import { encodeText } from '../../percent-encoding.ts';
import { changeProperties } from '../change-properties.ts';
import type { PolicyTemplate } from '../policy.ts';

/** Percent-encodes the text of a property. */
export const encodePropertyValue: PolicyTemplate = {
  templateId: 'encodepropertyvalue',
  compile: (values) => {
    const place = {
      parent: parsePolicyPath(values.get('propertyParentPath')),
      from: parseSubPath(values.get('propertySubPath')) ?? [],
      to: parsePolicyPath(values.get('newPropertyPath')),
    };
    return {
      on: 'body',
      apply: (body) =>
        changeProperties(body, place, (value) => (typeof value === 'string' ? encodeText(value) : undefined)),
    };
  },
};
