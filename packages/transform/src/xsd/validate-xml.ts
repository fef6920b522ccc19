import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlLibError,
  XmlValidateError,
  XsdValidator,
  xmlCleanupInputProvider,
  xmlRegisterInputProvider,
} from 'libxml2-wasm';
import { TransformError } from '../errors.ts';
import { parseXml } from '../xml/parse-xml.ts';

export type ValidationRequest = {
  readonly content: string;
  readonly schema: string;
  /** What the schema may include or import: file name → text. */
  readonly schemas: Readonly<Record<string, string>>;
};

const maximumProblems = 50;

/** Validates XML against an XML Schema 1.0. Nothing but the schemas given is read. Throws `TransformError` when it does not fit. */
export function validateXml({ content, schema, schemas }: ValidationRequest): void {
  // Read here first: a document type is refused before it reaches a parser that knows what to do with one.
  const counter = { next: 0 };
  parseXml(content, 'the content', counter);
  parseXml(schema, 'the schema', counter, 'ArtifactInvalid');
  for (const [name, text] of Object.entries(schemas))
    parseXml(text, `the schema "${name}"`, counter, 'ArtifactInvalid');
  const buffers = Object.entries(schemas).map(([name, text]) => [name, new TextEncoder().encode(bare(text))] as const);
  xmlRegisterInputProvider(new NamedBuffers(Object.fromEntries(buffers)));
  try {
    using schemaDocument = XmlDocument.fromString(bare(schema), { url: 'schema.xsd' });
    using validator = compile(schemaDocument);
    using document = XmlDocument.fromString(bare(content));
    validate(validator, document);
  } finally {
    xmlCleanupInputProvider();
  }
}

/** The text goes as UTF-8, whatever its declaration says it once was. */
function bare(text: string): string {
  return text.replace(/^\uFEFF?(?:<\?xml\s[^?]*\?>)?/, '');
}

/** A location may have folders before the name by which a schema is known. */
class NamedBuffers extends XmlBufferInputProvider {
  override match(location: string): boolean {
    return super.match(fileName(location));
  }

  override open(location: string): number | undefined {
    return super.open(fileName(location));
  }
}

function fileName(location: string): string {
  const name = location.slice(location.search(/[^/\\]*$/));
  return URL.canParse(`x:/${name}`) ? decodeURIComponent(name) : name;
}

function compile(document: XmlDocument): XsdValidator {
  try {
    return XsdValidator.fromDoc(document);
  } catch (error) {
    if (!(error instanceof XmlLibError)) throw error;
    throw new TransformError('ArtifactInvalid', `The schema cannot be used: ${problemsOf(error).join(' ')}`, {
      cause: error,
    });
  }
}

function validate(validator: XsdValidator, document: XmlDocument): void {
  try {
    validator.validate(document);
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    const problems = problemsOf(error);
    throw new TransformError('ValidationFailed', problems.join(' '), { problems, cause: error });
  }
}

function problemsOf({ details }: XmlLibError): readonly string[] {
  return details
    .filter(({ level }) => level > 1)
    .slice(0, maximumProblems)
    .map(({ message, line }) => `${message.trim()}${line > 0 ? ` (line ${line})` : ''}`);
}
