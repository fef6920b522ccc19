import type { Loss } from '../loss.ts';
import type { ConnectorModel, JsonObject } from '../model.ts';
import { isObject, member, ownPrefix } from '../source/reading.ts';
import { writeConnector } from '../write/write-connector.ts';
import { members, someText } from '../write/writing.ts';
import { packageLoss } from './container.ts';
import { addressOf } from './custom-api.ts';

export type CustomApiOptions = {
  /** The resource's name; made of the title when it is not given. */
  readonly name?: string;
  readonly location?: string;
};

/** What a `customApis` resource has a place for, by the names of `apiProperties.json`. */
const placed: ReadonlySet<string> = new Set([
  'connectionParameters',
  'capabilities',
  'iconBrandColor',
  'backendService',
]);

/**
 * Writes a connector as a `Microsoft.Web/customApis` resource of an ARM template. What the resource has no place for stands in its
 * definition under `x-patchbay-properties` and is read back from there.
 */
export function writeCustomApi(
  model: ConnectorModel,
  options: CustomApiOptions = {},
): { readonly resource: JsonObject; readonly losses: readonly Loss[] } {
  const { definition, properties, losses } = writeConnector(model);
  const inner = member(properties, 'properties');
  const all: JsonObject = isObject(inner) ? inner : {};
  const further = Object.fromEntries(Object.entries(all).filter(([name]) => !placed.has(name)));
  const lost = Object.keys(further).map((name) => packageLoss('custom-api-property', 'customApi.json', { name }));
  const { title, description, iconBrandColor } = model.info;
  const resource = {
    type: 'Microsoft.Web/customApis',
    apiVersion: '2016-06-01',
    name: options.name ?? nameOf(title),
    location: options.location ?? '[resourceGroup().location]',
    properties: members({
      displayName: title,
      description: someText(description),
      brandColor: iconBrandColor,
      apiType: 'Rest',
      capabilities: all['capabilities'],
      connectionParameters: all['connectionParameters'],
      backendService: all['backendService'] ?? { serviceUrl: addressOf(definition) },
      swagger: members({
        ...definition,
        [`${ownPrefix}properties`]: Object.keys(further).length > 0 ? further : undefined,
      }),
    }),
  };
  return { resource, losses: [...lost, ...losses] };
}

/** A name that Azure takes: letters, digits and dashes. */
function nameOf(title: string): string {
  const name = title
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return name === '' ? 'connector' : name.slice(0, 60);
}
