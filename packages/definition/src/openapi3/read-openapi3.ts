import type { ConnectorModel, JsonObject } from '../model.ts';
import { readSecurityRequirements } from '../operation/read-security-requirements.ts';
import { deriveConnectionParameters } from '../properties/derive-connection-parameters.ts';
import type { ConnectorProperties } from '../properties/read-properties.ts';
import { readGuides, readInfo } from '../read-info.ts';
import { readSharedSchemas } from '../schema/read-schema.ts';
import { extensionsOf, type Reading } from '../source/reading.ts';
import { readOperations } from './read-operations.ts';
import { readSecuritySchemes } from './read-security.ts';
import { readServers } from './read-servers.ts';
import { readWebhooks } from './read-webhooks.ts';

const modelled = new Set(['x-webhooks']);

/** Reads an OpenAPI 3.x document, with the `x-ms-*` vocabulary, into the model (OpenAPI 3.0.4, 3.1.2, 3.2.0). */
export function readOpenapi3(
  reading: Reading,
  root: JsonObject,
  about: ConnectorProperties | undefined,
): ConnectorModel {
  const components = reading.object(root, 'components', '');
  reading.shared.declare(Object.keys(reading.object(components, 'schemas', '/components')));
  const securitySchemes = readSecuritySchemes(reading, components);
  const security = readSecurityRequirements(reading, root, '') ?? [];
  for (const name of security.flatMap((requirement) => [...requirement.keys()])) {
    if (!securitySchemes.has(name)) reading.report('security-not-defined', '/security', { name });
  }
  const { server, otherServers } = readServers(reading, root);
  const pathsExtensions = extensionsOf(reading.object(root, 'paths', ''));
  const { operations, webhooks } = readOperations(reading, root, server);
  return {
    info: readInfo(reading, root, about),
    server,
    otherServers,
    operations,
    webhooks: [...readWebhooks(reading, root), ...webhooks],
    ...readGuides(reading, root),
    schemas: readSharedSchemas(reading),
    securitySchemes,
    security,
    connectionParameters:
      about?.connectionParameters ??
      deriveConnectionParameters(reading, securitySchemes, security, '/components/securitySchemes'),
    connectionParameterSets: about?.connectionParameterSets ?? [],
    ...(about?.connectionParameterSetsAbout !== undefined && {
      connectionParameterSetsAbout: about.connectionParameterSetsAbout,
    }),
    policies: about?.policies ?? [],
    scriptOperations: about?.scriptOperations ?? [],
    ...(about?.furtherProperties !== undefined && { furtherProperties: about.furtherProperties }),
    ...(Object.keys(pathsExtensions).length > 0 && { pathsExtensions }),
    extensions: extensionsOf(root, modelled),
  };
}
