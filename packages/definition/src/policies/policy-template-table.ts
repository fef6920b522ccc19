import type { PolicyParameterKind, PolicyTemplateSpec } from './policy-template.ts';

const needed = (kind: PolicyParameterKind) => ({ isRequired: true, kind });
const optional = (kind: PolicyParameterKind) => ({ isRequired: false, kind });
const existsAction = optional({ oneOf: ['override', 'skip', 'append'] });
const yesOrNo = optional({ oneOf: ['true', 'false'] });

/** Every policy template (the wizard's "Policies", and those that only published connectors show). */
export const policyTemplateTable: readonly PolicyTemplateSpec[] = [
  {
    templateId: 'setheader',
    title: 'Set HTTP header',
    sections: ['request', 'response', 'failure'],
    parameters: { name: needed('text'), value: needed('template'), existsAction },
  },
  {
    templateId: 'setqueryparameter',
    title: 'Set query string parameter',
    sections: ['request'],
    parameters: { name: needed('text'), value: needed('template'), existsAction },
  },
  {
    templateId: 'dynamichosturl',
    title: 'Set host URL',
    sections: ['request'],
    parameters: { urlTemplate: needed('template') },
  },
  {
    templateId: 'dynamicsubdomain',
    title: 'Set host URL',
    sections: ['request'],
    parameters: { urlTemplate: needed('template') },
  },
  {
    templateId: 'routerequesttoendpoint',
    title: 'Route request',
    sections: ['request'],
    parameters: { newPath: needed('template'), httpMethod: optional('template') },
  },
  {
    templateId: 'setproperty',
    title: 'Set property',
    sections: ['request', 'response'],
    parameters: {
      newPropertyParentPathTemplate: needed('path'),
      newPropertySubPathTemplate: needed('sub-path'),
      propertyValuePathTemplate: needed('template'),
    },
  },
  {
    templateId: 'stringreplace',
    title: 'Replace string',
    sections: ['request', 'response'],
    parameters: {
      propertyParentPath: needed('path'),
      propertySubPath: optional('sub-path'),
      sourceString: needed('text'),
      replacementString: needed('text'),
      newPropertyPath: needed('path'),
    },
  },
  {
    templateId: 'convertobjecttoarray',
    title: 'Convert an object to an array',
    sections: ['request', 'response'],
    parameters: {
      propertyParentPath: needed('path'),
      propertySubPath: optional('sub-path'),
      newPropertyPath: needed('path'),
      keyName: optional('text'),
      valueName: optional('text'),
    },
  },
  {
    templateId: 'convertarraytoobject',
    title: 'Convert an array to an object',
    sections: ['request', 'response'],
    parameters: {
      propertyParentPath: needed('path'),
      propertySubPath: optional('sub-path'),
      keyWithinCollectionPath: needed('sub-path'),
      newPropertyPath: needed('path'),
      retainKey: yesOrNo,
    },
  },
  {
    templateId: 'stringtoarray',
    title: 'Convert delimited string into array of objects',
    sections: ['request', 'response'],
    parameters: {
      propertyParentPath: needed('path'),
      propertySubPath: optional('sub-path'),
      delimiterList: needed('text'),
      childPropertyName: needed('text'),
      newPropertyPath: needed('path'),
    },
  },
  {
    templateId: 'encodepropertyvalue',
    title: 'Encode property value',
    sections: ['request', 'response'],
    parameters: {
      propertyParentPath: needed('path'),
      propertySubPath: optional('sub-path'),
      newPropertyPath: needed('path'),
    },
  },
  {
    templateId: 'moveproperties',
    title: 'Move properties',
    sections: ['request', 'response'],
    parameters: {
      srcParentPath: needed('path'),
      srcSubPath: optional('sub-path'),
      dstParentPath: needed('path'),
      dstSubPath: optional('sub-path'),
      copyOnlySubProperties: yesOrNo,
    },
  },
  {
    templateId: 'setvaluefromurl',
    title: 'Set header/query parameter value from URL',
    sections: ['request', 'response'],
    parameters: {
      parameterTemplate: needed('path'),
      httpMethod: optional({ oneOf: ['GET', 'POST', 'PUT'] }),
      parameterValueUrl: needed('template'),
      parameterValuePathTemplate: needed('path'),
    },
  },
  {
    templateId: 'updatenextlink',
    title: 'Update the link to the next page',
    sections: ['response'],
    parameters: { nextLinkPropertyName: needed('text'), nextLinkParentPropertyPath: optional('sub-path') },
  },
  {
    templateId: 'setconnectionstatustounauthenticated',
    title: 'Set connection status to unauthenticated',
    sections: ['response'],
    parameters: { statusCode: needed('integer') },
  },
  {
    templateId: 'pollingtrigger',
    title: 'Trigger configuration',
    sections: ['request', 'response'],
    parameters: { triggerConfig: needed('templates'), triggerDataPath: needed('path') },
  },
];
