import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { credentialFor } from '@patchbay/connector';
import type { ConnectorModel } from '@patchbay/definition';
import {
  type Answerer,
  type Cassette,
  createAnswerer,
  createRecorder,
  createReplayer,
  type Fault,
  parseFault,
  readCassette,
  startMockServer,
} from '@patchbay/mock';
import { type Command, type Invocation, text, texts } from '../command.ts';
import { readObjectArgument } from '../files/json-argument.ts';
import { loadConnector } from '../files/read-description.ts';
import { readNamedFile } from '../files/read-named-file.ts';
import { networkRules } from '../outbound.ts';
import { CommandError, type Terminal } from '../terminal.ts';

export const connectorMock: Command = {
  name: 'connector mock',
  summary: 'stand in for the API: answer from its definition, record, replay, fail on purpose',
  arguments: [{ notation: '<dir>', summary: "the connector's folder, or a definition file" }],
  options: [
    { notation: '--port <port>', summary: 'where to listen on this machine (default: 4311; 0: any that is free)' },
    {
      notation: '--record <file>',
      summary: 'pass requests on to the real API and keep the exchanges, without secrets',
    },
    { notation: '--replay <file>', summary: 'answer from recorded exchanges' },
    { notation: '--connection <json>', summary: 'with --record: what the connection holds, or @file' },
    {
      notation: '--fault <kind:rate>',
      summary: '429, 500, slow, reset or malformed for a share of the requests, e.g. 429:0.1; may be repeated',
      isRepeatable: true,
    },
  ],
  runsUntilInterrupted: true,
  async run(invocation) {
    const { terminal } = invocation;
    const faults = readFaults(texts(invocation, 'fault'));
    const port = readPort(text(invocation, 'port') ?? '4311');
    const model = await loadConnector(invocation, invocation.arguments[0] ?? '.');
    const { answer, settled } = await chooseAnswerer(invocation, model);
    const server = await listen({
      answer,
      port,
      faults,
      onAnswered: ({ method, path, query }, status) =>
        terminal.err(`${method} ${path}${query === '' ? '' : `?${query}`} ${status === 0 ? 'reset' : status}\n`),
    });
    terminal.out(`${model.info.title} is mocked at ${server.origin}${model.server.basePath}\n`);
    if (!terminal.signal.aborted) await once(terminal.signal, 'abort');
    await server.close();
    await settled();
    return 0;
  },
};

type Chosen = { readonly answer: Answerer; readonly settled: () => Promise<void> };

async function chooseAnswerer(invocation: Invocation, model: ConnectorModel): Promise<Chosen> {
  const { terminal } = invocation;
  const [record, replay] = [text(invocation, 'record'), text(invocation, 'replay')];
  if (record !== undefined && replay !== undefined) {
    throw new CommandError(2, 'Give either --record or --replay: what is replayed is not asked from the API.');
  }
  if (record !== undefined) return recordTo(invocation, model, resolve(terminal.workingFolder, record));
  const answer =
    replay === undefined ? createAnswerer(model) : createReplayer(model, await loadCassette(terminal, replay));
  return { answer, settled: () => Promise.resolve() };
}

async function recordTo(invocation: Invocation, model: ConnectorModel, path: string): Promise<Chosen> {
  const { terminal, egress } = invocation;
  const values = await readObjectArgument(terminal, '--connection', text(invocation, 'connection'));
  let written = Promise.resolve();
  const write = (cassette: Cassette): void => {
    written = written
      .then(() => writeWhole(path, `${JSON.stringify(cassette, null, 2)}\n`))
      .catch((error: Error) => terminal.err(`${path} could not be written: ${error.message}\n`));
  };
  const answer = createRecorder({
    model,
    call: { credential: credentialFor(model, values), connectionParameters: values, egress, networkRules },
    onRecorded: write,
  });
  return { answer, settled: () => written };
}

/** A file is there whole or as it was before. */
async function writeWhole(path: string, content: string): Promise<void> {
  await writeFile(`${path}.partial`, content);
  await rename(`${path}.partial`, path);
}

async function loadCassette(terminal: Terminal, name: string): Promise<Cassette> {
  const content = new TextDecoder().decode(await readNamedFile(terminal, name));
  const read = readCassette(content);
  if ('cassette' in read) return read.cassette;
  throw new CommandError(2, `${name} is not a cassette: ${read.problem}.`);
}

async function listen(options: Parameters<typeof startMockServer>[0]) {
  try {
    return await startMockServer(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(2, `Port ${options.port} cannot be listened on (${reason}). Give another with --port.`, {
      cause: error,
    });
  }
}

function readPort(given: string): number {
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (port <= 65_535) return port;
  throw new CommandError(2, `--port is a number up to 65535, not "${given}".`);
}

function readFaults(given: readonly string[]): readonly Fault[] {
  return given.map((one) => {
    const fault = parseFault(one);
    if (fault !== undefined) return fault;
    throw new CommandError(
      2,
      `--fault is 429, 500, slow, reset or malformed, with a share of the requests above 0 and up to 1, e.g. 429:0.1, not "${one}".`,
    );
  });
}
