import { isObject } from '../../source/reading.ts';
import type { Subject } from '../subject.ts';
import { listOf, type Place, textOf } from './resolve.ts';

/** One entry of `x-ms-connector-metadata`. */
export type MetadataEntry = Place & { readonly name: string; readonly text: string };

export function metadataOf(subject: Subject): readonly MetadataEntry[] {
  return listOf(subject.root, 'x-ms-connector-metadata').flatMap((item, index) =>
    isObject(item)
      ? [
          {
            value: item,
            pointer: `/x-ms-connector-metadata/${index}`,
            name: textOf(item, 'propertyName').trim(),
            text: textOf(item, 'propertyValue').trim(),
          },
        ]
      : [],
  );
}

/** The entry of a name, in any case, as published connectors write them. */
export function metadataNamed(subject: Subject, name: string): MetadataEntry | undefined {
  return metadataOf(subject).find((entry) => entry.name.toLowerCase() === name.toLowerCase());
}
