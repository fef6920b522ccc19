import { CredentialError } from '../errors.ts';
import { clientAuthentication } from './client-authentication.ts';
import type { OAuthSettings, Texts, TokenSet } from './contract.ts';
import { fillAddress, fillTemplate } from './fill-template.ts';
import { readTokenAnswer, type TokenAnswer } from './read-token-answer.ts';

/** `fetch` that leaves through egress. */
export type Fetch = typeof globalThis.fetch;

/** What an exchange with a provider needs of the world around. */
export type OAuthAccess = { readonly fetch: Fetch; readonly nowMs: () => number };

/** Answers of a token endpoint are short; one that is not is none. */
const maxAnswerLength = 1024 * 1024;

/**
 * Asks the token endpoint (RFC 6749 §4): with the provider's own template where it has one, in the standard's form otherwise.
 * `parameters` are those of the grant. Throws `CredentialError`.
 */
export async function requestToken(
  settings: OAuthSettings,
  kind: 'token' | 'refresh',
  parameters: Texts,
  { fetch, nowMs }: OAuthAccess,
): Promise<TokenSet> {
  const { provider } = settings;
  const isRefresh = kind === 'refresh';
  const values = { ...settings.values, ...templateValues(parameters) };
  const ownRefresh = isRefresh && isGiven(provider.refreshUrl, values);
  const url = fillAddress(
    ownRefresh ? 'refresh address' : 'token address',
    ownRefresh ? provider.refreshUrl : provider.tokenUrl,
    values,
    isRefresh ? provider.refreshQuery : provider.tokenQuery,
  );
  const template = isRefresh ? provider.refreshBody : usableTemplate(provider.tokenBody, parameters);
  const headers = new Headers({ accept: 'application/json' });
  const body =
    template === undefined
      ? await standardBody(settings, url, parameters, headers)
      : templateBody(template, values, parameters);
  return readTokenAnswer(await post(url, body, headers, fetch), nowMs());
}

/** Posts a form and reads the answer, whatever it is. Throws `token-unavailable` when there is none. */
export async function post(url: string, body: string, headers: Headers, fetch: Fetch): Promise<TokenAnswer> {
  headers.set('content-type', 'application/x-www-form-urlencoded');
  const response = await exchange(url, { method: 'POST', body, headers, redirect: 'manual' }, fetch);
  const text = await response.text();
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    text: text.length > maxAnswerLength ? '' : text,
  };
}

async function exchange(url: string, init: RequestInit, send: Fetch): Promise<Response> {
  try {
    return await send(url, init);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CredentialError('token-unavailable', `The identity provider cannot be reached: ${reason}`, {
      cause: error,
    });
  }
}

/** The grant's parameters with the provider's own, and the client's proof. */
async function standardBody(
  settings: OAuthSettings,
  url: string,
  parameters: Texts,
  headers: Headers,
): Promise<string> {
  const body = new URLSearchParams();
  for (const [name, template] of Object.entries(settings.provider.tokenParameters ?? {})) {
    const value = fillTemplate(template, settings.values);
    if (value !== '') body.set(name, value);
  }
  for (const [name, value] of Object.entries(parameters)) if (value !== '') body.set(name, value);
  const issuer = settings.values['issuer'] ?? url;
  const authenticate = clientAuthentication(settings, issuer);
  await authenticate({ issuer, token_endpoint: url }, { client_id: settings.clientId }, body, headers);
  return body.toString();
}

/** A template for a code is of no use to a grant that has none. */
function usableTemplate(template: string | undefined, parameters: Texts): string | undefined {
  const isForCode = template !== undefined && /\{code\}/i.test(template);
  return isForCode && parameters['code'] === undefined ? undefined : template;
}

/** A provider that does not know PKCE leaves the verifier out of account (RFC 6749 §3.2). */
function templateBody(template: string, values: Texts, parameters: Texts): string {
  const filled = fillTemplate(template.replace(/^\?/, ''), values, encodeURIComponent);
  const verifier = parameters['code_verifier'];
  if (verifier === undefined || filled.includes('code_verifier=')) return filled;
  return `${filled}&code_verifier=${verifier}`;
}

/** Parameters by the names that templates have for them. */
function templateValues(parameters: Texts): Texts {
  return {
    code: parameters['code'] ?? '',
    refreshtoken: parameters['refresh_token'] ?? '',
    codeverifier: parameters['code_verifier'] ?? '',
  };
}

function isGiven(template: string | undefined, values: Texts): boolean {
  return template !== undefined && fillTemplate(template, values).trim() !== '';
}
