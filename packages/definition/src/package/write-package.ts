import type { Loss } from '../loss.ts';
import type { ConnectorModel } from '../model.ts';
import { writeText } from '../write/document-text.ts';
import { definitionName, propertiesName, writeConnector } from '../write/write-connector.ts';
import { writeZip } from './write-zip.ts';

/** Writes a connector as a zip archive of its files. */
export function writePackage(model: ConnectorModel): { readonly bytes: Uint8Array; readonly losses: readonly Loss[] } {
  const { definition, properties, losses } = writeConnector(model);
  const files = {
    [definitionName]: writeText(definition),
    [propertiesName]: writeText(properties),
  };
  return { bytes: writeZip(files), losses };
}
