import { readVisibility } from '../../schema/read-schema.ts';
import { member } from '../../source/reading.ts';
import type { Subject } from '../subject.ts';
import { nameOf } from './name-of.ts';
import { type Place, textOf } from './resolve.ts';
import { schemaUses } from './schema-use.ts';

/** Something that a person fills in: a parameter, or a property of what is sent. */
export type Labelled = Place & {
  readonly title: string;
  /** What it is called in the request. */
  readonly name: string;
  /** `x-ms-summary`, in 3.x also a schema’s title; empty when there is none. */
  readonly label: string;
  readonly description: string;
};

/** Everything that people are shown to fill in; what is internal and the body itself are not among it. */
export function labelled(subject: Subject): readonly Labelled[] {
  const { inputs } = subject.derive(schemaUses);
  const parameters = subject
    .nodes('parameter')
    .filter((node) => node.reference === undefined && node.value['in'] !== 'body');
  const properties = subject
    .nodes('schema')
    .filter((node) => node.path.at(-2) === 'properties' && inputs.has(node.pointer) && node.reference === undefined);
  return [...parameters, ...properties]
    .filter((node) => readVisibility(member(node.value, 'x-ms-visibility')) !== 'internal')
    .map((node) => ({
      value: node.value,
      pointer: node.pointer,
      title: nameOf(node),
      name: textOf(node.value, 'name') || (node.path.at(-1) ?? ''),
      label: textOf(node.value, 'x-ms-summary') || (node.kind === 'schema' ? textOf(node.value, 'title') : ''),
      description: textOf(node.value, 'description'),
    }));
}
