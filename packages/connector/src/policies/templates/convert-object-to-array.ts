import { type JsonValue, parsePolicyPath, parseSubPath } from '@patchbay/definition';
import { changeProperties } from '../change-properties.ts';
import type { PolicyTemplate } from '../policy.ts';
import { isObject } from '../property-path.ts';

/** Makes of an object an array with an element for each member: its name under one key, its value under another. */
export const convertObjectToArray: PolicyTemplate = {
  templateId: 'convertobjecttoarray',
  compile: (values) => {
    const place = {
      parent: parsePolicyPath(values.get('propertyParentPath')),
      from: parseSubPath(values.get('propertySubPath')) ?? [],
      to: parsePolicyPath(values.get('newPropertyPath')),
    };
    const [keyName, valueName] = [values.text('keyName', 'key') || 'key', values.text('valueName', 'value') || 'value'];
    return {
      on: 'body',
      apply: (body) =>
        changeProperties(body, place, (value) =>
          isObject(value)
            ? Object.entries(value).map(([name, member]: [string, JsonValue]) =>
                Object.fromEntries([
                  [keyName, name],
                  [valueName, member],
                ]),
              )
            : undefined,
        ),
    };
  },
};
