import {
  type ConnectorModel,
  definitionName,
  type Loss,
  modelDifference,
  propertiesName,
  readConnector,
  writeConnector,
  writeText,
} from '@patchbay/definition';
import { type BoundOperation, bindOperations } from './bind-operations.ts';

export type RoundTrip = {
  /** What came back otherwise than it was, or undefined. */
  readonly problem?: string;
  readonly losses: readonly Loss[];
};

/** Writes a model as a connector's files and reads them back: the model must be the same, and so must every request. */
export function roundTrip(model: ConnectorModel, bound: readonly BoundOperation[]): RoundTrip {
  const { definition, properties, losses } = writeConnector(model);
  const back = readConnector({
    definition: { name: definitionName, content: writeText(definition) },
    properties: { name: propertiesName, content: writeText(properties) },
  }).model;
  if (back === undefined) return { problem: 'the written connector cannot be read', losses };
  const difference = modelDifference(model, back);
  if (difference !== undefined)
    return { problem: `the written connector reads back otherwise at ${difference}`, losses };
  const again = bindOperations(back);
  const changed = bound.find((one, index) => one.requests.join() !== again[index]?.requests.join());
  if (changed === undefined) return { losses };
  return { problem: `${changed.operationId}: the written connector binds to another request`, losses };
}
