import type { FormatReader } from '../format.ts';
import { buildConnector } from '../sample/build-connector.ts';
import type { CapturedRequest } from '../sample/captured-request.ts';
import { sampleOptions } from '../sample/read-sample.ts';
import { createScope } from '../sample/variables.ts';
import { pointerNames } from '../source/pointer.ts';
import { Reading } from '../source/reading.ts';
import { recogniseText } from '../source/recognise-text.ts';
import type { SourceDocument } from '../source/source-document.ts';
import type { SourceText } from '../source/source-text.ts';
import { captureCommand } from './capture-command.ts';
import { curlOptions } from './curl-options.ts';
import { splitRequests } from './curl-request.ts';
import { readOptions } from './read-options.ts';
import type { ShellCommand, SplitCommands } from './shell-words.ts';
import { splitPosix } from './split-posix.ts';
import { isWindowsCommand, splitWindows } from './split-windows.ts';

/** cURL commands, as documentation has them, as browsers copy them and as scripts chain them. */
export const curlFormat: FormatReader = {
  format: 'curl',
  title: 'a cURL command',
  isMeant: ({ source, document }) => document === undefined && recogniseText(source.text).kind === 'command',
  read: ({ source }, { properties }) => {
    const split = isWindowsCommand(source.text) ? splitWindows(source.text) : splitPosix(source.text);
    const reading = new Reading(createDocument(source, split));
    if (split.openQuote !== undefined) reading.report('curl-quote-open', openQuotePointer);
    const requests = captureCommands(reading, split.commands);
    if (requests.length === 0) {
      if (!reading.findings.some((finding) => finding.severity === 'error')) reading.report('curl-url-missing', '');
      return { findings: reading.findings, losses: reading.losses };
    }
    const about = { title: '', description: '', version: '', tags: [], requests };
    const model = buildConnector(reading, about, sampleOptions, properties);
    return { model, findings: reading.findings, losses: reading.losses };
  },
};

/** Commands that set variables are known to those after them; what is neither that nor cURL is left out, with a finding. */
function captureCommands(reading: Reading, commands: readonly ShellCommand[]): readonly CapturedRequest[] {
  const find = curlOptions();
  const variables = new Map<string, string>();
  return commands.flatMap(({ words, comment, input }, index) => {
    const pointer = `/${index}`;
    const rest = takeAssignments(words, variables);
    const [name] = rest;
    if (name === undefined) return [];
    if (!/(^|[/\\])curl(\.exe)?$/i.test(name.text)) {
      reading.report('command-not-read', pointer, { command: name.text.slice(0, 60) });
      return [];
    }
    const start = words.length - rest.length;
    const options = readOptions(reading, rest.slice(1), pointer, find).map((option) => ({
      ...option,
      pointer: shiftPointer(option.pointer, start),
    }));
    for (const { role, value } of options) if (role === 'variable') assign(value, variables);
    const context = { find: createScope(variables).find, comment, input };
    return splitRequests(options).flatMap((request) => {
      if (request.urls.length === 0) reading.report('curl-url-missing', pointer);
      return captureCommand(reading, request, context);
    });
  });
}

const openQuotePointer = '/quote';

function takeAssignments(words: ShellCommand['words'], variables: Map<string, string>): ShellCommand['words'] {
  const isExport = words[0]?.text === 'export' || words[0]?.text === 'set';
  let count = isExport ? 1 : 0;
  while (count < words.length && assign(words[count]?.text ?? '', variables)) count += 1;
  return words.slice(count);
}

function assign(text: string, variables: Map<string, string>): boolean {
  const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(text);
  const [, name = '', value = ''] = match ?? [];
  if (match !== null && value !== '') variables.set(name, value);
  return match !== null;
}

function shiftPointer(pointer: string, start: number): string {
  const [, command = '', word = '0'] = pointer.split('/');
  return `/${command}/${Number(word) + start}`;
}

/** A pointer names a command and a word of it, by number. */
function createDocument(source: SourceText, { commands, openQuote }: SplitCommands): SourceDocument {
  return {
    source,
    root: null,
    locate: (pointer) => {
      const [command = '', word = '0'] = pointerNames(pointer);
      const words = commands[Number(command)]?.words ?? [];
      const offset = pointer === openQuotePointer ? openQuote : (words[Number(word)] ?? words[0])?.offset;
      return { source: source.name, pointer, ...source.positionAt(offset ?? 0) };
    },
  };
}
