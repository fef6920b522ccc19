import { closestNames } from '@patchbay/connector';
import type { JsonObject, JsonValue } from '@patchbay/definition';
import { CommandError } from './terminal.ts';

const members = new Set(['status', 'code', 'outputs', 'error']);
const statuses = ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'];

/** Checks `--mock`: names of actions of the flow, each with a result or a list of results, one per call. */
export function checkMocks(mocks: JsonObject, actions: readonly string[]): void {
  for (const [name, mock] of Object.entries(mocks)) {
    if (!actions.some((action) => action.toLowerCase() === name.toLowerCase())) {
      const close = closestNames(name, actions);
      const hint = close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
      throw new CommandError(2, `--mock: the flow has no action "${name}".${hint}`);
    }
    const results: readonly JsonValue[] = Array.isArray(mock) ? mock : [mock];
    if (results.length === 0) throw new CommandError(2, `--mock: the list of "${name}" is empty.`);
    for (const result of results) checkResult(name, result);
  }
}

function checkResult(name: string, result: JsonValue): void {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) {
    throw new CommandError(
      2,
      `--mock: the result of "${name}" must be an object, such as {"status": "Succeeded", "outputs": {"body": …}}.`,
    );
  }
  const unknown = Object.keys(result).find((member) => !members.has(member));
  if (unknown !== undefined) {
    throw new CommandError(
      2,
      `--mock: the result of "${name}" has a member "${unknown}"; it takes ${[...members].join(', ')}.`,
    );
  }
  const { status } = result as JsonObject;
  const isKnown = statuses.some((known) => known.toLowerCase() === String(status).toLowerCase());
  if (status !== undefined && !isKnown) {
    throw new CommandError(
      2,
      `--mock: the result of "${name}" has the status ${JSON.stringify(status)}; use ${statuses.join(', ')}.`,
    );
  }
}
