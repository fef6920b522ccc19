export type { Finding } from './finding.ts';
export type {
  BodyModel,
  CollectionFormat,
  ConnectionParameter,
  ConnectionParameterSet,
  ConnectorInfo,
  ConnectorModel,
  HeaderModel,
  HttpMethod,
  JsonObject,
  JsonValue,
  OperationModel,
  ParameterLocation,
  ParameterModel,
  PolicyInstance,
  ResponseModel,
  SchemaAnnotations,
  SchemaModel,
  SecurityRequirement,
  SecurityScheme,
  ServerModel,
  TriggerModel,
  Visibility,
} from './model.ts';
export { type ConnectorFiles, type ReadResult, readConnector, type SourceFile } from './read-connector.ts';
export { findOperation, resolveSchema, toJsonSchema } from './schemas.ts';
