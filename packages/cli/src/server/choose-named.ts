import { CommandError } from '../terminal.ts';
import type { ServerClient } from './server-client.ts';

/** Something of a server that has a name of its own and one for people. */
export type Named = { readonly name: string; readonly displayName: string };

/** The one that a person means: by its name, or by its display name where only one has it. */
export function chooseNamed<Item extends Named>(
  { server }: ServerClient,
  kind: 'connector' | 'connection' | 'flow',
  items: readonly Item[],
  given: string,
): Item {
  const exact = items.find(({ name }) => name === given);
  if (exact !== undefined) return exact;
  const [first, ...others] = items.filter(({ displayName }) => displayName === given);
  if (first === undefined) {
    throw new CommandError(3, `${server} has no ${kind} "${given}". \`patchbay ${kind} list\` lists them.`);
  }
  if (others.length === 0) return first;
  const names = [first, ...others].map(({ name }) => name).join(', ');
  throw new CommandError(2, `Several ${kind}s are called "${given}". Give the name of one: ${names}.`);
}
