import {
  type CallOptions,
  ConnectorError,
  compile,
  type Explanation,
  type OperationResult,
  type Replay,
  type TraceStep,
} from '@patchbay/connector';
import { formatOption, type Invocation, text } from './command.ts';
import { readObjectArgument } from './files/json-argument.ts';
import { loadConnector } from './files/read-description.ts';
import { localCredential } from './local-credential.ts';
import { networkRules } from './outbound.ts';
import { CommandError, type Terminal } from './terminal.ts';

export const exchangeArguments = [{ notation: '<dir>', summary: "the connector's folder, or a definition file" }];

const sharedOptions = [
  { notation: '--operation <id>', summary: 'the operation', isRequired: true },
  { notation: '--parameters <json>', summary: 'values by parameter name, or @file' },
  { notation: '--connection <json>', summary: 'what the connection holds, e.g. {"api_key": "…"}, or @file' },
  { notation: '--explain', summary: 'show every step, before and after' },
  { notation: '--replay-from <step>', summary: 'go on from a step, e.g. "policy Set header", with the value given' },
  { notation: '--value <json>', summary: "with --replay-from: what stands in the place of the step's after, or @file" },
  { notation: '--show-secrets', summary: 'show secrets instead of ***' },
];

export const exchangeOptions = [...sharedOptions, formatOption];

/** Those of a request, and how a call has its answer. */
export const callOptions = [
  ...sharedOptions,
  { notation: '--disable-async-pattern', summary: 'show a 202 instead of asking at its Location for the answer' },
  { notation: '--timeout <seconds>', summary: 'how long to wait for the answer (default: 120)' },
  { notation: '--chunked', summary: 'send and take bodies in chunks, where the operation declares chunkTransfer' },
  { notation: '--upload-chunk-mb <n>', summary: 'with --chunked: at most so many MB in one request' },
  { notation: '--download-chunk-mb <n>', summary: 'with --chunked: ask for so many MB at a time' },
  formatOption,
];

/** A request as it goes on the wire, secrets redacted unless asked for. */
export type SentRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | null;
  readonly bodyEncoding: 'utf8' | 'base64';
};

/** Binds, authenticates and, with `send`, sends the operation that the command line names. */
export async function explainCall(invocation: Invocation, { send }: { readonly send: boolean }): Promise<Explanation> {
  const { terminal, egress } = invocation;
  const model = await loadConnector(invocation, invocation.arguments[0] ?? '.');
  const parameters = await readObjectArgument(terminal, '--parameters', text(invocation, 'parameters'));
  const connection = text(invocation, 'connection');
  const values = await readObjectArgument(terminal, '--connection', connection);
  const replay = await readReplay(invocation);
  try {
    return await compile(model)
      .operation(text(invocation, 'operation') ?? '')
      .explain(parameters, {
        send,
        // A request can be shown without a connection: then it carries no credential.
        credential:
          connection === undefined && !send ? { kind: 'none' } : await localCredential(model, values, { egress, send }),
        connectionParameters: values,
        egress,
        networkRules,
        signal: terminal.signal,
        ...readCallOptions(invocation),
        showSecrets: invocation.options['showSecrets'] === true,
        ...(replay !== undefined && { replay }),
      });
  } catch (error) {
    if (error instanceof ConnectorError) throw new CommandError(2, error.message, { cause: error });
    throw error;
  }
}

async function readReplay(invocation: Invocation): Promise<Replay | undefined> {
  const from = text(invocation, 'replayFrom');
  const value = text(invocation, 'value');
  if (from === undefined && value === undefined) return undefined;
  if (from === undefined || value === undefined) {
    throw new CommandError(2, '--replay-from and --value belong together: the step, and what it is to have made.');
  }
  return { from, value: await readObjectArgument(invocation.terminal, '--value', value) };
}

function readCallOptions(
  invocation: Invocation,
): Pick<CallOptions, 'disableAsyncPattern' | 'contentTransfer' | 'timeoutMs'> {
  const { options } = invocation;
  const seconds = wholeNumber(invocation, 'timeout', '--timeout', 86_400);
  const upload = wholeNumber(invocation, 'uploadChunkMb', '--upload-chunk-mb', 100);
  const download = wholeNumber(invocation, 'downloadChunkMb', '--download-chunk-mb', 100);
  const isChunked = options['chunked'] === true;
  if (!isChunked && (upload !== undefined || download !== undefined)) {
    throw new CommandError(2, 'Sizes of chunks mean something with --chunked only. Add it.');
  }
  return {
    ...(options['disableAsyncPattern'] === true && { disableAsyncPattern: true }),
    ...(seconds !== undefined && { timeoutMs: seconds * 1000 }),
    ...(isChunked && {
      contentTransfer: {
        ...(upload !== undefined && { uploadChunkBytes: upload * bytesOfMegabyte }),
        ...(download !== undefined && { downloadChunkBytes: download * bytesOfMegabyte }),
      },
    }),
  };
}

const bytesOfMegabyte = 1024 * 1024;

function wholeNumber(invocation: Invocation, name: string, notation: string, most: number): number | undefined {
  const given = text(invocation, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new CommandError(2, `${notation} takes a whole number from 1 to ${most}, not "${given}".`);
}

/** The request as it goes out. */
export function sentRequest({ request, sent = request }: Explanation): SentRequest {
  const { method, url, headers, body } = sent;
  const bytes = typeof body === 'string' ? undefined : body;
  const utf8 = bytes === undefined ? undefined : decodeUtf8(bytes);
  return {
    method,
    url,
    headers,
    body:
      typeof body === 'string' ? body : (utf8 ?? (bytes === undefined ? null : Buffer.from(bytes).toString('base64'))),
    bodyEncoding: bytes !== undefined && utf8 === undefined ? 'base64' : 'utf8',
  };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function printTrace(terminal: Terminal, trace: readonly TraceStep[]): void {
  for (const { id, before, after, edited } of trace) {
    terminal.out(`\n${id}${edited === true ? ' (edited)' : ''}\n`);
    terminal.out(`  before ${JSON.stringify(before)}\n  after  ${JSON.stringify(after)}\n`);
  }
}

/** What the API said of what is wrong, and what is likely to help; nothing for a call that went well. */
export function describeDiagnosis({ diagnosis }: Explanation): string {
  if (diagnosis === undefined) return '';
  const { said, fix } = diagnosis;
  return `${said === undefined ? '' : `The API said: ${said}\n`}Likely: ${fix}`;
}

/** An answer, for a person. */
export function printAnswer(terminal: Terminal, { statusCode, body }: OperationResult): void {
  terminal.out(`${statusCode}\n${JSON.stringify(body, null, 2)}\n`);
}
