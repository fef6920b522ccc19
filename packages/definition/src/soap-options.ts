import type { SoapBinding } from './soap-binding.ts';

/** How a WSDL is read: what callers give and get, and which of several ports counts (`port` or `service/port`; else the first). */
export type SoapOptions = { readonly mode: SoapBinding['mode']; readonly port?: string };
