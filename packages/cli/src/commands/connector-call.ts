import { type Command, isJson, printJson } from '../command.ts';
import {
  callOptions,
  describeDiagnosis,
  exchangeArguments,
  explainCall,
  printAnswer,
  printTrace,
  sentRequest,
} from '../exchange.ts';
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
    const { result, error, diagnosis } = explanation;
    const wrong = diagnosis === undefined ? {} : { diagnosis };
    if (isJson(invocation)) {
      printJson(terminal, { request: sentRequest(explanation), ...(result ?? { error }), ...wrong, ...trace });
    } else {
      if (trace.trace !== undefined) printTrace(terminal, trace.trace);
      if (result !== undefined) printAnswer(terminal, result);
      if (result !== undefined && diagnosis !== undefined) terminal.err(`${describeDiagnosis(explanation)}\n`);
    }
    if (result === undefined) {
      throw new CommandError(3, `${error?.message ?? 'The call got no answer.'}\n${describeDiagnosis(explanation)}`);
    }
    return result.statusCode < 400 ? 0 : 3;
  },
};
