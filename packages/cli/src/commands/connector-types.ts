import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeTypes } from '@patchbay/definition';
import { type Command, text } from '../command.ts';
import { loadConnector } from '../files/read-description.ts';
import { isMissing } from '../files/read-named-file.ts';
import { CommandError } from '../terminal.ts';

export const connectorTypes: Command = {
  name: 'connector types',
  summary: 'write TypeScript types of what the operations of a connector take and answer',
  arguments: [{ notation: '<dir>', summary: "a connector's folder, or a description" }],
  options: [{ notation: '--out <file>', summary: 'the declaration file to write (default: standard output)' }],
  async run(invocation) {
    const { terminal } = invocation;
    const types = writeTypes(await loadConnector(invocation, invocation.arguments[0] ?? '.'));
    const file = text(invocation, 'out');
    if (file === undefined) {
      terminal.out(types);
      return 0;
    }
    try {
      await writeFile(resolve(terminal.workingFolder, file), types);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const why = isMissing(error) ? 'its folder does not exist.' : message;
      throw new CommandError(2, `${file} cannot be written: ${why}`, { cause: error });
    }
    terminal.err(`Written to ${file}.\n`);
    return 0;
  },
};
