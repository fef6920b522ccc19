import type { ConfigurationVariable, ValuesOf } from './configuration-variable.ts';
import { text, webAddress } from './value-schemas.ts';

/** Who signs people in, in place of the embedded issuer. */
export const issuerVariables = [
  {
    name: 'PATCHBAY_OIDC_ISSUER',
    takes: 'the address of an OpenID Connect issuer',
    example: 'https://login.example.org/realms/main',
    description: 'People sign in at this issuer in place of with local accounts.',
    schema: webAddress,
  },
  {
    name: 'PATCHBAY_OIDC_CLIENT_ID',
    takes: 'a client id',
    example: 'patchbay',
    default: 'patchbay-portal',
    description: 'The client that the issuer knows the portal by.',
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_CLIENT_SECRET',
    takes: 'a client secret',
    example: '…',
    description: 'The secret of that client; without one it is a public client with PKCE.',
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_CLI_CLIENT_ID',
    takes: 'a client id',
    example: 'patchbay-command-line',
    default: 'patchbay-cli',
    description: 'The public client that the command line signs in with (device flow).',
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_ROLE_CLAIM',
    takes: 'the name of a claim',
    example: 'roles',
    description:
      "The claim (text or list) that holds a person's roles. Without it, the first to sign in is the administrator.",
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_ADMINISTRATOR_ROLE',
    takes: 'a value of that claim',
    example: 'patchbay-administrator',
    default: 'administrator',
    description: 'The value of the role claim that makes an administrator.',
    schema: text,
  },
  {
    name: 'PATCHBAY_OIDC_MAKER_ROLE',
    takes: 'a value of that claim',
    example: 'patchbay-maker',
    description:
      'The value of the role claim that makes a maker; whoever has neither value may sign in and do nothing. Without it, everybody else is a maker.',
    schema: text,
  },
] as const satisfies readonly ConfigurationVariable[];

/** An OpenID Connect issuer other than the embedded one. */
export type ExternalIssuer = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly cliClientId: string;
  /** The claim whose value names the role, and the value that means administrator. */
  readonly roleClaim?: string;
  readonly administratorRole: string;
  /** The value that means maker; absent means that everybody else is one. */
  readonly makerRole?: string;
};

/** `undefined`: the embedded issuer. */
export function readIssuer(values: ValuesOf<typeof issuerVariables>): ExternalIssuer | undefined {
  const issuer = values.PATCHBAY_OIDC_ISSUER;
  if (issuer === undefined) return undefined;
  const clientSecret = values.PATCHBAY_OIDC_CLIENT_SECRET;
  const roleClaim = values.PATCHBAY_OIDC_ROLE_CLAIM;
  const makerRole = values.PATCHBAY_OIDC_MAKER_ROLE;
  return {
    issuer,
    clientId: values.PATCHBAY_OIDC_CLIENT_ID,
    ...(clientSecret !== undefined && { clientSecret }),
    cliClientId: values.PATCHBAY_OIDC_CLI_CLIENT_ID,
    ...(roleClaim !== undefined && { roleClaim }),
    administratorRole: values.PATCHBAY_OIDC_ADMINISTRATOR_ROLE,
    ...(makerRole !== undefined && { makerRole }),
  };
}
