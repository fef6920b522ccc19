import {
  type ConnectorFiles,
  type ConnectorModel,
  type Finding,
  type JsonValue,
  readConnector,
  readJsonFile,
  writeConnector,
} from '@patchbay/definition';
import { requireModel } from './read-description.ts';

/** A connector as a server takes it. */
export type ConnectorPackage = {
  readonly model: ConnectorModel;
  readonly findings: readonly Finding[];
  /** A connector's own definition as its author wrote it, else the one that was made. */
  readonly definition: string | JsonValue;
  readonly properties?: JsonValue;
};

/** A connector's own files go as they are, so that findings of the server point into them; anything else goes as the connector made of it. */
export function packageOf(path: string, files: ConnectorFiles): ConnectorPackage {
  const read = readConnector(files);
  const model = requireModel(path, read);
  const isOwn = read.format === 'swagger2' && read.wrapping === undefined && files.others === undefined;
  if (!isOwn) {
    const { definition, properties } = writeConnector(model);
    return { model, findings: read.findings, definition, properties };
  }
  const { definition, properties } = files;
  return {
    model,
    findings: read.findings,
    definition: readJsonFile(definition).text,
    ...(properties !== undefined && { properties: readJsonFile(properties).root ?? {} }),
  };
}
