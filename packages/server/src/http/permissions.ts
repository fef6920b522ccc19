import type { AccountRow } from '@patchbay/store';

/** What a route may ask for. `anonymous` asks for nothing; `signed` checks a signature in the address itself. */
export type Permission =
  | 'anonymous'
  | 'signed'
  | 'session.own'
  | 'environment.read'
  | 'environment.administer'
  | 'account.administer'
  | 'connector.read'
  | 'connector.write'
  | 'connection.read'
  | 'connection.write'
  | 'connection.use'
  | 'flow.read'
  | 'flow.write'
  | 'flow.run'
  | 'run.read'
  | 'run.cancel';

export type Role = AccountRow['role'];

const makerPermissions = [
  'session.own',
  'environment.read',
  'connector.read',
  'connector.write',
  'connection.read',
  'connection.write',
  'connection.use',
  'flow.read',
  'flow.write',
  'flow.run',
  'run.read',
  'run.cancel',
] as const satisfies readonly Permission[];

/** Role × permission: the only place that says who may do what. */
export const permissionsByRole: { readonly [role in Role]: ReadonlySet<Permission> } = {
  none: new Set<Permission>(['session.own']),
  maker: new Set<Permission>(makerPermissions),
  administrator: new Set<Permission>([...makerPermissions, 'environment.administer', 'account.administer']),
};

/** Who asks, as authentication found. */
export type Principal = {
  readonly account: AccountRow;
  /** For a cookie session: the token that unsafe requests must carry. */
  readonly csrfToken: string | null;
};

/** Whether a role holds a permission; one that is not in the table holds none. */
export function isAllowed(role: string, permission: Permission): boolean {
  return Object.hasOwn(permissionsByRole, role) && permissionsByRole[role as Role].has(permission);
}
