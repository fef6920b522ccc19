import { CredentialError } from '../errors.ts';
import type { TokenSet } from './contract.ts';

/** What a token endpoint answered. */
export type TokenAnswer = { readonly status: number; readonly contentType: string; readonly text: string };

type Members = { readonly [name: string]: unknown };

/** Errors that say that a grant is used up or was taken back: asking again is of no use (RFC 6749 §5.2). */
const deadGrants = new Set([
  'invalid_grant',
  'interaction_required',
  'consent_required',
  'login_required',
  'bad_refresh_token',
  'incorrect_client_credentials',
  'expired_token',
  'access_denied',
  'bad_verification_code',
]);

/** Errors that say that the client itself is wrong: so is every further request. */
const wrongClients = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_scope',
  'unsupported_grant_type',
  'invalid_request',
  'invalid_target',
  'invalid_resource',
]);

/**
 * Reads an answer as providers really give them: JSON or a form, numbers as text, errors under a good status. Throws
 * `sign-in-needed` for a dead grant, `oauth-settings-invalid` for a wrong client and `token-unavailable` for the rest.
 */
export function readTokenAnswer(answer: TokenAnswer, nowMs: number): TokenSet {
  const members = parse(answer);
  const accessToken = textOf(members['access_token']);
  if (answer.status >= 400 || accessToken === undefined) throw failureOf(answer, members);
  const lifetime = Number(textOf(members['expires_in']));
  const [refreshToken, scope] = [textOf(members['refresh_token']), textOf(members['scope'])];
  const accountName = accountNameOf(textOf(members['id_token'])) ?? accountNameOf(accessToken);
  return {
    accessToken,
    obtainedAtMs: nowMs,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(Number.isFinite(lifetime) && lifetime > 0 && { expiresAtMs: nowMs + lifetime * 1000 }),
    ...(scope !== undefined && { scope }),
    ...(accountName !== undefined && { accountName }),
  };
}

/** The members of a JSON or form answer; none for anything else. */
export function parseAnswer({ contentType, text }: TokenAnswer): Members {
  return parse({ status: 200, contentType, text });
}

function parse({ contentType, text }: TokenAnswer): Members {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) {
    try {
      return JSON.parse(trimmed) as Members;
    } catch {
      return {};
    }
  }
  return /json|html|xml/i.test(contentType) ? {} : Object.fromEntries(new URLSearchParams(trimmed));
}

/** Tells what the provider said and what to do, by the class of its error. */
export function failureOf({ status }: TokenAnswer, members: Members): CredentialError {
  const error = members['error'];
  const nested = typeof error === 'object' && error !== null ? (error as Members) : {};
  const code = textOf(error) ?? textOf(nested['code']) ?? textOf(nested['type']) ?? '';
  const described = textOf(members['error_description']) ?? textOf(nested['message']) ?? '';
  const said = [code, described]
    .filter((part) => part !== '')
    .join(': ')
    .slice(0, 500);
  const what =
    said === '' ? `the identity provider answered ${status} without a token` : `the identity provider said ${said}`;
  if (code === 'authorization_pending' || code === 'slow_down') {
    return new CredentialError('authorization-pending', 'Nobody has confirmed the code yet.');
  }
  if (deadGrants.has(code)) return new CredentialError('sign-in-needed', `Sign in again: ${what}.`);
  if (wrongClients.has(code)) {
    return new CredentialError('oauth-settings-invalid', `The OAuth settings do not work: ${what}.`);
  }
  return new CredentialError('token-unavailable', `There is no token now: ${what}. It will be asked for again.`);
}

/** Who signed in, from the claims of a token for us; only shown, never relied on, so its signature does not matter. */
function accountNameOf(token: string | undefined): string | undefined {
  const payload = token?.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Members;
    const names = ['unique_name', 'preferred_username', 'upn', 'email', 'name'];
    return names
      .map((name) => textOf(claims[name]))
      .find((name) => name !== undefined)
      ?.slice(0, 200);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
