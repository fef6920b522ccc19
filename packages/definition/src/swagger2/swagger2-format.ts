import type { FormatReader } from '../format.ts';
import { isObject, member, Reading } from '../source/reading.ts';
import { readSwagger2 } from './read-swagger2.ts';

/** Swagger 2.0, and what has its paths and does not say what it is. */
export const swagger2Format: FormatReader = {
  format: 'swagger2',
  title: 'a Swagger 2.0 document',
  isMeant: ({ document }) => {
    const root = document?.root;
    if (!isObject(root)) return false;
    if (member(root, 'swagger') !== undefined) return true;
    return member(root, 'openapi') === undefined && isObject(member(root, 'paths'));
  },
  read: ({ document }, { properties }) => {
    const root = document?.root;
    if (document === undefined || !isObject(root)) return { findings: [], losses: [] };
    const reading = new Reading(document, '/definitions');
    const version = member(root, 'swagger');
    if (version !== '2.0')
      reading.report('swagger-version', '/swagger', { found: JSON.stringify(version) ?? 'nothing' });
    const model = readSwagger2(reading, root, properties);
    return { model, findings: reading.findings, losses: reading.losses };
  },
};
