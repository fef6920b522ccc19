import { dynamicArgumentAmbiguous } from './dynamic-rules/dynamic-argument-ambiguous.ts';
import { dynamicArgumentMissing } from './dynamic-rules/dynamic-argument-missing.ts';
import { dynamicArgumentOptional } from './dynamic-rules/dynamic-argument-optional.ts';
import { dynamicArgumentStaticType } from './dynamic-rules/dynamic-argument-static-type.ts';
import { dynamicArgumentType } from './dynamic-rules/dynamic-argument-type.ts';
import { dynamicArgumentUnknown } from './dynamic-rules/dynamic-argument-unknown.ts';
import { dynamicIncomplete } from './dynamic-rules/dynamic-incomplete.ts';
import { dynamicItemNoProperty } from './dynamic-rules/dynamic-item-no-property.ts';
import { dynamicListRequiredAmbiguous } from './dynamic-rules/dynamic-list-required-ambiguous.ts';
import { dynamicListRequiredProperty } from './dynamic-rules/dynamic-list-required-property.ts';
import { dynamicOnBodyParameter } from './dynamic-rules/dynamic-on-body-parameter.ts';
import { dynamicPropertiesRequiredAmbiguous } from './dynamic-rules/dynamic-properties-required-ambiguous.ts';
import { dynamicPropertiesRequiredPath } from './dynamic-rules/dynamic-properties-required-path.ts';
import { dynamicPropertiesRequiredProperty } from './dynamic-rules/dynamic-properties-required-property.ts';
import { dynamicReferenceInternal } from './dynamic-rules/dynamic-reference-internal.ts';
import { dynamicReferenceUnknown } from './dynamic-rules/dynamic-reference-unknown.ts';
import { dynamicResultNoArray } from './dynamic-rules/dynamic-result-no-array.ts';
import { dynamicResultNoProperty } from './dynamic-rules/dynamic-result-no-property.ts';
import { dynamicTreeMissing } from './dynamic-rules/dynamic-tree-missing.ts';
import { dynamicValuePathMismatch } from './dynamic-rules/dynamic-value-path-mismatch.ts';
import { operationIdNotFound } from './dynamic-rules/operation-id-not-found.ts';
import { bodySchemasMany } from './limit-rules/body-schemas-many.ts';
import { definitionLarge } from './limit-rules/definition-large.ts';
import { operationSchemasMany } from './limit-rules/operation-schemas-many.ts';
import { operationsMany } from './limit-rules/operations-many.ts';
import { bodyNotAllowed } from './operation-rules/body-not-allowed.ts';
import { mediaTypeNotValid } from './operation-rules/media-type-not-valid.ts';
import { mediaTypeSchema } from './operation-rules/media-type-schema.ts';
import { operationIdCharacters } from './operation-rules/operation-id-characters.ts';
import { operationIdTooLong } from './operation-rules/operation-id-too-long.ts';
import { pathCaseRedefined } from './operation-rules/path-case-redefined.ts';
import { pathCharacters } from './operation-rules/path-characters.ts';
import { pathDuplicate } from './operation-rules/path-duplicate.ts';
import { pathOverlap } from './operation-rules/path-overlap.ts';
import { pathQuery } from './operation-rules/path-query.ts';
import { pathTemplate } from './operation-rules/path-template.ts';
import { pathVariableDefault } from './operation-rules/path-variable-default.ts';
import { allowEmptyValueLocation } from './parameter-rules/allow-empty-value-location.ts';
import { bodyParameterMember } from './parameter-rules/body-parameter-member.ts';
import { bodyParameterSchemaMissing } from './parameter-rules/body-parameter-schema-missing.ts';
import { formParameterName } from './parameter-rules/form-parameter-name.ts';
import { parameterSchemaNotAllowed } from './parameter-rules/parameter-schema-not-allowed.ts';
import { parameterTypeMissing } from './parameter-rules/parameter-type-missing.ts';
import { pathParameterNotRequired } from './parameter-rules/path-parameter-not-required.ts';
import { urlEncodingLocation } from './parameter-rules/url-encoding-location.ts';
import { responseExampleType } from './response-rules/response-example-type.ts';
import { responseSchemaPosition } from './response-rules/response-schema-position.ts';
import { responseStatus } from './response-rules/response-status.ts';
import type { Rule } from './rule.ts';
import { binaryNested } from './schema-rules/binary-nested.ts';
import { boundNegative } from './schema-rules/bound-negative.ts';
import { defaultNotInEnum } from './schema-rules/default-not-in-enum.ts';
import { defaultType } from './schema-rules/default-type.ts';
import { discriminatorNotRequired } from './schema-rules/discriminator-not-required.ts';
import { editorDictionary } from './schema-rules/editor-dictionary.ts';
import { enumLabelDuplicate } from './schema-rules/enum-label-duplicate.ts';
import { enumLabelMissing } from './schema-rules/enum-label-missing.ts';
import { enumLabelUnknownValue } from './schema-rules/enum-label-unknown-value.ts';
import { enumValueType } from './schema-rules/enum-value-type.ts';
import { exclusiveMaximumAlone } from './schema-rules/exclusive-maximum-alone.ts';
import { exclusiveMinimumAlone } from './schema-rules/exclusive-minimum-alone.ts';
import { fileTypePosition } from './schema-rules/file-type-position.ts';
import { formatUnknown } from './schema-rules/format-unknown.ts';
import { internalDefaultOptional } from './schema-rules/internal-default-optional.ts';
import { minItemsAboveMaxItems } from './schema-rules/min-items-above-max-items.ts';
import { minLengthAboveMaxLength } from './schema-rules/min-length-above-max-length.ts';
import { minimumAboveMaximum } from './schema-rules/minimum-above-maximum.ts';
import { multipleOfNotPositive } from './schema-rules/multiple-of-not-positive.ts';
import { patternNotValid } from './schema-rules/pattern-not-valid.ts';
import { requiredLoop } from './schema-rules/required-loop.ts';
import { requiredNotDefined } from './schema-rules/required-not-defined.ts';
import { requiredOnNonObject } from './schema-rules/required-on-non-object.ts';
import { requiredReadOnly } from './schema-rules/required-read-only.ts';
import { securityNotDefined } from './security-rules/security-not-defined.ts';
import { securityRequirementEmpty } from './security-rules/security-requirement-empty.ts';
import { securitySchemeIncomplete } from './security-rules/security-scheme-incomplete.ts';
import { securitySchemeMember } from './security-rules/security-scheme-member.ts';
import { securityScopeNotDefined } from './security-rules/security-scope-not-defined.ts';
import { securityValueNotEmpty } from './security-rules/security-value-not-empty.ts';
import { arrayDuplicateValue } from './structure-rules/array-duplicate-value.ts';
import { contactEmailNotValid } from './structure-rules/contact-email-not-valid.ts';
import { enumEmpty } from './structure-rules/enum-empty.ts';
import { extensionMisplaced } from './structure-rules/extension-misplaced.ts';
import { extensionName } from './structure-rules/extension-name.ts';
import { extensionUnknown } from './structure-rules/extension-unknown.ts';
import { extensionValue } from './structure-rules/extension-value.ts';
import { memberBesideReference } from './structure-rules/member-beside-reference.ts';
import { memberType } from './structure-rules/member-type.ts';
import { referenceContainer } from './structure-rules/reference-container.ts';
import { referenceSyntax } from './structure-rules/reference-syntax.ts';
import { requiredEmpty } from './structure-rules/required-empty.ts';
import { requiredMemberMissing } from './structure-rules/required-member-missing.ts';
import { responseHeaderDuplicate } from './structure-rules/response-header-duplicate.ts';
import { tagRedefined } from './structure-rules/tag-redefined.ts';
import { unknownMember } from './structure-rules/unknown-member.ts';
import { urlNotValid } from './structure-rules/url-not-valid.ts';
import { valueNotInList } from './structure-rules/value-not-in-list.ts';
import { batchWithoutArray } from './trigger-rules/batch-without-array.ts';
import { nextLinkName } from './trigger-rules/next-link-name.ts';
import { notificationContentMissing } from './trigger-rules/notification-content-missing.ts';
import { notificationOnWebhook } from './trigger-rules/notification-on-webhook.ts';
import { notificationTargetNotWebhook } from './trigger-rules/notification-target-not-webhook.ts';
import { notificationUrlNotInternal } from './trigger-rules/notification-url-not-internal.ts';
import { notificationUrlNotRequired } from './trigger-rules/notification-url-not-required.ts';
import { notificationUrlNotString } from './trigger-rules/notification-url-not-string.ts';
import { notificationUrlPosition } from './trigger-rules/notification-url-position.ts';
import { notificationWithoutTrigger } from './trigger-rules/notification-without-trigger.ts';
import { familyDuplicateRevisions } from './version-rules/family-duplicate-revisions.ts';
import { familyEmptyRevisions } from './version-rules/family-empty-revisions.ts';
import { familyManyActive } from './version-rules/family-many-active.ts';
import { familyManyProduction } from './version-rules/family-many-production.ts';
import { operationIdRevision } from './version-rules/operation-id-revision.ts';
import { productionOnPreview } from './version-rules/production-on-preview.ts';
import { replacementIncomplete } from './version-rules/replacement-incomplete.ts';
import { replacementNotDeprecated } from './version-rules/replacement-not-deprecated.ts';
import { revisionMissing } from './version-rules/revision-missing.ts';

/** Checked whenever a description is read. */
export const technicalRules: readonly Rule[] = [
  arrayDuplicateValue,
  contactEmailNotValid,
  enumEmpty,
  extensionMisplaced,
  extensionName,
  extensionUnknown,
  extensionValue,
  memberBesideReference,
  memberType,
  referenceContainer,
  referenceSyntax,
  requiredEmpty,
  requiredMemberMissing,
  responseHeaderDuplicate,
  tagRedefined,
  unknownMember,
  urlNotValid,
  valueNotInList,
  bodyNotAllowed,
  mediaTypeNotValid,
  mediaTypeSchema,
  operationIdCharacters,
  operationIdTooLong,
  pathCaseRedefined,
  pathCharacters,
  pathDuplicate,
  pathQuery,
  pathTemplate,
  pathVariableDefault,
  allowEmptyValueLocation,
  bodyParameterMember,
  bodyParameterSchemaMissing,
  formParameterName,
  parameterSchemaNotAllowed,
  parameterTypeMissing,
  pathParameterNotRequired,
  urlEncodingLocation,
  responseExampleType,
  responseSchemaPosition,
  responseStatus,
  binaryNested,
  boundNegative,
  defaultNotInEnum,
  defaultType,
  discriminatorNotRequired,
  editorDictionary,
  enumLabelDuplicate,
  enumLabelMissing,
  enumLabelUnknownValue,
  enumValueType,
  exclusiveMaximumAlone,
  exclusiveMinimumAlone,
  fileTypePosition,
  formatUnknown,
  internalDefaultOptional,
  minItemsAboveMaxItems,
  minLengthAboveMaxLength,
  minimumAboveMaximum,
  multipleOfNotPositive,
  patternNotValid,
  requiredLoop,
  requiredNotDefined,
  requiredOnNonObject,
  requiredReadOnly,
  securityNotDefined,
  securityRequirementEmpty,
  securitySchemeIncomplete,
  securitySchemeMember,
  securityScopeNotDefined,
  securityValueNotEmpty,
  dynamicArgumentAmbiguous,
  dynamicArgumentMissing,
  dynamicArgumentOptional,
  dynamicArgumentStaticType,
  dynamicArgumentType,
  dynamicArgumentUnknown,
  dynamicIncomplete,
  dynamicItemNoProperty,
  dynamicListRequiredAmbiguous,
  dynamicListRequiredProperty,
  dynamicOnBodyParameter,
  dynamicPropertiesRequiredAmbiguous,
  dynamicPropertiesRequiredPath,
  dynamicPropertiesRequiredProperty,
  dynamicReferenceInternal,
  dynamicReferenceUnknown,
  dynamicResultNoArray,
  dynamicResultNoProperty,
  dynamicTreeMissing,
  dynamicValuePathMismatch,
  operationIdNotFound,
  batchWithoutArray,
  nextLinkName,
  notificationContentMissing,
  notificationOnWebhook,
  notificationTargetNotWebhook,
  notificationUrlNotInternal,
  notificationUrlNotRequired,
  notificationUrlNotString,
  notificationUrlPosition,
  notificationWithoutTrigger,
  familyDuplicateRevisions,
  familyEmptyRevisions,
  familyManyActive,
  familyManyProduction,
  operationIdRevision,
  productionOnPreview,
  replacementIncomplete,
  replacementNotDeprecated,
  revisionMissing,
  bodySchemasMany,
  definitionLarge,
  operationSchemasMany,
  operationsMany,
];

/** Checked when certification is asked for. */
export const certificationRules: readonly Rule[] = [pathOverlap];
