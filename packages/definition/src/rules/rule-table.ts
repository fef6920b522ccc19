import type { Rule } from './rule.ts';
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
];

/** Checked when certification is asked for. */
export const certificationRules: readonly Rule[] = [];
