import type { Value } from '@patchbay/expression';
import type { FlatFileRequest } from './flat-file/decode-flat-file.ts';
import type { EncodeRequest } from './flat-file/encode-flat-file.ts';
import type { LiquidRequest } from './liquid/render-liquid.ts';
import type { ComposeRequest } from './xsd/compose-with-schema.ts';
import type { ValidationRequest } from './xsd/validate-xml.ts';
import type { XsltRequest } from './xslt/transform-xml.ts';

/** What can be made of a document. All data: it goes to another process. */
export type Transformation =
  | ({ readonly kind: 'xslt' } & XsltRequest)
  | ({ readonly kind: 'xml-validation' } & ValidationRequest)
  | ({ readonly kind: 'xml-parse' } & ValidationRequest)
  | ({ readonly kind: 'xml-compose' } & ComposeRequest)
  | ({ readonly kind: 'flat-file-decode' } & FlatFileRequest)
  | ({ readonly kind: 'flat-file-encode' } & EncodeRequest)
  | ({ readonly kind: 'liquid' } & LiquidRequest);

/**
 * Makes documents of others, away from the process that asks, in bounded time and memory. Everything is given with the request; nothing is
 * read from files or the network.
 */
export interface Transformer {
  /**
   * Answers `{kind, text, mediaType}` for XSLT, `null` for a validation that passed, the JSON value for `xml-parse` and `liquid` to JSON, and text
   * otherwise. Throws `TransformError`.
   */
  transform(transformation: Transformation, signal?: AbortSignal): Promise<Value>;
  /** Ends its process; what is under way fails. */
  close(): Promise<void>;
}
