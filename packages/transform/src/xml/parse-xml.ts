import { SaxesParser } from 'saxes';
import { TransformError, type TransformErrorCode } from '../errors.ts';
import type { DocumentNode } from './node.ts';
import { type NodeCounter, TreeBuilder } from './tree-builder.ts';

/** Nothing that is exchanged comes near; what is made to exhaust the stack does. */
const maximumDepth = 1_000;
const maximumLength = 50_000_000;

/**
 * Parses XML 1.0 with namespaces. A document type is refused, so there are no entities to expand and nothing outside to fetch. Throws
 * `TransformError` with the given code.
 */
export function parseXml(
  text: string,
  what: string,
  counter: NodeCounter,
  code: TransformErrorCode = 'ContentInvalid',
): DocumentNode {
  const refuse = (why: string): never => {
    throw new TransformError(code, `${what} cannot be read as XML: ${why}`);
  };
  if (text.length > maximumLength) refuse(`it is longer than ${maximumLength} characters`);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const builder = new TreeBuilder(counter);
  parser.on('error', (error) => refuse(error.message));
  parser.on('doctype', () => refuse('it has a document type, which is not read'));
  parser.on('opentag', (tag) => {
    if (builder.depth > maximumDepth) refuse(`its elements are nested more than ${maximumDepth} deep`);
    builder.start({ namespace: tag.uri, prefix: tag.prefix, local: tag.local });
    for (const [prefix, uri] of Object.entries(tag.ns)) builder.declare(prefix, uri);
    for (const { prefix, local, uri, name, value } of Object.values(tag.attributes)) {
      if (prefix !== 'xmlns' && name !== 'xmlns') builder.attribute({ namespace: uri, prefix, local }, value);
    }
  });
  parser.on('text', (content) => {
    if (builder.depth > 1) builder.text(content);
  });
  parser.on('cdata', (content) => builder.text(content));
  parser.on('comment', (content) => builder.comment(content));
  parser.on('processinginstruction', ({ target, body }) => builder.instruction(target, body));
  parser.on('closetag', () => builder.end());
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return builder.finish();
}
