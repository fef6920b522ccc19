import type { ConnectorModel, SecurityScheme } from '../model.ts';
import type { Changes } from './change.ts';

/** Compares what connections depend on: address, security, connection parameters, policies. */
export function diffConnection(changes: Changes, before: ConnectorModel, after: ConnectorModel): void {
  const where = { subject: '' };
  const [from, to] = [addressOf(before), addressOf(after)];
  if (from !== to) changes.add('server-changed', where, { from, to });
  const [fromSecurity, toSecurity] = [securityOf(before), securityOf(after)];
  if (fromSecurity !== toSecurity) changes.add('security-changed', where, { from: fromSecurity, to: toSecurity });
  diffParameters(changes, before, after);
  const [fromPolicies, toPolicies] = [before, after].map((model) => JSON.stringify(model.policies));
  if (fromPolicies !== toPolicies) {
    const detail = `${before.policies.length} before, ${after.policies.length} now`;
    changes.add('policies-changed', where, { detail });
  }
}

function diffParameters(changes: Changes, before: ConnectorModel, after: ConnectorModel): void {
  const [old, now] = [before, after].map((model) => new Map(model.connectionParameters.map((one) => [one.name, one])));
  for (const [name, parameter] of now ?? []) {
    const was = old?.get(name);
    const isRequired = parameter.required && parameter.default === undefined;
    if (was === undefined) {
      changes.add(
        isRequired ? 'connection-parameter-required' : 'connection-parameter-added',
        { subject: '' },
        { name },
      );
    } else if (isRequired && !was.required) changes.add('connection-parameter-required', { subject: '' }, { name });
  }
  for (const name of old?.keys() ?? []) {
    if (now?.has(name) !== true) changes.add('connection-parameter-removed', { subject: '' }, { name });
  }
}

function addressOf({ server }: ConnectorModel): string {
  return server.host === '' ? 'none' : `${server.schemes[0] ?? 'https'}://${server.host}${server.basePath}`;
}

/** The alternatives that the connector requires, in words that change when a connection would have to. */
function securityOf({ security, securitySchemes }: ConnectorModel): string {
  const alternatives = security.map((requirement) =>
    [...requirement.keys()].map((name) => describeScheme(securitySchemes.get(name))).join(' and '),
  );
  return alternatives.length === 0 ? 'none' : alternatives.map((one) => (one === '' ? 'none' : one)).join(' or ');
}

function describeScheme(scheme: SecurityScheme | undefined): string {
  switch (scheme?.kind) {
    case undefined:
      return 'an undefined scheme';
    case 'apiKey':
      return `API key in ${scheme.in} ${scheme.name}`;
    case 'oauth2':
      return `OAuth 2.0 ${scheme.flow}`;
    case 'http':
      return `HTTP ${scheme.scheme}`;
    case 'basic':
      return 'basic';
    case 'bearer':
      return 'bearer token';
    case 'openIdConnect':
      return 'OpenID Connect';
    case 'mutualTls':
      return 'client certificate';
  }
}
