import type { Finding } from './finding.ts';
import type { Description, DescriptionFormat, DescriptionRead, Surroundings } from './format.ts';
import { formats } from './formats.ts';
import type { Loss } from './loss.ts';
import type { ConnectorModel } from './model.ts';
import { type OpenedDescription, openDescription, type SourceFile } from './open-description.ts';
import type { PackageKind } from './package/container.ts';
import { unpack } from './package/containers.ts';
import { readProperties } from './properties/read-properties.ts';
import { technicalRules } from './rules/rule-table.ts';
import { runRules } from './rules/run-rules.ts';
import { Subject } from './rules/subject.ts';
import type { SoapOptions } from './soap-options.ts';
import { joinDocuments, referencedFiles, resolveName } from './source/document-set.ts';
import { describe, isObject, Reading } from './source/reading.ts';
import { recogniseText } from './source/recognise-text.ts';
import type { SourceDocument } from './source/source-document.ts';
import { referencedXmlFiles } from './xml/xml-documents.ts';

/** A connector's files: its description in any format, `apiProperties.json` and further files that the description refers to. */
export type ConnectorFiles = {
  readonly definition: SourceFile;
  readonly properties?: SourceFile;
  /** By the name that results from resolving a reference against the name of the file that refers ({@link referredFiles}). */
  readonly others?: readonly SourceFile[];
};

export type ReadResult = {
  /** Absent only when the description could not be read at all; then an error finding says why. */
  readonly model?: ConnectorModel;
  /** What the description was recognised as. */
  readonly format?: DescriptionFormat;
  /** What the description came wrapped in, where it did. */
  readonly wrapping?: PackageKind;
  readonly findings: readonly Finding[];
  /** What of the description did not come across as it stands. */
  readonly losses: readonly Loss[];
  /** The author's documents, for {@link certify}; what was not JSON or YAML has none. */
  readonly documents: { readonly definition?: SourceDocument; readonly properties?: SourceDocument };
};

export type ReadOptions = {
  /**
   * `all` (the default) checks the description against the technical rules; `none` only reads it, for a description that was checked
   * before.
   */
  readonly checks?: 'all' | 'none';
  /** How a WSDL is read: JSON in and out (`rest`, the default), or the XML itself. */
  readonly soapMode?: SoapOptions['mode'];
  /** Which port of a WSDL counts, by its name or `service/port`; the first that speaks SOAP over HTTP when it is not said. */
  readonly soapPort?: string;
};

/**
 * Reads a connector into the model, whatever format its description is in. What can be read is read, with a finding for whatever was
 * coped with; never throws, whatever the bytes. Does no I/O.
 */
export function readConnector(files: ConnectorFiles, options: ReadOptions = {}): ReadResult {
  const { checks = 'all' } = options;
  const given = openDescription(files.definition);
  const unpacked = unpack(given);
  const definition = unpacked === undefined ? given : unpacked.definition;
  const wrapping = unpacked === undefined ? {} : { wrapping: unpacked.kind };
  if (definition === undefined) {
    return { findings: unpacked?.findings ?? [], losses: unpacked?.losses ?? [], documents: {}, ...wrapping };
  }
  const properties = files.properties === undefined ? unpacked?.properties : openDescription(files.properties);
  const document = properties?.description.document;
  const about = document === undefined ? undefined : new Reading(document);
  const found = findFiles(files.others ?? unpacked?.others ?? []);
  const read = readDescription(definition, {
    find: found.find,
    soap: {
      mode: options.soapMode ?? 'rest',
      ...(options.soapPort !== undefined && { port: options.soapPort }),
    },
    ...(about !== undefined && { properties: readProperties(about) }),
  });
  const joined = read.document;
  const subject = checks === 'none' || read.model === undefined ? undefined : Subject.of(joined, read.model, document);
  return {
    ...(read.model !== undefined && { model: read.model }),
    ...(read.format !== undefined && { format: read.format }),
    ...wrapping,
    losses: [...(unpacked?.losses ?? []), ...read.losses],
    documents: {
      ...(joined !== undefined && { definition: joined }),
      ...(document !== undefined && { properties: document }),
    },
    findings: [
      ...(unpacked?.findings ?? []),
      ...definition.findings,
      ...read.findings,
      ...(subject === undefined ? [] : runRules(technicalRules, subject, read.findings)),
      ...found.findings(),
      ...(properties?.findings ?? []),
      ...(about?.findings ?? []),
    ],
  };
}

/** The names of the files that a file refers to, each resolved against its own name; empty for a file that cannot be read. */
export function referredFiles(file: SourceFile): readonly string[] {
  const { document, source } = openDescription(file).description;
  if (document !== undefined) return referencedFiles(document);
  return recogniseText(source.text).kind === 'xml' ? referencedXmlFiles(source.name, source.text) : [];
}

type ReadDescription = DescriptionRead & { readonly format?: DescriptionFormat; readonly document?: SourceDocument };

function readDescription({ description, findings }: OpenedDescription, surroundings: Surroundings): ReadDescription {
  const { document } = description;
  const joined: Description =
    document === undefined
      ? description
      : { ...description, document: joinDocuments(document, (name) => surroundings.find(name)?.document) };
  const reader = formats.find((one) => one.isMeant(joined));
  if (reader !== undefined) {
    const read = reader.read(joined, surroundings);
    return { ...read, format: reader.format, ...(joined.document !== undefined && { document: joined.document }) };
  }
  const hasSaidWhy = document === undefined && findings.some((finding) => finding.severity === 'error');
  return { findings: hasSaidWhy ? [] : [unrecognised(joined)], losses: [] };
}

/** Opens other files when they are asked for, and keeps what there was to say about them. */
function findFiles(others: readonly SourceFile[]) {
  const byName = new Map(others.map((file) => [resolveName('', file.name), file]));
  const opened = new Map<string, OpenedDescription>();
  return {
    find: (name: string): Description | undefined => {
      const file = byName.get(name);
      if (file === undefined) return undefined;
      const known = opened.get(name) ?? openDescription({ ...file, name });
      opened.set(name, known);
      return known.description;
    },
    findings: (): readonly Finding[] => [...opened.values()].flatMap((one) => one.findings),
  };
}

function unrecognised({ source, document }: Description): Finding {
  const at = { source: source.name, pointer: '', line: 1, column: 1, severity: 'error' as const };
  const readable = formats.map((reader) => reader.title.replace(/^an? /, '')).join(', ');
  const hint = `Patchbay reads ${readable}.`;
  const text = recogniseText(source.text);
  if (text.kind === 'empty') return { ...at, code: 'document-empty', message: `The file is empty. ${hint}` };
  if (document !== undefined && !isObject(document.root)) {
    const found = describe(document.root);
    return { ...at, code: 'document-not-object', message: `This is ${found}, not a description of an API. ${hint}` };
  }
  const found =
    text.kind === 'other' ? text.title : text.kind === 'xml' ? 'an XML document' : 'no description of an API';
  return { ...at, code: 'format-unsupported', message: `This is ${found}. ${hint}` };
}
