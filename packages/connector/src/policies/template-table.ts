import type { PolicyTemplate } from './policy.ts';
import { convertArrayToObject } from './templates/convert-array-to-object.ts';
import { convertObjectToArray } from './templates/convert-object-to-array.ts';
import { dynamicHostUrl, dynamicSubdomain } from './templates/dynamic-host-url.ts';
import { encodePropertyValue } from './templates/encode-property-value.ts';
import { moveProperties } from './templates/move-properties.ts';
import { pollingTrigger } from './templates/polling-trigger.ts';
import { routeRequestToEndpoint } from './templates/route-request-to-endpoint.ts';
import { setConnectionStatusToUnauthenticated } from './templates/set-connection-status-to-unauthenticated.ts';
import { setHeader } from './templates/set-header.ts';
import { setProperty } from './templates/set-property.ts';
import { setQueryParameter } from './templates/set-query-parameter.ts';
import { setValueFromUrl } from './templates/set-value-from-url.ts';
import { stringReplace } from './templates/string-replace.ts';
import { stringToArray } from './templates/string-to-array.ts';
import { updateNextLink } from './templates/update-next-link.ts';

/** Every policy template that acts; what an instance may say is `definition`'s table. */
export const policyTemplates: readonly PolicyTemplate[] = [
  convertArrayToObject,
  convertObjectToArray,
  dynamicHostUrl,
  dynamicSubdomain,
  encodePropertyValue,
  moveProperties,
  pollingTrigger,
  routeRequestToEndpoint,
  setConnectionStatusToUnauthenticated,
  setHeader,
  setProperty,
  setQueryParameter,
  setValueFromUrl,
  stringReplace,
  stringToArray,
  updateNextLink,
];
