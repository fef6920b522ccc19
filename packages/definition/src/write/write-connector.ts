import type { Loss } from '../loss.ts';
import type { ConnectorModel, JsonObject } from '../model.ts';
import { writeSwagger2 } from './swagger2/write-swagger2.ts';
import { writeProperties } from './write-properties.ts';
import { Writing } from './writing.ts';

/** The names of a connector's files. */
export const definitionName = 'apiDefinition.swagger.json';
export const propertiesName = 'apiProperties.json';

export type WrittenConnector = {
  /** `apiDefinition.swagger.json` (OpenAPI 2.0). */
  readonly definition: JsonObject;
  /** `apiProperties.json`. */
  readonly properties: JsonObject;
  /** What other readers of the definition will not see; Patchbay reads the same model back. Places are those of its text. */
  readonly losses: readonly Loss[];
};

/** Writes a connector as its files, whatever format it was read from. */
export function writeConnector(model: ConnectorModel): WrittenConnector {
  const writing = new Writing(model);
  const definition = writeSwagger2(writing);
  return { definition, properties: writeProperties(model), losses: writing.losses(definitionName, definition) };
}
