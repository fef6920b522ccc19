import { createHash } from 'node:crypto';
import type { AccountRow, Store } from '@patchbay/store';
import type { ExternalIssuer } from '../configuration/issuer.ts';

/** What an issuer says of a person. */
export type SubjectClaims = { readonly sub: string; readonly [claim: string]: unknown };

/** Where claims come from: an id token at sign-in says all there is to say, an access token may leave the roles out. */
export type ClaimSource = 'sign-in' | 'access-token';

/** Finds the account of a person whom the issuer vouches for. */
export interface AccountDirectory {
  find(claims: SubjectClaims, source: ClaimSource): Promise<AccountRow | undefined>;
}

/** The embedded issuer's subjects are the accounts themselves. */
export function localAccounts(store: Store): AccountDirectory {
  return { find: ({ sub }) => store.accounts.find(sub) };
}

/** Accounts of another issuer's people are made when they first sign in; the role follows the issuer's claim at every sign-in. */
export function externalAccounts(store: Store, issuer: ExternalIssuer): AccountDirectory {
  return {
    async find(claims, source) {
      const id = accountIdOf(issuer.issuer, claims.sub);
      const known = await store.accounts.find(id);
      const role = roleOf(claims, issuer);
      if (known !== undefined) {
        const isSilent = source === 'access-token' && !Object.hasOwn(claims, issuer.roleClaim ?? '');
        if (role === undefined || role === known.role || isSilent) return known;
        await store.accounts.update(id, { role });
        return { ...known, role };
      }
      const account = await describeAccount(store, id, claims, role);
      await store.accounts.insert(account);
      return account;
    },
  };
}

/** The same person always gets the same id, in the form of a GUID. */
function accountIdOf(issuer: string, subject: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/** `undefined`: the issuer says nothing of roles. */
function roleOf(
  claims: SubjectClaims,
  { roleClaim, administratorRole, makerRole }: ExternalIssuer,
): AccountRow['role'] | undefined {
  if (roleClaim === undefined) return undefined;
  const value = Object.hasOwn(claims, roleClaim) ? claims[roleClaim] : undefined;
  const roles: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (roles.includes(administratorRole)) return 'administrator';
  return makerRole === undefined || roles.includes(makerRole) ? 'maker' : 'none';
}

async function describeAccount(
  store: Store,
  id: string,
  claims: SubjectClaims,
  role: AccountRow['role'] | undefined,
): Promise<AccountRow> {
  const text = (name: string): string | undefined => {
    const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const email = text('email') ?? text('preferred_username') ?? claims.sub;
  const isTaken = (await store.accounts.findByEmail(email)) !== undefined;
  const isFirst = (await store.accounts.list()).length === 0;
  return {
    id,
    email: isTaken ? `${id}@external.invalid` : email,
    displayName: text('name') ?? email,
    role: role ?? (isFirst ? 'administrator' : 'maker'),
    createdAtMs: Date.now(),
  };
}
