import { type Command, isJson, printJson } from '../command.ts';
import {
  describeDiagnosis,
  exchangeArguments,
  exchangeOptions,
  explainCall,
  printAnswer,
  printTrace,
  type SentRequest,
  sentRequest,
} from '../exchange.ts';
import type { Terminal } from '../terminal.ts';

export const connectorRequest: Command = {
  name: 'connector request',
  summary: 'show the request that an operation makes; nothing is sent',
  arguments: exchangeArguments,
  options: exchangeOptions,
  async run(invocation) {
    const explanation = await explainCall(invocation, { send: false });
    const request = sentRequest(explanation);
    const { terminal } = invocation;
    const { trace, result, error, diagnosis } = explanation;
    const isExplained = invocation.options['explain'] === true;
    if (isJson(invocation)) {
      printJson(terminal, {
        ...request,
        ...(result !== undefined && { result }),
        ...(error !== undefined && { error }),
        ...(diagnosis !== undefined && { diagnosis }),
        ...(isExplained && { trace }),
      });
    } else {
      printRequest(terminal, request);
      if (isExplained) printTrace(terminal, trace);
      if (result !== undefined) terminal.out('\n');
      if (result !== undefined) printAnswer(terminal, result);
      if (error !== undefined) terminal.err(`${error.message}\n`);
      if (diagnosis !== undefined) terminal.err(`${describeDiagnosis(explanation)}\n`);
    }
    return 0;
  },
};

function printRequest(terminal: Terminal, request: SentRequest): void {
  terminal.out(`${request.method} ${request.url}\n`);
  for (const [name, value] of Object.entries(request.headers)) terminal.out(`${name}: ${value}\n`);
  if (request.body === null) return;
  terminal.out(`\n${request.bodyEncoding === 'base64' ? `(base64) ${request.body}` : request.body}\n`);
}
