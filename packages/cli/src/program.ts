import { createEgress, type Egress } from '@patchbay/egress';
import { CommanderError, Command as Program } from 'commander';
import { type Command, environmentOption, type Invocation } from './command.ts';
import { commands } from './commands/index.ts';
import { chooseServer, ServerClient } from './server/server-client.ts';
import { usedEnvironment } from './server/used-environment.ts';
import { CommandError, type ExitCode, type Terminal } from './terminal.ts';

/** Runs one command line (without the program's own name) and answers its exit code. Never throws. */
export async function runCommandLine(terminal: Terminal, words: readonly string[]): Promise<ExitCode> {
  const egress = createEgress();
  const outcome: { code: ExitCode } = { code: 0 };
  const program = buildProgram(terminal, egress, (code) => {
    outcome.code = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return outcome.code;
  } catch (error) {
    return report(terminal, error);
  } finally {
    await egress.close();
  }
}

/** Rejects when the person gives up. */
function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new CommandError(2, 'Interrupted.'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function report(terminal: Terminal, error: unknown): ExitCode {
  // Commander has written its own message by now; help and version are no mistakes.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CommandError) {
    terminal.err(`${error.message}\n`);
    return error.exitCode;
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.err(`patchbay itself has failed; please report this:\n${details}\n`);
  return 2;
}

function buildProgram(terminal: Terminal, egress: Egress, finish: (code: ExitCode) => void): Program {
  const program = new Program('patchbay');
  program.description('Custom connectors, from the command line').version('0.1.0');
  prepare(program, terminal);
  const groups = new Map<string, Program>();
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ');
    const parent = second === undefined ? program : groupOf(program, groups, terminal, first);
    addCommand(parent, second ?? first, command, terminal, egress, finish);
  }
  return program;
}

function groupOf(program: Program, groups: Map<string, Program>, terminal: Terminal, name: string): Program {
  const known = groups.get(name);
  if (known !== undefined) return known;
  const group = prepare(program.command(name).description(groupSummaries[name] ?? ''), terminal);
  groups.set(name, group);
  return group;
}

const groupSummaries: Readonly<Record<string, string>> = {
  connector: 'describe, check, try and publish connectors',
  connection: 'connect to connectors on a server',
  environment: 'choose environments of a server, and see to their variables and artifacts',
  flow: 'deploy flows to a server, and see to their runs',
  workflow: 'check and run flows',
  expression: 'evaluate expressions',
};

function prepare(program: Program, terminal: Terminal): Program {
  return program
    .exitOverride()
    .showHelpAfterError()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
}

function addCommand(
  parent: Program,
  name: string,
  command: Command,
  terminal: Terminal,
  egress: Egress,
  finish: (code: ExitCode) => void,
): void {
  const child = prepare(parent.command(name).description(command.summary), terminal);
  for (const { notation, summary } of command.arguments) child.argument(notation, summary);
  for (const { notation, summary, isRequired, isRepeatable } of command.options) {
    if (isRepeatable === true) child.option(notation, summary, append, []);
    else if (isRequired === true) child.requiredOption(notation, summary);
    else child.option(notation, summary);
  }
  child.action(async (...values: readonly unknown[]) => {
    const positional = values
      .slice(0, command.arguments.length)
      .flat()
      .filter((value) => value !== undefined);
    const given = child.opts<Invocation['options']>();
    const options = await withUsedEnvironment(terminal, command, given);
    if (options['format'] !== undefined && options['format'] !== 'json' && options['format'] !== 'text') {
      throw new CommandError(2, `--format is json or text, not "${String(options['format'])}".`);
    }
    const server = typeof options['server'] === 'string' ? options['server'] : undefined;
    const running = command.run({
      terminal,
      egress,
      arguments: positional.map(String),
      options,
      server: async () => new ServerClient(terminal, egress, await chooseServer(terminal, server)),
    });
    finish(
      command.runsUntilInterrupted === true
        ? await running
        : await Promise.race([running, interruption(terminal.signal)]),
    );
  });
}

/** Names the environment in use for a command that takes one and was given none. */
async function withUsedEnvironment(
  terminal: Terminal,
  command: Command,
  options: Invocation['options'],
): Promise<Invocation['options']> {
  if (!command.options.includes(environmentOption) || options['environment'] !== undefined) return options;
  const named = typeof options['server'] === 'string' ? options['server'] : undefined;
  // What is wrong with the server's address is said when the command turns to it, if it does.
  const server = await chooseServer(terminal, named).catch(() => '');
  const used = await usedEnvironment(terminal, server);
  return used === undefined ? options : { ...options, environment: used };
}

function append(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
