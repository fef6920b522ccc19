import type { JsonObject, JsonValue } from '@patchbay/definition';
import { type ConnectionReference, DefinitionError, type RunReport, runOnce } from '@patchbay/workflow';
import { type Command, formatOption, isJson, printJson, serverOption, text } from '../command.ts';
import { readObjectArgument } from '../json-argument.ts';
import { LocalInvoker, readConnections } from '../local-invoker.ts';
import type { Terminal } from '../terminal.ts';
import { readWorkflow } from '../workflow-files.ts';

export const workflowRun: Command = {
  name: 'workflow run',
  summary: 'run a flow once, here, and show what each action did',
  arguments: [{ notation: '<file>', summary: 'a definition, an ARM resource or a flow package’s file' }],
  options: [
    { notation: '--trigger <json>', summary: 'what the trigger saw: {"body", "headers"?, "queries"?}, or @file' },
    { notation: '--parameters <json>', summary: 'values for the definition’s parameters, or @file' },
    {
      notation: '--connections <json>',
      summary:
        'connections by reference: {"name": {"connector": "<dir>", "parameters": {…}}} or {"name": {"connection": "<name on the server>"}}, or @file',
    },
    {
      notation: '--mock <json>',
      summary:
        'results by action name instead of calls: {"Action": {"status"?, "code"?, "outputs"?}} or lists, or @file',
    },
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const file = await readWorkflow(terminal, invocation.arguments[0] ?? '');
    const read = (option: string, name: string): Promise<JsonObject> =>
      readObjectArgument(terminal, option, text(invocation, name));
    const connections = await readConnections(invocation, await read('--connections', 'connections'));
    const mocks = await read('--mock', 'mock');
    try {
      const report = await runOnce({
        definition: file.definition,
        parameters: { ...file.parameters, ...(await read('--parameters', 'parameters')) } as Record<string, JsonValue>,
        connectionReferences: { ...file.connectionReferences, ...referencesTo(connections.keys()) },
        triggerOutputs: await read('--trigger', 'trigger'),
        mocks: mocks as Record<string, JsonValue>,
        invoker: new LocalInvoker(invocation, connections),
      });
      if (isJson(invocation)) printJson(terminal, report);
      else print(terminal, report);
      return 'runs' in report ? (report.runs.every(isGood) ? 0 : 1) : isGood(report) ? 0 : 1;
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      for (const finding of error.findings)
        terminal.err(`${finding.pointer} ${finding.code}\n    ${finding.message}\n`);
      return 1;
    }
  },
};

/** A reference is its own connection here: the invoker finds it by name. */
function referencesTo(names: Iterable<string>): { readonly [name: string]: ConnectionReference } {
  return Object.fromEntries([...names].map((name) => [name, { connectorName: name, connectionName: name }]));
}

function isGood(report: RunReport): boolean {
  return report.status === 'Succeeded' || report.status === 'Cancelled';
}

function print(terminal: Terminal, report: Awaited<ReturnType<typeof runOnce>>): void {
  if ('runs' in report) {
    if (report.runs.length === 0)
      terminal.out(`The trigger did not fire${report.reason === undefined ? '' : `: ${report.reason.message}`}\n`);
    for (const run of report.runs) print(terminal, run);
    return;
  }
  for (const [name, action] of Object.entries(report.actions)) {
    const times = action.repetitions === undefined ? '' : ` (${action.repetitions.length} times)`;
    terminal.out(`${action.status.padEnd(10)} ${name}${times}\n`);
    if (action.error !== undefined) terminal.out(`           ${action.error.code}: ${action.error.message}\n`);
  }
  terminal.out(`${report.status}${report.error === undefined ? '' : `: ${report.error.message}`}\n`);
  if (report.response !== undefined)
    terminal.out(`${report.response.statusCode} ${JSON.stringify(report.response.body, null, 2)}\n`);
}
