import { type Change, diff } from '@patchbay/definition';
import { type Command, formatOption, isJson, printJson } from '../command.ts';
import { loadConnector } from '../files/read-description.ts';
import type { Terminal } from '../terminal.ts';

/** Exit code 1 says that a caller of the first breaks with the second. */
export const connectorDiff: Command = {
  name: 'connector diff',
  summary: 'say what changed between two connectors, and whether it breaks callers',
  arguments: [
    { notation: '<before>', summary: 'the folder or description as it was' },
    { notation: '<after>', summary: 'the folder or description as it is' },
  ],
  options: [formatOption],
  async run(invocation) {
    const { terminal } = invocation;
    const [before = '.', after = '.'] = invocation.arguments;
    const changes = diff(await loadConnector(invocation, before), await loadConnector(invocation, after));
    if (isJson(invocation)) printJson(terminal, changes);
    else print(terminal, changes);
    return changes.some((change) => change.isBreaking) ? 1 : 0;
  },
};

function print(terminal: Terminal, changes: readonly Change[]): void {
  for (const { isBreaking, subject, message } of changes) {
    const place = subject === '' ? '' : `${subject}: `;
    terminal.out(`${isBreaking ? 'breaks' : '      '}  ${place}${message}\n`);
  }
  const breaking = changes.filter((change) => change.isBreaking).length;
  const verdict =
    changes.length === 0 ? 'Nothing changed' : `${changes.length} changes, ${breaking} of them break callers`;
  terminal.out(`${verdict}.\n`);
}
