import { validateHeaderName, validateHeaderValue } from 'node:http';
import { valueToContent } from '@patchbay/expression';
import type { ResponseMessage } from '@patchbay/workflow';
import type { FastifyReply } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';

/** What a flow's answer cannot say: the transport says it, or it is this server's to say. As in the ecosystem, it is left out. */
const ownHeaders =
  /^(allow|connection|content-(?!disposition$|encoding$|type$).*|cookie|expires|keep-alive|last-modified|set-cookie|te|trailer|transfer-encoding|upgrade)$/i;

/** Throws `ResponseInvalid` for a header field that HTTP has no way to say (RFC 9110 §5.1, §5.5). */
function checkHeader(name: string, value: string): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (error) {
    throw new PlatformError(
      'ResponseInvalid',
      `The flow responded with the header field "${name}", which cannot be sent: its name or its value has a character that HTTP does not allow.`,
      { cause: error },
    );
  }
}

/** Sends what a Response action said. Throws `ResponseInvalid`. */
export function sendResponse(
  { statusCode, headers, body }: Extract<ResponseMessage, { kind: 'response' }>,
  reply: FastifyReply,
) {
  reply.code(statusCode);
  let contentType: string | undefined;
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || ownHeaders.test(name)) continue;
    checkHeader(name, value);
    if (name.toLowerCase() === 'content-type') contentType = value;
    else reply.header(name, value);
  }
  // A flow's answer must not run as a page of this origin.
  reply.header('content-security-policy', "sandbox; default-src 'none'");
  reply.header('x-content-type-options', 'nosniff');
  const content = valueToContent(body, contentType);
  if (content === undefined) return reply.send();
  return reply
    .header('content-type', content.contentType)
    .send(Buffer.from(content.bytes.buffer, content.bytes.byteOffset, content.bytes.byteLength));
}
