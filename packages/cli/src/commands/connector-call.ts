import { type Command, isJson, printJson } from '../command.ts';
import { callOptions, exchangeArguments, explainCall, printTrace, sentRequest } from '../exchange.ts';
import { CommandError } from '../terminal.ts';

export const connectorCall: Command = {
  name: 'connector call',
  summary: 'call an operation and show its answer',
  arguments: exchangeArguments,
  options: callOptions,
  async run(invocation) {
    const { terminal } = invocation;
    const explanation = await explainCall(invocation, { send: true });
    const trace = invocation.options['explain'] === true ? { trace: explanation.trace } : {};
    const { result, error } = explanation;
    if (isJson(invocation)) {
      printJson(terminal, { request: sentRequest(explanation), ...(result ?? { error }), ...trace });
    } else {
      if (trace.trace !== undefined) printTrace(terminal, trace.trace);
      if (result !== undefined) terminal.out(`${result.statusCode}\n${JSON.stringify(result.body, null, 2)}\n`);
    }
    if (result === undefined) throw new CommandError(3, error?.message ?? 'The call got no answer.');
    return result.statusCode < 400 ? 0 : 3;
  },
};
