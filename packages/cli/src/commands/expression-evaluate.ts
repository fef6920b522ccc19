import { compile, ExpressionError, type JsonValue, scopeFromInputs, stringify } from '@patchbay/expression';
import { type Command, formatOption, isJson, printJson, text } from '../command.ts';
import { readExactArgument } from '../files/json-argument.ts';

export const expressionEvaluate: Command = {
  name: 'expression evaluate',
  summary: 'evaluate a template of the workflow expression language',
  arguments: [{ notation: '<template>', summary: "such as \"@concat(parameters('a'), '!')\"" }],
  options: [
    {
      notation: '--inputs <json>',
      summary: 'what it sees: {"parameters", "variables", "trigger", "actions", "item", "items", …}, or @file',
    },
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    // The scope takes exact numbers as well as plain JSON.
    const inputs = (await readExactArgument(terminal, '--inputs', text(invocation, 'inputs'))) as JsonValue;
    try {
      const value = compile(invocation.arguments[0] ?? '')(scopeFromInputs(inputs));
      terminal.out(`${stringify(value)}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      if (isJson(invocation)) printJson(terminal, { error: { code: error.code, message: error.message } });
      else terminal.err(`${error.message}\n`);
      return 1;
    }
  },
};
