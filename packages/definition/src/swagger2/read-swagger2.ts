import type { ConnectorModel, JsonObject } from '../model.ts';
import { readSecurityRequirements } from '../operation/read-security-requirements.ts';
import { deriveConnectionParameters } from '../properties/derive-connection-parameters.ts';
import type { ConnectorProperties } from '../properties/read-properties.ts';
import { readGuides, readInfo } from '../read-info.ts';
import { readSharedSchemas } from '../schema/read-schema.ts';
import { readXmlTypes } from '../soap/read-soap-binding.ts';
import { xmlTypesExtension } from '../soap/write-soap-binding.ts';
import { extensionsOf, member, type Reading } from '../source/reading.ts';
import { readOperations, readPathsExtensions } from './read-operations.ts';
import { readSecuritySchemes } from './read-security.ts';
import { readOtherServers, readServer } from './read-server.ts';
import { readKeptWebhooks } from './read-webhooks.ts';

/** Reads a Swagger 2.0 document with the `x-ms-*` vocabulary into the model (OpenAPI 2.0; connectors.md of the ecosystem). */
export function readSwagger2(
  reading: Reading,
  root: JsonObject,
  about: ConnectorProperties | undefined,
): ConnectorModel {
  reading.shared.declare(Object.keys(reading.object(root, 'definitions', '')));
  const securitySchemes = readSecuritySchemes(reading, root);
  const security = readSecurityRequirements(reading, root, '') ?? [];
  for (const name of security.flatMap((requirement) => [...requirement.keys()])) {
    if (!securitySchemes.has(name)) reading.report('security-not-defined', '/security', { name });
  }
  const connectionParameters =
    about?.connectionParameters ??
    deriveConnectionParameters(reading, securitySchemes, security, '/securityDefinitions');
  const info = readInfo(reading, root, about);
  const server = readServer(reading, root);
  const operations = readOperations(reading, root, server);
  const pathsExtensions = readPathsExtensions(root, operations);
  return {
    info,
    server,
    otherServers: readOtherServers(reading, root),
    operations,
    webhooks: readKeptWebhooks(reading, root),
    ...readGuides(reading, root),
    schemas: readSharedSchemas(reading),
    securitySchemes,
    security,
    connectionParameters,
    connectionParameterSets: about?.connectionParameterSets ?? [],
    ...(about?.connectionParameterSetsAbout !== undefined && {
      connectionParameterSetsAbout: about.connectionParameterSetsAbout,
    }),
    policies: about?.policies ?? [],
    scriptOperations: about?.scriptOperations ?? [],
    ...(about?.furtherProperties !== undefined && { furtherProperties: about.furtherProperties }),
    ...(Object.keys(pathsExtensions).length > 0 && { pathsExtensions }),
    ...readTypes(reading, root),
    extensions: extensionsOf(root),
  };
}

/** The XML types that an import from WSDL left here. */
function readTypes(reading: Reading, root: JsonObject): Pick<ConnectorModel, 'xmlTypes'> {
  const stated = member(root, xmlTypesExtension);
  if (stated === undefined) return {};
  const xmlTypes = readXmlTypes(stated);
  if (xmlTypes === undefined) reading.report('soap-types-not-valid', `/${xmlTypesExtension}`);
  return xmlTypes === undefined ? {} : { xmlTypes };
}
