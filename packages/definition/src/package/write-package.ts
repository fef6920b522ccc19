import { strToU8, zipSync } from 'fflate';
import type { Loss } from '../loss.ts';
import type { ConnectorModel } from '../model.ts';
import { writeText } from '../write/document-text.ts';
import { definitionName, propertiesName, writeConnector } from '../write/write-connector.ts';

/** The earliest time that a zip archive can name, so that the same connector is always the same bytes. */
const noTime = new Date(1980, 0, 1);

/** Writes a connector as a zip archive of its files. */
export function writePackage(model: ConnectorModel): { readonly bytes: Uint8Array; readonly losses: readonly Loss[] } {
  const { definition, properties, losses } = writeConnector(model);
  const files = {
    [definitionName]: strToU8(writeText(definition)),
    [propertiesName]: strToU8(writeText(properties)),
  };
  return { bytes: zipSync(files, { mtime: noTime, level: 9 }), losses };
}
