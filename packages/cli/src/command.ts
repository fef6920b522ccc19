import type { Egress } from '@patchbay/egress';
import type { ServerClient } from './server/server-client.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** One command as data: the program is built from a table of these. */
export type Command = {
  /** Words after `patchbay`, e.g. `connector validate`. */
  readonly name: string;
  readonly summary: string;
  /** Positional arguments in commander's notation: `<dir>`, `[file]`, `<path...>`. */
  readonly arguments: readonly { readonly notation: string; readonly summary: string }[];
  readonly options: readonly Option[];
  /** Goes on until the person ends it, which is no failure: `run` resolves when the terminal's signal says so. */
  readonly runsUntilInterrupted?: boolean;
  readonly run: (invocation: Invocation) => Promise<ExitCode>;
};

export type Option = {
  /** In commander's notation: `--operation <id>`, `--explain`. */
  readonly notation: string;
  readonly summary: string;
  readonly isRequired?: boolean;
  /** May be given several times: its value is a list. */
  readonly isRepeatable?: boolean;
};

export type Invocation = {
  readonly terminal: Terminal;
  readonly egress: Egress;
  readonly arguments: readonly string[];
  /** Values by long name in camel case; flags are `true`. */
  readonly options: { readonly [name: string]: string | true | readonly string[] | undefined };
  /** The server the options choose, with the kept session. */
  readonly server: () => Promise<ServerClient>;
};

export const formatOption: Option = {
  notation: '--format <format>',
  summary: 'json for machines, text for people (default: text)',
};

export const serverOption: Option = {
  notation: '--server <url>',
  summary: 'the server to speak to (default: PATCHBAY_URL, the signed-in one, or http://127.0.0.1:4310)',
};

export const environmentOption: Option = {
  notation: '--environment <id>',
  summary: 'the environment (default: PATCHBAY_ENVIRONMENT, the one in use, or the default one)',
};

export function isJson(invocation: Invocation): boolean {
  return invocation.options['format'] === 'json';
}

/** A text option's value; a flag given where text is meant cannot happen, because the notation says which it is. */
export function text(invocation: Invocation, name: string): string | undefined {
  const value = invocation.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an option that may be given several times. */
export function texts(invocation: Invocation, name: string): readonly string[] {
  const value = invocation.options[name];
  return typeof value === 'object' ? value : [];
}

export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(`${JSON.stringify(value, null, 2)}\n`);
}
