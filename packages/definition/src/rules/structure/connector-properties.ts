import { isObject, member } from '../../source/reading.ts';
import type { Subject } from '../subject.ts';
import type { Place } from './resolve.ts';

/** The object called `properties` of apiProperties.json, or the whole where there is none around it. */
export function propertiesPlace(subject: Subject): Place | undefined {
  const root = subject.properties?.root;
  if (!isObject(root)) return undefined;
  const inner = member(root, 'properties');
  return isObject(inner) ? { value: inner, pointer: '/properties' } : { value: root, pointer: '' };
}
