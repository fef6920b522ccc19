import type { JsonObject } from '@patchbay/definition';
import type { Value } from '@patchbay/expression';
import {
  type ConnectionReference,
  compileDefinition,
  DefinitionError,
  type RunReport,
  runOnce,
  type WorkflowFile,
} from '@patchbay/workflow';
import {
  type Command,
  environmentOption,
  formatOption,
  type Invocation,
  isJson,
  printJson,
  serverOption,
  text,
} from '../command.ts';
import { type GivenConnection, readConnections } from '../connections-argument.ts';
import { openArtifactFolder } from '../files/artifact-folder.ts';
import { readExactArgument, readObjectArgument } from '../files/json-argument.ts';
import { siblingFlows } from '../files/sibling-flows.ts';
import { loadWorkflow, type OpenedWorkflow } from '../files/workflow-file.ts';
import { printFindings } from '../findings.ts';
import { LocalInvoker } from '../local-invoker.ts';
import { checkMocks } from '../mocks-argument.ts';
import type { ExitCode, Terminal } from '../terminal.ts';

export const workflowRun: Command = {
  name: 'workflow run',
  summary: 'run a flow once, here, and show what each action did',
  arguments: [{ notation: '<source>', summary: 'a file, a folder or an archive with a flow in any form' }],
  options: [
    { notation: '--flow <name>', summary: 'of several flows, the one to run: its name or id' },
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
    {
      notation: '--artifacts <folder>',
      summary: 'where schemas and maps are: a project, or its Artifacts folder with Maps and Schemas',
    },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const source = invocation.arguments[0] ?? '';
    const opened = await loadWorkflow(terminal, source, text(invocation, 'flow'));
    const run = await readRun(invocation, opened.file);
    const siblings = siblingFlows(terminal, source, opened.flows);
    try {
      const report = await runOnce({
        ...run,
        definition: opened.file.definition,
        findFlow: async (reference) => {
          const called = await siblings(reference);
          return called && { ...called, connectionReferences: { ...called.connectionReferences, ...run.given } };
        },
      });
      return isJson(invocation) ? printReportAsJson(terminal, report) : printReport(terminal, report);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      return refuse(invocation, opened, error);
    }
  },
};

type Report = Awaited<ReturnType<typeof runOnce>>;

/** Everything of a run that the command line gives, checked before anything runs. */
async function readRun(invocation: Invocation, file: WorkflowFile) {
  const { terminal, egress } = invocation;
  const read = (name: string): Promise<JsonObject> => readObjectArgument(terminal, `--${name}`, text(invocation, name));
  const triggerOutputs: Value = await readExactArgument(terminal, '--trigger', text(invocation, 'trigger'));
  const parameters = { ...file.parameters, ...(await read('parameters')) };
  const mocks = await read('mock');
  const dialect = file.dialect === undefined ? {} : { dialect: file.dialect };
  const { plan } = compileDefinition(file.definition, { parameters, ...dialect });
  if (plan !== undefined)
    checkMocks(
      mocks,
      plan.actions.map((action) => action.name),
    );
  const folder = text(invocation, 'artifacts');
  const artifacts = folder === undefined ? undefined : await openArtifactFolder(terminal, folder);
  const connections = await readConnections(invocation, await read('connections'));
  const given = referencesTo(connections);
  return {
    parameters,
    appSettings: file.appSettings ?? {},
    ...dialect,
    kind: file.kind,
    connectionReferences: { ...file.connectionReferences, ...given },
    given,
    triggerOutputs,
    mocks,
    ...(artifacts !== undefined && { artifacts }),
    invoker: new LocalInvoker(terminal, egress, connections),
  };
}

/** A reference is its own connection here: the invoker finds it by name. */
function referencesTo(connections: ReadonlyMap<string, GivenConnection>): {
  readonly [name: string]: ConnectionReference;
} {
  return Object.fromEntries(
    [...connections.keys()].map((name) => [name, { connectorName: name, connectionName: name }]),
  );
}

function refuse(invocation: Invocation, { locate }: OpenedWorkflow, error: DefinitionError): ExitCode {
  const { terminal } = invocation;
  const findings = error.findings.map(locate);
  if (isJson(invocation)) {
    printJson(terminal, { error: { code: 'InvalidDefinition', message: error.message, findings } });
  } else printFindings(terminal.err, findings);
  return 1;
}

function printReportAsJson(terminal: Terminal, report: Report): ExitCode {
  if (!('runs' in report)) {
    printJson(terminal, report);
    return codeOf(report);
  }
  if (report.reason !== undefined) terminal.err(`${report.reason.message}\n`);
  printJson(terminal, { runs: report.runs });
  return codeOf(report);
}

function printReport(terminal: Terminal, report: Report): ExitCode {
  if ('runs' in report) {
    if (report.runs.length === 0) terminal.out(`The trigger did not fire. ${report.reason?.message ?? ''}`.trimEnd());
    if (report.runs.length === 0) terminal.out('\n');
    for (const [index, run] of report.runs.entries()) {
      terminal.out(`${index === 0 ? '' : '\n'}Run ${index + 1} of ${report.runs.length}\n`);
      printRun(terminal, run);
    }
  } else printRun(terminal, report);
  return codeOf(report);
}

/** A trigger whose condition is not met is no error; input that it refuses and expressions that fail are. */
function codeOf(report: Report): ExitCode {
  if (!('runs' in report)) return isGood(report) ? 0 : 1;
  const isRefused = report.reason?.code === 'InvalidInput' || report.reason?.code === 'InvalidTemplate';
  return !isRefused && report.runs.every(isGood) ? 0 : 1;
}

function isGood(report: RunReport): boolean {
  return report.status === 'Succeeded' || report.status === 'Cancelled';
}

function printRun(terminal: Terminal, run: RunReport): void {
  for (const [name, action] of Object.entries(run.actions)) {
    const times = action.repetitions === undefined ? '' : ` (${action.repetitions.length} times)`;
    terminal.out(`${action.status.padEnd(10)} ${name}${times}\n`);
    if (action.error !== undefined) terminal.out(`           ${action.error.code}: ${action.error.message}\n`);
  }
  terminal.out(`${run.status}${run.error === undefined ? '' : `: ${run.error.message}`}\n`);
  if (run.response !== undefined)
    terminal.out(`${run.response.statusCode} ${JSON.stringify(run.response.body, null, 2)}\n`);
}
