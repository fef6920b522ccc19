import type {
  ConnectionParameter,
  ConnectorModel,
  OperationModel,
  PolicyInstance,
  SecurityRequirement,
  TagModel,
} from '../model.ts';
import { deriveConnectionParameters } from '../properties/derive-connection-parameters.ts';
import type { ConnectorProperties } from '../properties/read-properties.ts';
import type { Reading } from '../source/reading.ts';
import { buildOperation, type OperationOptions } from './build-operation.ts';
import type { CapturedBase, CapturedRequest } from './captured-request.ts';
import { chooseServer, type PlacedRequest } from './choose-server.ts';
import { CollectedSecurity, requirementKey } from './collect-security.ts';
import { addressOf, groupRequests, type RequestGroup } from './group-requests.ts';
import { hostParameter, hostPolicy } from './host-variables.ts';
import { operationNamer } from './operation-names.ts';
import { parameterName } from './variables.ts';

export type CapturedApi = {
  /** '' when nobody named it: then the host does. */
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly tags: readonly TagModel[];
  readonly requests: readonly CapturedRequest[];
};

/** Makes a connector of captured requests: one operation of all that are samples of it. */
export function buildConnector(
  reading: Reading,
  api: CapturedApi,
  options: OperationOptions,
  about?: ConnectorProperties,
): ConnectorModel {
  const { server, placed } = chooseServer(api.requests);
  const security = new CollectedSecurity();
  const built = buildOperations(reading, placed, security, options);
  const requirement = commonRequirement(built.map((one) => one.security));
  const hosts = buildHosts(reading, built);
  if (server.host === '') reading.report('host-missing', '');
  return {
    info: {
      title: api.title || server.host || 'Untitled connector',
      description: api.description,
      version: api.version === '' ? '1.0' : api.version,
      ...(about?.iconBrandColor !== undefined && { iconBrandColor: about.iconBrandColor }),
      ...(about?.publisher !== undefined && { publisher: about.publisher }),
      ...(about?.stackOwner !== undefined && { stackOwner: about.stackOwner }),
      capabilities: about?.capabilities ?? [],
      extensions: {},
    },
    server,
    otherServers: [],
    operations: built.map(({ operation, security: own }) =>
      requirementKey(own) === requirementKey(requirement) ? operation : { ...operation, security: own },
    ),
    webhooks: [],
    tags: api.tags,
    schemas: new Map(),
    securitySchemes: security.schemes,
    security: requirement,
    connectionParameters: about?.connectionParameters ?? [
      ...deriveConnectionParameters(reading, security.schemes, requirement, ''),
      ...hosts.parameters,
    ],
    connectionParameterSets: about?.connectionParameterSets ?? [],
    policies: about === undefined || about.policies.length === 0 ? hosts.policies : about.policies,
    scriptOperations: about?.scriptOperations ?? [],
    extensions: {},
  };
}

type BuiltOperation = {
  readonly operation: OperationModel;
  readonly security: readonly SecurityRequirement[];
  readonly base: CapturedBase;
};

function buildOperations(
  reading: Reading,
  placed: readonly PlacedRequest[],
  security: CollectedSecurity,
  options: OperationOptions,
): readonly BuiltOperation[] {
  const serverUrls = new Map(placed.map(({ request, serverUrl }) => [request, serverUrl]));
  const nameOperation = operationNamer();
  const seen = new Map<string, string>();
  return groupRequests(placed.map(({ request }) => request)).map((group) => {
    const [first] = group;
    const operationId = nameOperation(first.name, first.method, first.path);
    const operation = buildOperation(reading, group, operationId, options);
    reportSharedAddress(reading, group, operationId, seen);
    const serverUrl = serverUrls.get(first);
    if (first.credentials.length > 0) reading.lose('security-inferred', first.pointer, { operation: operationId });
    return {
      operation: serverUrl === undefined ? operation : { ...operation, serverUrl },
      security: security.requirementOf(first),
      base: first.base,
    };
  });
}

/** A description has one operation for a method and path; a second one stands beside it under its own name. */
function reportSharedAddress(
  reading: Reading,
  [first]: RequestGroup,
  operation: string,
  seen: Map<string, string>,
): void {
  const address = addressOf(first);
  const other = seen.get(address);
  if (other === undefined) seen.set(address, operation);
  else reading.lose('address-shared', first.pointer, { operation, other });
}

/** What most operations require; the first of several. */
function commonRequirement(all: readonly (readonly SecurityRequirement[])[]): readonly SecurityRequirement[] {
  const counts = new Map<string, { readonly security: readonly SecurityRequirement[]; count: number }>();
  for (const security of all) {
    const key = requirementKey(security);
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { security, count: 1 });
    else known.count += 1;
  }
  let best: { readonly security: readonly SecurityRequirement[]; count: number } | undefined;
  for (const one of counts.values()) if (best === undefined || one.count > best.count) best = one;
  return best?.security ?? [];
}

/** Connection parameters and policies for addresses that have variables without a value. */
function buildHosts(
  reading: Reading,
  built: readonly BuiltOperation[],
): { readonly parameters: readonly ConnectionParameter[]; readonly policies: readonly PolicyInstance[] } {
  const parameters = new Map<string, ConnectionParameter>();
  const byText = new Map<string, BuiltOperation[]>();
  for (const one of built) {
    if (one.base.kind !== 'variable') continue;
    const same = byText.get(one.base.text);
    if (same === undefined) byText.set(one.base.text, [one]);
    else same.push(one);
    for (const variable of one.base.variables) {
      const name = parameterName(variable);
      if (parameters.has(name)) continue;
      const isWhole = one.base.text === `{{${variable}}}`;
      parameters.set(name, hostParameter(variable, isWhole, 100 + parameters.size));
      reading.lose('host-from-connection', one.operation.pointer, { name: variable, parameter: name });
    }
  }
  const policies = [...byText.values()].flatMap((group) => {
    const base = group[0]?.base;
    if (base?.kind !== 'variable') return [];
    const ids = group.length === built.length ? [] : group.map(({ operation }) => operation.operationId);
    return [hostPolicy(base, ids)];
  });
  return { parameters: [...parameters.values()], policies };
}
