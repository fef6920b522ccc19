import { brandColorDefault } from './certification-rules/brand-color-default.ts';
import { brandColorIndependent } from './certification-rules/brand-color-independent.ts';
import { brandColorMissing } from './certification-rules/brand-color-missing.ts';
import { brandColorNotValid } from './certification-rules/brand-color-not-valid.ts';
import { categoriesMany } from './certification-rules/categories-many.ts';
import { categoryUnknown } from './certification-rules/category-unknown.ts';
import { consumesMissing } from './certification-rules/consumes-missing.ts';
import { contactIncomplete } from './certification-rules/contact-incomplete.ts';
import { defaultResponseSchema } from './certification-rules/default-response-schema.ts';
import { deprecatedNotSaid } from './certification-rules/deprecated-not-said.ts';
import { descriptionLength } from './certification-rules/description-length.ts';
import { descriptionMissing } from './certification-rules/description-missing.ts';
import { descriptionNotEnglish } from './certification-rules/description-not-english.ts';
import { descriptionRestrictedWords } from './certification-rules/description-restricted-words.ts';
import { hostNotProduction } from './certification-rules/host-not-production.ts';
import { indentation } from './certification-rules/indentation.ts';
import { mediaTypeUnsupported } from './certification-rules/media-type-unsupported.ts';
import { memberOrder } from './certification-rules/member-order.ts';
import { metadataMissing } from './certification-rules/metadata-missing.ts';
import { metadataUrlNotValid } from './certification-rules/metadata-url-not-valid.ts';
import { operationDescriptionMissing } from './certification-rules/operation-description-missing.ts';
import { operationDescriptionPunctuation } from './certification-rules/operation-description-punctuation.ts';
import { operationDescriptionSame } from './certification-rules/operation-description-same.ts';
import { operationIdStyle } from './certification-rules/operation-id-style.ts';
import { operationSummaryCase } from './certification-rules/operation-summary-case.ts';
import { operationSummaryCharacters } from './certification-rules/operation-summary-characters.ts';
import { operationSummaryMissing } from './certification-rules/operation-summary-missing.ts';
import { operationSummaryTooLong } from './certification-rules/operation-summary-too-long.ts';
import { parameterDescriptionMissing } from './certification-rules/parameter-description-missing.ts';
import { parameterDescriptionPunctuation } from './certification-rules/parameter-description-punctuation.ts';
import { parameterDescriptionSame } from './certification-rules/parameter-description-same.ts';
import { parameterSummaryCase } from './certification-rules/parameter-summary-case.ts';
import { parameterSummaryMissing } from './certification-rules/parameter-summary-missing.ts';
import { parameterSummaryTooLong } from './certification-rules/parameter-summary-too-long.ts';
import { pathEncodingMissing } from './certification-rules/path-encoding-missing.ts';
import { propertySummaryMissing } from './certification-rules/property-summary-missing.ts';
import { publisherMissing } from './certification-rules/publisher-missing.ts';
import { responsesManySchemas } from './certification-rules/responses-many-schemas.ts';
import { schemaEmpty } from './certification-rules/schema-empty.ts';
import { schemeNotHttps } from './certification-rules/scheme-not-https.ts';
import { stackOwnerMissing } from './certification-rules/stack-owner-missing.ts';
import { successResponseMissing } from './certification-rules/success-response-missing.ts';
import { titleLastCharacter } from './certification-rules/title-last-character.ts';
import { titleNotEnglish } from './certification-rules/title-not-english.ts';
import { titleRestrictedWords } from './certification-rules/title-restricted-words.ts';
import { titleTooLong } from './certification-rules/title-too-long.ts';
import { triggerDescription } from './certification-rules/trigger-description.ts';
import { triggerSummary } from './certification-rules/trigger-summary.ts';
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
import { testConnectionUnfit } from './dynamic-rules/test-connection-unfit.ts';
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
import { policyOperationNotFound } from './properties-rules/policy-operation-not-found.ts';
import { scriptOperationNotFound } from './properties-rules/script-operation-not-found.ts';
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
import { filterFunctionsDuplicate } from './schema-rules/filter-functions-duplicate.ts';
import { filterFunctionsEmpty } from './schema-rules/filter-functions-empty.ts';
import { filterFunctionsInput } from './schema-rules/filter-functions-input.ts';
import { filterFunctionsValue } from './schema-rules/filter-functions-value.ts';
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
  filterFunctionsDuplicate,
  filterFunctionsEmpty,
  filterFunctionsInput,
  filterFunctionsValue,
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
  testConnectionUnfit,
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
  policyOperationNotFound,
  scriptOperationNotFound,
];

/** Checked when certification is asked for. */
export const certificationRules: readonly Rule[] = [
  pathOverlap,
  brandColorDefault,
  brandColorIndependent,
  brandColorMissing,
  brandColorNotValid,
  categoriesMany,
  categoryUnknown,
  consumesMissing,
  contactIncomplete,
  defaultResponseSchema,
  deprecatedNotSaid,
  descriptionLength,
  descriptionMissing,
  descriptionNotEnglish,
  descriptionRestrictedWords,
  hostNotProduction,
  indentation,
  mediaTypeUnsupported,
  memberOrder,
  metadataMissing,
  metadataUrlNotValid,
  operationDescriptionMissing,
  operationDescriptionPunctuation,
  operationDescriptionSame,
  operationIdStyle,
  operationSummaryCase,
  operationSummaryCharacters,
  operationSummaryMissing,
  operationSummaryTooLong,
  parameterDescriptionMissing,
  parameterDescriptionPunctuation,
  parameterDescriptionSame,
  parameterSummaryCase,
  parameterSummaryMissing,
  parameterSummaryTooLong,
  pathEncodingMissing,
  propertySummaryMissing,
  publisherMissing,
  responsesManySchemas,
  schemaEmpty,
  schemeNotHttps,
  stackOwnerMissing,
  successResponseMissing,
  titleLastCharacter,
  titleNotEnglish,
  titleRestrictedWords,
  titleTooLong,
  triggerDescription,
  triggerSummary,
];
