import type { Value } from '@patchbay/expression';
import type { Transformation } from '../contract.ts';

/** Runs one transformation on this thread, which loads what it takes for the first of its kind. Throws `TransformError`. */
export async function runTransformation(transformation: Transformation): Promise<Value> {
  switch (transformation.kind) {
    case 'xslt': {
      const { transformXml } = await import('../xslt/transform-xml.ts');
      const { kind, text, mediaType } = transformXml(transformation);
      return { kind, text, mediaType: mediaType ?? null };
    }
    case 'xml-validation': {
      const { validateXml } = await import('../xsd/validate-xml.ts');
      validateXml(transformation);
      return null;
    }
    case 'xml-parse': {
      const { parseWithSchema } = await import('../xsd/parse-with-schema.ts');
      return parseWithSchema(transformation);
    }
    case 'xml-compose': {
      const { composeWithSchema } = await import('../xsd/compose-with-schema.ts');
      return composeWithSchema(transformation);
    }
    case 'flat-file-decode': {
      const { decodeFlatFile } = await import('../flat-file/decode-flat-file.ts');
      return decodeFlatFile(transformation);
    }
    case 'flat-file-encode': {
      const { encodeFlatFile } = await import('../flat-file/encode-flat-file.ts');
      return encodeFlatFile(transformation);
    }
    case 'liquid': {
      const { renderLiquid } = await import('../liquid/render-liquid.ts');
      return renderLiquid(transformation);
    }
  }
}
