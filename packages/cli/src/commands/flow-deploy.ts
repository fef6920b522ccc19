import type { Finding, JsonObject, JsonValue } from '@patchbay/definition';
import { deploymentOf } from '@patchbay/workflow';
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
import { findOnServer } from '../connections-argument.ts';
import { readObjectArgument } from '../files/json-argument.ts';
import { checkWorkflow, loadWorkflow } from '../files/workflow-file.ts';
import { printFindings } from '../findings.ts';
import { chooseNamed } from '../server/choose-named.ts';
import { belowFlow, type FlowPlace, listFlows, newFlowPath } from '../server/list-flows.ts';
import type { ServerClient } from '../server/server-client.ts';
import { CommandError } from '../terminal.ts';

export const flowDeploy: Command = {
  name: 'flow deploy',
  summary: 'put a flow on a server: a new one, or a new revision of the one with its name',
  arguments: [{ notation: '<source>', summary: 'a file, a folder or an archive with a flow in any form' }],
  options: [
    { notation: '--flow <name>', summary: 'of several flows in the source, the one that is meant: its name or id' },
    { notation: '--name <text>', summary: 'the display name on the server (default: the name in the source)' },
    { notation: '--parameters <json>', summary: 'values for the definition’s parameters, or @file' },
    {
      notation: '--connections <json>',
      summary: 'connections by reference: {"name": {"connection": "<name on the server>"}}, or @file',
    },
    { notation: '--stopped', summary: 'do not start it' },
    environmentOption,
    serverOption,
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const opened = await loadWorkflow(terminal, invocation.arguments[0] ?? '', text(invocation, 'flow'));
    const connections = await readObjectArgument(terminal, '--connections', text(invocation, 'connections'));
    const check = (bound: JsonObject): readonly Finding[] => [
      ...opened.findings,
      ...checkWorkflow(opened, Object.keys(bound)),
    ];
    const first = check(connections);
    if (first.some(({ severity }) => severity === 'error')) return refuse(invocation, first);
    const deployment = deploymentOf(opened.document);
    const displayName = text(invocation, 'name') ?? deployment.displayName;
    const parameters = await readObjectArgument(terminal, '--parameters', text(invocation, 'parameters'));
    const client = await invocation.server();
    const environment = text(invocation, 'environment');
    const given = await findReferences(invocation, connections);
    const before = await findDeployed(client, await listFlows(client, environment), displayName);
    const connectionReferences = { ...deployment.connectionReferences, ...before?.connectionReferences, ...given };
    const properties = {
      displayName,
      definition: deployment.definition,
      parameters: { ...before?.parameters, ...deployment.parameters, ...parameters },
      connectionReferences,
      ...(invocation.options['stopped'] === true && { state: 'Stopped' }),
    };
    const path = before === undefined ? await newFlowPath(client, environment) : belowFlow(before.place);
    const answer = await client.send(before === undefined ? 'POST' : 'PATCH', path, { properties });
    const { name, properties: deployed } = answer as Deployed;
    const { state, revision } = deployed;
    const findings = check(connectionReferences);
    if (isJson(invocation)) printJson(terminal, { name, displayName, revision, state, findings });
    else {
      printFindings(terminal.err, findings);
      terminal.out(`${displayName} is ${name}, revision ${revision}, ${state.toLowerCase()}\n`);
    }
    return 0;
  },
};

type Deployed = {
  readonly name: string;
  readonly properties: {
    readonly state: string;
    readonly revision: number;
    readonly parameters?: JsonObject;
    readonly connectionReferences: JsonObject;
  };
};

function refuse(invocation: Invocation, findings: readonly Finding[]): 1 {
  const message = 'The flow has errors, so it was not deployed.';
  if (isJson(invocation)) printJson(invocation.terminal, { error: { code: 'InvalidDefinition', message, findings } });
  else printFindings(invocation.terminal.err, findings);
  return 1;
}

/** The flow of that name, and what it is bound to: redeploying does not loosen what was set on the server. */
async function findDeployed(client: ServerClient, flows: readonly FlowPlace[], displayName: string) {
  if (!flows.some((flow) => flow.name === displayName || flow.displayName === displayName)) return undefined;
  const place = chooseNamed(client, 'flow', flows, displayName);
  const { properties } = (await client.get(belowFlow(place))) as Deployed;
  const { parameters = {}, connectionReferences } = properties;
  return { place, parameters, connectionReferences };
}

/** `--connections` as the management surface takes references. */
async function findReferences(invocation: Invocation, connections: JsonObject): Promise<JsonObject> {
  const references: [string, JsonObject][] = [];
  for (const [name, value] of Object.entries(connections)) {
    const wanted = isObject(value) ? value['connection'] : undefined;
    if (typeof wanted !== 'string')
      throw new CommandError(2, `--connections: "${name}" needs a "connection" (a name on the server).`);
    const { connector, connection } = await findOnServer(invocation, wanted);
    references.push([name, { id: `/providers/Microsoft.PowerApps/apis/${connector}`, connectionName: connection }]);
  }
  return Object.fromEntries(references);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
