import { ConnectorError } from '../../errors.ts';
import type { Headers } from '../message.ts';
import type { PolicyContext, PolicyEffect, PolicyTemplate } from '../policy.ts';
import { compileText } from '../policy-scope.ts';

/** Fields that belong to the connection between two hosts (RFC 9110 §7.6.1) or that the transport writes. */
const reserved = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Sets a header field of the request or of the answer: over what is there, only when nothing is there, or in addition. */
export const setHeader: PolicyTemplate = {
  templateId: 'setheader',
  compile: (values, section): PolicyEffect => {
    const name = values.text('name').trim().toLowerCase();
    const evaluate = compileText(values.text('value'));
    const action = values.text('existsAction', 'override').toLowerCase();
    const isName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name);
    const set = (headers: Headers, context: PolicyContext): Headers => {
      // A name that no header can have, e.g. a placeholder that was never filled in, and a field that is not ours to set.
      if (!isName || reserved.has(name)) return headers;
      const existing = Object.hasOwn(headers, name) ? headers[name] : undefined;
      if (existing !== undefined && action === 'skip') return headers;
      const value = checked(name, evaluate({ context }));
      return { ...headers, [name]: existing !== undefined && action === 'append' ? `${existing},${value}` : value };
    };
    if (section === 'request') {
      return {
        on: 'request',
        needsBody: false,
        apply: (message, context) => ({ ...message, headers: set(message.headers, context) }),
      };
    }
    return {
      on: 'response',
      apply: (message, context) => {
        const isMeant = section === 'response' || message.statusCode >= 400;
        return isMeant ? { ...message, headers: set(message.headers, context) } : message;
      },
    };
  },
};

function checked(name: string, value: string): string {
  if (!/[\r\n\0]/.test(value)) return value;
  throw new ConnectorError('policy-failed', `The header ${name} would hold a line break or a null character.`);
}
