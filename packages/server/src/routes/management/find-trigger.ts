import type { JsonObject } from '@patchbay/definition';
import { PlatformError } from '../../errors/platform-error.ts';
import { type TriggerEntry, triggersOf } from '../../services/flow-document.ts';
import type { Flow } from '../../services/flow-revision.ts';

/** A flow's trigger by name, in any case. Throws `TriggerNotFound` with the names there are. */
export function findTrigger({ row, revision }: Flow, name: string): TriggerEntry {
  const triggers = triggersOf(JSON.parse(revision.definition) as JsonObject);
  const found = triggers.find((trigger) => trigger.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const names = triggers.map((trigger) => trigger.name).join(', ');
  throw new PlatformError(
    'TriggerNotFound',
    `The flow "${row.displayName}" has no trigger "${name}"; it has ${names === '' ? 'none' : names}.`,
  );
}
