import { escapeHtml } from '../errors/error-handler.ts';
import { signInPage } from '../identity/pages.ts';

/** What the consent page tells: whose account is linked to what, and what comes of it. */
export type Consent = {
  readonly action: string;
  readonly csrfToken: string;
  readonly person: { readonly displayName: string; readonly email: string };
  /** Without a title where it is none of the known ones. */
  readonly provider: { readonly title?: string; readonly host: string };
  readonly connection: string;
  readonly connector: string;
  readonly environment: string;
  readonly apiHost: string;
  readonly scopes: readonly string[];
  readonly cancelTo: string;
};

export function consentPage(consent: Consent): string {
  const { person, provider, scopes } = consent;
  const facts: readonly (readonly [string, string])[] = [
    ['You', `${person.displayName} (${person.email})`],
    ['Account at', provider.title === undefined ? provider.host : `${provider.title} (${provider.host})`],
    ['Connection', consent.connection],
    ['Connector', consent.connector],
    ['Environment', consent.environment],
    ['Sends to', consent.apiHost],
    ...(scopes.length === 0 ? [] : ([['Asks for', scopes.join(', ')]] as const)),
  ];
  const rows = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('');
  return signInPage(
    'Link your account',
    `<p>You are about to let a connection act with your account.</p><dl>${rows}</dl>
<p>Whoever may use this connection acts as you at ${escapeHtml(provider.host)}. Continue only if you began this yourself.</p>
<form method="post" action="${escapeHtml(consent.action)}"><input type="hidden" name="csrf" value="${escapeHtml(consent.csrfToken)}">
<button type="submit">Continue to ${escapeHtml(provider.host)}</button></form>
<p><a href="${escapeHtml(consent.cancelTo)}">Cancel</a></p>`,
  );
}

/** Sends the browser on by itself: a form's answer may not redirect to another origin under the page's own policy. */
export function leavePage(url: string): string {
  const host = escapeHtml(new URL(url).host);
  return signInPage(
    `Going to ${host}`,
    `<meta http-equiv="refresh" content="0;url=${escapeHtml(url)}"><p><a href="${escapeHtml(url)}">Continue to ${host}</a></p>`,
  );
}
