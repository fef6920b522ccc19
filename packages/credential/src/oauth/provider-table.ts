import type { IdentityProvider } from './contract.ts';
import { aad } from './providers/aad.ts';
import { aadcertificate } from './providers/aadcertificate.ts';
import { docusign } from './providers/docusign.ts';
import { dropbox } from './providers/dropbox.ts';
import { facebook } from './providers/facebook.ts';
import { github } from './providers/github.ts';
import { google } from './providers/google.ts';
import { instagram } from './providers/instagram.ts';
import { linkedin } from './providers/linkedin.ts';
import { microsoft } from './providers/microsoft.ts';
import { oauth2 } from './providers/oauth2.ts';
import { oauth2generic } from './providers/oauth2generic.ts';
import { oauth2pkce } from './providers/oauth2pkce.ts';
import { salesforce } from './providers/salesforce.ts';
import { slack } from './providers/slack.ts';
import { spotify } from './providers/spotify.ts';

/** Every identity provider that connectors can name. */
export const identityProviders: readonly IdentityProvider[] = [
  oauth2,
  oauth2pkce,
  oauth2generic,
  aad,
  aadcertificate,
  docusign,
  dropbox,
  facebook,
  github,
  google,
  instagram,
  linkedin,
  microsoft,
  salesforce,
  slack,
  spotify,
];

/** The provider that a name means: any case, and with a version at its end as `SalesforceV2` has one. */
export function findIdentityProvider(name: string): IdentityProvider | undefined {
  const wanted = name.toLowerCase();
  const bare = wanted.replace(/v\d+$/, '');
  return (
    identityProviders.find((provider) => provider.name === wanted) ??
    identityProviders.find((provider) => provider.name === bare)
  );
}
