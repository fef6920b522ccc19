import { curlFormat } from './curl/curl-format.ts';
import type { FormatReader } from './format.ts';
import { harFormat } from './har/har-format.ts';
import { openapi3Format } from './openapi3/openapi3-format.ts';
import { postmanFormat } from './postman/postman-format.ts';
import { swagger2Format } from './swagger2/swagger2-format.ts';
import { wsdlFormat } from './wsdl/wsdl-format.ts';

/** Every format that is read, in the order in which they are asked whether they are meant. */
export const formats: readonly FormatReader[] = [
  openapi3Format,
  swagger2Format,
  postmanFormat,
  wsdlFormat,
  curlFormat,
  harFormat,
];
