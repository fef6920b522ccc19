export type { Change, ChangeCode } from './diff/change.ts';
export { diff } from './diff/diff.ts';
export type { Finding } from './finding.ts';
export type { DescriptionFormat } from './format.ts';
export type { Loss } from './loss.ts';
export { type ConnectorDocuments, type MergedConnector, mergeConnector } from './merge/merge-connector.ts';
export type { Conflict } from './merge/merge-json.ts';
export type { MovedOperation } from './merge/move-operations.ts';
export type {
  BodyModel,
  CollectionFormat,
  ConnectionParameter,
  ConnectionParameterSet,
  ConnectorInfo,
  ConnectorModel,
  ExternalDocs,
  HeaderModel,
  HttpMethod,
  JsonObject,
  JsonValue,
  OAuthFlow,
  OperationModel,
  ParameterLocation,
  ParameterModel,
  ParameterStyle,
  PolicyInstance,
  ResponseModel,
  SchemaAnnotations,
  SchemaModel,
  SecurityRequirement,
  SecurityScheme,
  ServerAlternative,
  ServerModel,
  SoapBinding,
  SoapMessage,
  SoapVersion,
  SubscriptionExpiry,
  TagModel,
  TriggerModel,
  Visibility,
  WebhookModel,
  WebhookSignature,
  WebhookSignatureRule,
  XmlAttributeUse,
  XmlComplexType,
  XmlElementUse,
  XmlName,
  XmlParticle,
  XmlSimpleType,
  XmlTypes,
  XmlTypeUse,
} from './model.ts';
export type { SourceFile } from './open-description.ts';
export { readNestedZip } from './package/read-nested-zip.ts';
export { type ReadZip, readZip } from './package/read-zip.ts';
export { type CustomApiOptions, writeCustomApi } from './package/write-custom-api.ts';
export { writePackage } from './package/write-package.ts';
export { writeZip } from './package/write-zip.ts';
export { isPolicyUsable } from './policies/check-policies.ts';
export { type PolicyParameters, readPolicyParameters } from './policies/policy-parameters.ts';
export type { PolicySection } from './policies/policy-template.ts';
export {
  type PathStep,
  type PolicyPart,
  type PolicyReference,
  type PolicyText,
  parsePolicyPath,
  parsePolicyText,
  parseSubPath,
} from './policies/policy-text.ts';
export { portableProperties } from './properties/portable-properties.ts';
export {
  type ConnectorFiles,
  type ReadOptions,
  type ReadResult,
  readConnector,
  referredFiles,
} from './read-connector.ts';
export { type JsonFile, readJsonFile } from './read-json-file.ts';
export { certify } from './rules/certify.ts';
export { describeRules } from './rules/describe-rules.ts';
export type { RuleDescription } from './rules/rule.ts';
export { addOperation } from './sample/add-operation.ts';
export { readSample, type SampleRead } from './sample/read-sample.ts';
export type { RequestSample, SampleResponse } from './sample/request-sample.ts';
export { findOperation, resolveSchema, toJsonSchema } from './schema/json-schema.ts';
export { writeTypes } from './types/write-types.ts';
export { writeText } from './write/document-text.ts';
export { modelDifference } from './write/model-difference.ts';
export { type WrittenOpenApi, writeOpenApi } from './write/openapi31/write-openapi.ts';
export { definitionName, propertiesName, type WrittenConnector, writeConnector } from './write/write-connector.ts';
export { type ParsedXml, parseXml } from './xml/parse-xml.ts';
export { attributeOf, isElement, namespaceFor, textOf, type XmlElement } from './xml/xml-element.ts';
export { namespaces } from './xml/xml-namespaces.ts';
export { exactNumber } from './xsd/lexical-value.ts';
export { hasWildcard, jsonKindOf, membersOf, requiredChoices, type XmlMember } from './xsd/xml-members.ts';
