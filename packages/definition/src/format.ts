import type { Finding } from './finding.ts';
import type { Loss } from './loss.ts';
import type { ConnectorModel } from './model.ts';
import type { ConnectorProperties } from './properties/read-properties.ts';
import type { SoapOptions } from './soap-options.ts';
import type { SourceDocument } from './source/source-document.ts';
import type { SourceText } from './source/source-text.ts';

/** The formats that descriptions are read from. */
export type DescriptionFormat = 'swagger2' | 'openapi3' | 'postman' | 'wsdl' | 'curl' | 'har';

/** A description that was opened: its text and, where that is JSON or YAML, the document in it with its other files joined. */
export type Description = {
  readonly source: SourceText;
  readonly bytes: Uint8Array;
  readonly document?: SourceDocument;
};

/** What stands beside a description. */
export type Surroundings = {
  readonly properties?: ConnectorProperties;
  /** Another file by its name as seen from the description; undefined when it was not given. */
  readonly find: (name: string) => Description | undefined;
  /** How a WSDL is read; as REST when it is not said. */
  readonly soap?: SoapOptions;
};

/** `model` is absent only when nothing could be read; then an error finding says why. */
export type DescriptionRead = {
  readonly model?: ConnectorModel;
  readonly findings: readonly Finding[];
  readonly losses: readonly Loss[];
};

/** One format: how it is told from the others, and how it is read. */
export type FormatReader = {
  readonly format: DescriptionFormat;
  /** Words for a person, with the article: `a Swagger 2.0 document`. */
  readonly title: string;
  readonly isMeant: (description: Description) => boolean;
  readonly read: (description: Description, surroundings: Surroundings) => DescriptionRead;
};
