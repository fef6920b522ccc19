import type { ConnectorModel, OperationModel } from '../model.ts';
import { buildOperation } from './build-operation.ts';
import { captureSample } from './capture-sample.ts';
import { type PlacedRequest, placeBelow } from './choose-server.ts';
import { CollectedSecurity, requirementKey } from './collect-security.ts';
import { operationNamer } from './operation-names.ts';
import { openSample, type SampleRead, sampleOptions } from './read-sample.ts';
import type { RequestSample } from './request-sample.ts';

/**
 * Adds an operation, made of a sample, to a connector. Below the connector's own address it stands there; else it keeps the sample's.
 * How the connector authenticates is left as it is: the operation follows it when the sample was authenticated in one of the
 * connector's ways or not at all, and otherwise says what it saw. An operation with the sample's method and path is replaced and keeps
 * its identifier, name, description and visibility.
 */
export function addOperation(model: ConnectorModel, sample: RequestSample): SampleRead {
  const reading = openSample();
  const request = captureSample(reading, sample);
  if (request === undefined) return { findings: reading.findings, losses: reading.losses };
  const isFirst = model.server.host === '' && request.base.kind === 'address' && model.operations.length === 0;
  const server =
    isFirst && request.base.kind === 'address'
      ? { schemes: [request.base.scheme], host: request.base.host, basePath: request.base.basePath }
      : model.server;
  const placed = placeBelow(server, request);
  const replaced = model.operations.find((operation) => isSameAddress(operation, placed));
  const others = model.operations.filter((operation) => operation !== replaced);
  const nameOperation = operationNamer(others.map((operation) => operation.operationId));
  const { name, method, path } = placed.request;
  const operationId = replaced?.operationId ?? nameOperation(name, method, path);
  const security = new CollectedSecurity(model.securitySchemes);
  const required = security.requirementOf(placed.request);
  const follows = required.length === 0 || requirementKey(required) === requirementKey(model.security);
  const built: OperationModel = {
    ...buildOperation(reading, [placed.request], operationId, sampleOptions),
    ...(placed.serverUrl !== undefined && { serverUrl: placed.serverUrl }),
    ...(!follows && { security: required }),
  };
  const added = replaced === undefined ? built : keepWords(built, replaced);
  const operations =
    replaced === undefined
      ? [...model.operations, added]
      : model.operations.map((operation) => (operation === replaced ? added : operation));
  return {
    model: { ...model, server, operations, securitySchemes: security.schemes },
    findings: reading.findings,
    losses: reading.losses,
  };
}

function isSameAddress(operation: OperationModel, { request, serverUrl }: PlacedRequest): boolean {
  const bare = (path: string): string => path.replace(/\{[^{}]*\}/g, '{}');
  return (
    operation.method === request.method.toLowerCase() &&
    bare(operation.path) === bare(request.path) &&
    operation.serverUrl === serverUrl
  );
}

/** What a person wrote about an operation stays when its request is imported again. */
function keepWords(built: OperationModel, before: OperationModel): OperationModel {
  return {
    ...built,
    summary: before.summary === '' ? built.summary : before.summary,
    description: before.description === '' ? built.description : before.description,
    visibility: before.visibility,
    tags: before.tags,
    extensions: before.extensions,
    ...(before.trigger !== undefined && { trigger: before.trigger }),
  };
}
