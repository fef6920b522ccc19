import type { Artifact } from '../contract.ts';
import { ActionFailure } from './action-failure.ts';
import type { WorkTools } from './action-kind.ts';

/** A schema or map with the others that it names: file name → text. */
export type LoadedArtifact = { readonly text: string; readonly others: { readonly [fileName: string]: string } };

const maximumOthers = 100;
const notFound = { map: 'MapNotFound', schema: 'SchemaNotFound' } as const;
/** Where XML names other files: `schemaLocation` of XML Schema, `href` of XSLT. Liquid: `{% include "header" %}`. */
const locations =
  /(?:schemaLocation|href)\s*=\s*(?:"([^"]*)"|'([^']*)')|\{%-?\s*(?:include|render|layout)\s+(?:"([^"]*)"|'([^']*)')/g;

/** Loads an artifact and, as far as they are there, the ones that it and they name. Throws `ActionFailure` when there is none of the name. */
export async function loadArtifact(tools: WorkTools, kind: 'map' | 'schema', name: string): Promise<LoadedArtifact> {
  const main = await tools.artifact(kind, name);
  if (main === undefined) {
    throw new ActionFailure(notFound[kind], `There is no ${kind} "${name}" among the artifacts of the environment.`);
  }
  const others: { [fileName: string]: string } = {};
  const open: Artifact[] = [main];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const other of namesIn(next.content)) {
      if (Object.hasOwn(others, other) || Object.keys(others).length >= maximumOthers) continue;
      const found = await tools.artifact(kind, other);
      if (found === undefined) continue;
      others[other] = found.content;
      open.push(found);
    }
  }
  return { text: main.content, others };
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(locations)].flatMap((match) => {
    const location = match.slice(1).find((part) => part !== undefined) ?? '';
    const name = location.slice(location.search(/[^/\\]*$/));
    return name === '' ? [] : [name];
  });
}
