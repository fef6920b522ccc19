import { type ConnectorShape, shapeOf } from '@patchbay/connector';
import type { ConnectorModel, JsonObject, JsonValue } from '@patchbay/definition';
import type { FlowRevisionRow } from '@patchbay/store';
import {
  type CompileOptions,
  compileDefinition,
  type Finding,
  type FlowDefinition,
  type Plan,
} from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import { toEngineReferences } from './connection-references.ts';
import { actionsOf } from './flow-document.ts';

/** What a definition is checked against, as it is now. */
export type Surroundings = {
  /** A flow that the definition calls. */
  readonly calledFlow: (reference: string) => Promise<FlowDefinition | undefined>;
  readonly connector: (name: string) => Promise<ConnectorModel | undefined>;
};

/** As many errors as one message tells of. */
const mostTold = 10;

/** A flow that has errors is not deployed: its author is told of all of them at once. Throws `InvalidDefinition`. */
export async function checkDefinition(revision: FlowRevisionRow, surroundings: Surroundings): Promise<void> {
  const references = JSON.parse(revision.connectionReferences) as JsonObject;
  const definition = JSON.parse(revision.definition) as JsonObject;
  const parameters = JSON.parse(revision.parameters) as JsonObject;
  const findings = await findingsOf(definition, references, surroundings, parameters);
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length === 0) return;
  const told = errors
    .slice(0, mostTold)
    .map(({ message, pointer }) => `${message}, at ${pointer === '' ? '/' : pointer}`);
  const more = errors.length > mostTold ? `; and ${errors.length - mostTold} more` : '';
  throw new PlatformError('InvalidDefinition', `The definition cannot run: ${told.join('; ')}${more}.`, {
    members: { findings },
  });
}

/** Everything there is to say about a definition with its connection references, and with the values of its parameters where they are known. */
export async function findingsOf(
  definition: JsonValue,
  references: JsonObject,
  { calledFlow, connector }: Surroundings,
  parameters?: JsonObject,
): Promise<readonly Finding[]> {
  const findConnector = await openConnectors(references, connector);
  const options = {
    connectionReferences: Object.keys(references),
    findConnector,
    ...(parameters !== undefined && { parameters }),
  };
  const { plan, findings } = compileDefinition(definition, options);
  return [...findings, ...(plan === undefined ? [] : await checkCalls(plan, calledFlow))];
}

async function openConnectors(
  references: JsonObject,
  connector: Surroundings['connector'],
): Promise<NonNullable<CompileOptions['findConnector']>> {
  const names = Object.entries(toEngineReferences(references));
  const opened = await Promise.all(
    names.map(async ([name, { connectorName }]): Promise<[string, ConnectorShape | undefined]> => {
      const model = connectorName === '' ? undefined : await connector(connectorName);
      return [name.toLowerCase(), model && shapeOf(model)];
    }),
  );
  const shapes = new Map(opened);
  return (reference) => shapes.get(reference.toLowerCase());
}

/** A flow that is not there yet may come later; one that is there has to answer. */
async function checkCalls(plan: Plan, calledFlow: Surroundings['calledFlow']): Promise<readonly Finding[]> {
  const findings = await Promise.all(
    plan.flowUses.map(async ({ reference, pointer }): Promise<readonly Finding[]> => {
      const flow = await calledFlow(reference);
      if (flow === undefined || hasResponse(flow)) return [];
      const message = `the flow "${flow.displayName}" that is called has no Response action, so it never answers`;
      return [{ code: 'called-flow-without-response', severity: 'error', message, pointer }];
    }),
  );
  return findings.flat();
}

function hasResponse({ definition }: FlowDefinition): boolean {
  return actionsOf(definition).some(({ type }) => /^response$/i.test(type));
}
