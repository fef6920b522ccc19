import type { ConnectorModel, JsonValue, SoapBinding } from '@patchbay/definition';
import type { EncodedBody } from '../form-body.ts';
import { compileMessage } from './write-message.ts';

/** How a SOAP operation is asked for over HTTP (SOAP 1.1 §6, SOAP 1.2 Part 2 §7). */
export type SoapRequest = {
  readonly encode: (value: JsonValue) => EncodedBody;
  readonly accept: string;
  /** Header fields besides, by lower-case name. */
  readonly headers: { readonly [name: string]: string };
};

export function compileSoapRequest(model: ConnectorModel, soap: SoapBinding): SoapRequest {
  const write = compileMessage(model, soap);
  const action = fieldText(soap.action);
  if (soap.version === '1.1') {
    return {
      encode: (value) => ({ contentType: 'text/xml; charset=utf-8', body: write(value) }),
      accept: 'text/xml',
      headers: { soapaction: `"${action}"` },
    };
  }
  const parameter = action === '' ? '' : `; action="${action}"`;
  return {
    encode: (value) => ({ contentType: `application/soap+xml; charset=utf-8${parameter}`, body: write(value) }),
    accept: 'application/soap+xml',
    headers: {},
  };
}

/** An action inside of quotes in a header field, where only visible ASCII may stand as it is. */
function fieldText(action: string): string {
  return action
    .toWellFormed()
    .replace(/["\\]/g, (character) => `\\${character}`)
    .replace(/[^ -~]/gu, encodeURIComponent);
}
