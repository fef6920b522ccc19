import type { JsonObject } from '@patchbay/definition';
import type { ConnectorRow } from '@patchbay/store';
import { propertiesWithClients } from '../../services/connector-oauth.ts';
import type { Services } from '../../services/services.ts';
import { connectorView } from '../../views/connector-view.ts';

const linkLifetimeMs = 10 * 365 * 24 * 60 * 60 * 1000;

/** A connector as the compatible surface answers it, with a link to its definition that needs no token. */
export async function connectorAnswer(
  services: Services,
  row: ConnectorRow,
  options: { readonly withSwagger: boolean },
): Promise<object> {
  const [account, definitionUrl, { model, connector }] = await Promise.all([
    services.store.accounts.find(row.createdBy),
    definitionLink(services, row.name, row.createdAtMs + linkLifetimeMs),
    services.connectors.compiled(row.name),
  ]);
  const swagger = options.withSwagger ? parseDefinition(row.definition) : undefined;
  return connectorView(row, {
    origin: services.origin,
    account,
    definitionUrl,
    serviceUrl: connector.baseUrl,
    properties: propertiesWithClients(row, model),
    ...(swagger !== undefined && { swagger }),
  });
}

async function definitionLink(services: Services, name: string, expiresAtMs: number): Promise<string> {
  const expires = String(expiresAtMs);
  const signature = await services.signatures.sign(name, ['content', 'definition', expires]);
  return `${services.origin}/contents/apis/${encodeURIComponent(name)}/apiDefinition.swagger.json?se=${expires}&sig=${signature}`;
}

/** The definition as JSON; a document that is read leniently but is not JSON is only shown as text, by its link. */
function parseDefinition(text: string): JsonObject | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as JsonObject;
  } catch {
    return undefined;
  }
}
