import type { FormatReader } from '../format.ts';
import { isObject, member, Reading } from '../source/reading.ts';
import { resolveIdentifiers } from '../source/schema-identifiers.ts';
import { readOpenapi3 } from './read-openapi3.ts';

/** OpenAPI 3.0, 3.1 and 3.2. */
export const openapi3Format: FormatReader = {
  format: 'openapi3',
  title: 'an OpenAPI 3 document',
  isMeant: ({ document }) => isObject(document?.root) && member(document.root, 'openapi') !== undefined,
  read: ({ document }, { properties }) => {
    if (document === undefined || !isObject(document.root)) return { findings: [], losses: [] };
    const version = String(member(document.root, 'openapi'));
    // From 3.1 on schemas are JSON Schema 2020-12.
    const isModern = !/^3\.0(\.|$)/.test(version);
    const resolved = isModern ? resolveIdentifiers(document) : document;
    const root = isObject(resolved.root) ? resolved.root : document.root;
    const reading = new Reading(resolved, '/components/schemas', isModern);
    if (!/^3\.\d+(\.|$)/.test(version)) reading.report('openapi-version', '/openapi', { found: version });
    const model = readOpenapi3(reading, root, properties);
    return { model, findings: reading.findings, losses: reading.losses };
  },
};
