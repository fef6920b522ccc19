import type { Finding } from '../finding.ts';
import type { Loss } from '../loss.ts';
import type { ConnectorModel } from '../model.ts';
import { Reading } from '../source/reading.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { decodeSource } from '../source/source-text.ts';
import { buildConnector } from './build-connector.ts';
import type { OperationOptions } from './build-operation.ts';
import { captureSample } from './capture-sample.ts';
import type { RequestSample } from './request-sample.ts';

export type SampleRead = {
  /** A connector of one operation; absent when the sample's address or method is none. */
  readonly model?: ConnectorModel;
  readonly findings: readonly Finding[];
  /** Everything that was inferred, and what of the sample was left out. */
  readonly losses: readonly Loss[];
};

export const sampleOptions: OperationOptions = { keptValues: 'test-values', firstAnswerIsDefault: false };

/**
 * Makes a connector of one sample request, as the wizard's *import from sample* does: address, path, query, headers, body and answer
 * become an operation with inferred types. Values of credentials are not kept.
 */
export function readSample(sample: RequestSample): SampleRead {
  const reading = openSample();
  const request = captureSample(reading, sample);
  if (request === undefined) return { findings: reading.findings, losses: reading.losses };
  const about = { title: '', description: '', version: '', tags: [], requests: [request] };
  const model = buildConnector(reading, about, sampleOptions);
  return { model, findings: reading.findings, losses: reading.losses };
}

/** A sample is no file: what is said of it names its members. */
export function openSample(): Reading {
  const { source } = decodeSource('sample', '');
  const document: SourceDocument = {
    source,
    root: null,
    locate: (pointer) => ({ source: 'sample', pointer, line: 1, column: 1 }),
  };
  return new Reading(document);
}
