/**
 * Members of `apiProperties.json` that the ecosystem's connector resource (`Microsoft.PowerApps/apis`) carries under the same names, so that
 * a download gives them back.
 */
export const portableProperties = [
  'connectionParameters',
  'connectionParameterSets',
  'iconBrandColor',
  'scriptOperations',
  'capabilities',
  'policyTemplateInstances',
  'publisher',
  'stackOwner',
] as const;
