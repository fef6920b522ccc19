import type { Value } from '@patchbay/expression';
import type { Transformation } from '../contract.ts';
import { decodeFlatFile } from '../flat-file/decode-flat-file.ts';
import { encodeFlatFile } from '../flat-file/encode-flat-file.ts';
import { renderLiquid } from '../liquid/render-liquid.ts';
import { composeWithSchema } from '../xsd/compose-with-schema.ts';
import { parseWithSchema } from '../xsd/parse-with-schema.ts';
import { validateXml } from '../xsd/validate-xml.ts';
import { transformXml } from '../xslt/transform-xml.ts';

/** Runs one transformation on this thread. Throws `TransformError`. */
export async function runTransformation(transformation: Transformation): Promise<Value> {
  switch (transformation.kind) {
    case 'xslt': {
      const { kind, text, mediaType } = transformXml(transformation);
      return { kind, text, mediaType: mediaType ?? null };
    }
    case 'xml-validation':
      validateXml(transformation);
      return null;
    case 'xml-parse':
      return parseWithSchema(transformation);
    case 'xml-compose':
      return composeWithSchema(transformation);
    case 'flat-file-decode':
      return decodeFlatFile(transformation);
    case 'flat-file-encode':
      return encodeFlatFile(transformation);
    case 'liquid':
      return renderLiquid(transformation);
  }
}
