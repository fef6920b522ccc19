import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConnectorModel, type OperationModel, type ParameterLocation, readConnector } from '@patchbay/definition';
import { isJudgeable } from './exclusions.ts';

export type SecurityKind = 'apiKey' | 'basic' | 'none';
export type Location = Exclude<ParameterLocation, 'cookie'> | 'body';

/** A published connector that can be put before a mock, with the operations that are called. */
export type ChosenConnector = {
  readonly name: string;
  readonly security: SecurityKind;
  /** As published. */
  readonly definition: object;
  /** `properties` of its `apiProperties.json`, as published. */
  readonly properties: object;
  readonly model: ConnectorModel;
  readonly operations: readonly OperationModel[];
  /** Where the parameters of those operations go. */
  readonly locations: readonly Location[];
};

export const securityKinds: readonly SecurityKind[] = ['apiKey', 'basic', 'none'];
export const locations: readonly Location[] = ['path', 'query', 'header', 'formData', 'body'];

const operationCount = 10;
const connectorsOfAKind = 12;

/**
 * The connectors of a folder that send what their own definition describes and have ten operations that Prism can judge: in name order,
 * the first so many of each kind of security.
 */
export function chooseConnectors(folder: string): readonly ChosenConnector[] {
  const suitable = readdirSync(folder)
    .sort()
    .flatMap((kind) =>
      readdirSync(join(folder, kind))
        .sort()
        .flatMap((name) => chooseConnector(join(folder, kind, name), name) ?? []),
    );
  return securityKinds.flatMap((kind) =>
    suitable.filter(({ security }) => security === kind).slice(0, connectorsOfAKind),
  );
}

function chooseConnector(path: string, name: string): ChosenConnector | undefined {
  const definition = readJson(join(path, 'apiDefinition.swagger.json'));
  const { properties = {} } = (readJson(join(path, 'apiProperties.json')) ?? {}) as { readonly properties?: object };
  if (definition === undefined) return undefined;
  const { model } = readConnector({
    definition: { name: 'apiDefinition.swagger.json', content: JSON.stringify(definition) },
    properties: { name: 'apiProperties.json', content: JSON.stringify({ properties }) },
  });
  if (model === undefined || changesRequests(model)) return undefined;
  const security = securityKindOf(model);
  const operations = chooseOperations(model.operations.filter(isJudgeable));
  if (security === undefined || operations.length < operationCount) return undefined;
  return { name, security, definition, properties, model, operations, locations: operations.flatMap(locationsOf) };
}

/** Prism reads strict JSON only; files that need a lenient reader have tests of their own. */
function readJson(path: string): object | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Policies and scripts make another request of it than the definition describes. */
function changesRequests({ policies, scriptOperations }: ConnectorModel): boolean {
  return policies.length > 0 || scriptOperations.length > 0;
}

/** Where the properties ask for a sign-in that the definition does not know, the properties count: that needs an identity provider. */
function securityKindOf({ securitySchemes, connectionParameters }: ConnectorModel): SecurityKind | undefined {
  const [scheme, ...others] = securitySchemes.values();
  if (connectionParameters.some(({ type }) => type === 'oauthSetting')) return undefined;
  if (scheme === undefined) return 'none';
  if (others.length > 0) return undefined;
  return scheme.kind === 'apiKey' || scheme.kind === 'basic' ? scheme.kind : undefined;
}

/** The first operation with a parameter in each location, then the first ones. */
function chooseOperations(judgeable: readonly OperationModel[]): readonly OperationModel[] {
  const chosen = new Set<OperationModel>();
  for (const location of locations) {
    const first = judgeable.find((operation) => locationsOf(operation).includes(location));
    if (first !== undefined) chosen.add(first);
  }
  for (const operation of judgeable) if (chosen.size < operationCount) chosen.add(operation);
  return [...chosen];
}

function locationsOf({ parameters, body }: OperationModel): readonly Location[] {
  const ofParameters = parameters.flatMap((parameter) => (parameter.in === 'cookie' ? [] : [parameter.in]));
  return body === undefined ? ofParameters : [...ofParameters, 'body'];
}
