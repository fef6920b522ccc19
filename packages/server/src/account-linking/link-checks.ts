import type { PendingLinkRow } from '@patchbay/store';

/** Somebody who comes back from an identity provider: what their browser shows, and what was expected of it. */
export type LinkArrival = {
  /** What was kept when they left. */
  readonly pending: PendingLinkRow;
  /** The connector whose own address they came to; nothing at the common one. */
  readonly arrivedAt: string | undefined;
  /** The connector's own address, when it has one. */
  readonly expectedAt: string | undefined;
  /** SHA-256 of the secrets of the browser and of its portal session. */
  readonly browserHash: string | undefined;
  readonly sessionId: string | undefined;
  readonly accountId: string | undefined;
  /** What the provider calls itself: as it was known when they left, and as it said now (RFC 9207). */
  readonly issuer: { readonly expected?: string; readonly isAnnounced: boolean; readonly said: string | undefined };
};

/** One way of turning account linking against a person, and what is wrong when somebody tries. */
export type LinkCheck = {
  readonly name: string;
  readonly problem: (arrival: LinkArrival) => string | undefined;
};

/** An answer for one connector must not be taken for another's, whose provider may be an attacker's (cross-app attacks). */
const ownConnector: LinkCheck = {
  name: 'own-connector',
  problem: ({ arrivedAt, expectedAt }) =>
    arrivedAt === expectedAt ? undefined : 'The answer came to the redirect URL of another connector.',
};

/** Only the browser that began may end: a link that somebody was sent leads nowhere (session fixation, request forgery). */
const ownBrowser: LinkCheck = {
  name: 'own-browser',
  problem: ({ pending, browserHash, sessionId }) =>
    browserHash !== undefined && pending.browserHash === browserHash && pending.sessionId === sessionId
      ? undefined
      : 'This sign-in was begun in another browser, or in another session of this one.',
};

/** The account goes to a connection of the person who is there, and of nobody else. */
const ownPerson: LinkCheck = {
  name: 'own-person',
  problem: ({ pending, accountId }) =>
    pending.accountId === accountId ? undefined : 'This sign-in was begun by somebody else.',
};

/** An answer of another provider than the one that was asked (mix-up, RFC 9207 §2.4). */
const ownIssuer: LinkCheck = {
  name: 'own-issuer',
  problem: ({ issuer }) => {
    if (issuer.said === undefined) {
      return issuer.isAnnounced ? 'The identity provider did not say who it is, although it announces to.' : undefined;
    }
    if (issuer.expected === undefined || issuer.said === issuer.expected) return undefined;
    return 'The answer is of another identity provider than the one that was asked.';
  },
};

/** All of them, in the order in which they are asked. */
export const linkChecks: readonly LinkCheck[] = [ownConnector, ownBrowser, ownPerson, ownIssuer];
