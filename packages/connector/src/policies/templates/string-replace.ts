import { parsePolicyPath, parseSubPath } from '@patchbay/definition';
import { changeProperties } from '../change-properties.ts';
import type { PolicyTemplate } from '../policy.ts';

/** Replaces every occurrence of a text in a property. */
export const stringReplace: PolicyTemplate = {
  templateId: 'stringreplace',
  compile: (values) => {
    const place = {
      parent: parsePolicyPath(values.get('propertyParentPath')),
      from: parseSubPath(values.get('propertySubPath')) ?? [],
      to: parsePolicyPath(values.get('newPropertyPath')),
    };
    const [source, replacement] = [values.text('sourceString'), values.text('replacementString')];
    return {
      on: 'body',
      apply: (body) =>
        changeProperties(body, place, (value) =>
          typeof value === 'string' && source !== '' ? value.replaceAll(source, () => replacement) : undefined,
        ),
    };
  },
};
