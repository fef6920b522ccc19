import { type Document, parseXmlDocument } from 'slimdom';
import { invalidArgument } from '../functions/check-arguments.ts';

const maxXmlLength = 20_000_000;

/** Parses XML. A document type is refused, so there are no entities to expand and nothing outside to fetch. */
export function parseXml(functionName: string, text: string): Document {
  if (text.length > maxXmlLength)
    throw invalidArgument(functionName, `was given more than ${maxXmlLength} characters of XML.`);
  if (/<!DOCTYPE/i.test(text))
    throw invalidArgument(functionName, 'was given XML with a document type, which is not read.');
  try {
    return parseXmlDocument(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw invalidArgument(functionName, `was given text that is not well-formed XML: ${why}`, { cause: error });
  }
}
