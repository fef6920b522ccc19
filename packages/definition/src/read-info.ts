import type { ConnectorInfo, ConnectorModel, ExternalDocs, JsonObject, TagModel } from './model.ts';
import type { ConnectorProperties } from './properties/read-properties.ts';
import { extensionsOf, isObject, member, type Reading, someExtensions, withKeptMembers } from './source/reading.ts';

/** Reads the Info Object, which all versions of OpenAPI write alike, with what `apiProperties.json` adds to it. */
export function readInfo(reading: Reading, root: JsonObject, about: ConnectorProperties | undefined): ConnectorInfo {
  const info = reading.object(root, 'info', '');
  const title = reading.string(info, 'title', '/info')?.trim() ?? '';
  if (title === '') reading.report('info-title-missing', '/info');
  const contact = reading.object(info, 'contact', '/info');
  const contactMember = (name: 'name' | 'url' | 'email') => {
    const value = reading.string(contact, name, '/info/contact');
    return value === undefined ? {} : { [name]: value };
  };
  const license = reading.object(info, 'license', '/info');
  const licenseUrl = readLicenseUrl(reading, license);
  const termsOfService = reading.string(info, 'termsOfService', '/info');
  return {
    title: title === '' ? 'Untitled connector' : title,
    description: reading.string(info, 'description', '/info') ?? reading.string(info, 'summary', '/info') ?? '',
    version: reading.string(info, 'version', '/info') ?? '',
    ...(Object.keys(contact).length > 0 && {
      contact: {
        ...contactMember('name'),
        ...contactMember('url'),
        ...contactMember('email'),
        ...someExtensions(contact),
      },
    }),
    ...(Object.keys(license).length > 0 && {
      license: {
        name: reading.string(license, 'name', '/info/license') ?? '',
        ...(licenseUrl !== undefined && { url: licenseUrl }),
        ...someExtensions(license),
      },
    }),
    ...(termsOfService !== undefined && { termsOfService }),
    ...(about?.iconBrandColor !== undefined && { iconBrandColor: about.iconBrandColor }),
    ...(about?.publisher !== undefined && { publisher: about.publisher }),
    ...(about?.stackOwner !== undefined && { stackOwner: about.stackOwner }),
    capabilities: about?.capabilities ?? [],
    extensions: extensionsOf(info),
  };
}

/** The stated address, or that of the SPDX licence which is named by its identifier (OpenAPI 3.1). */
function readLicenseUrl(reading: Reading, license: JsonObject): string | undefined {
  const url = reading.string(license, 'url', '/info/license');
  const identifier = reading.string(license, 'identifier', '/info/license');
  if (url !== undefined || identifier === undefined) return url;
  return `https://spdx.org/licenses/${encodeURIComponent(identifier)}.html`;
}

/** Reads `tags` and `externalDocs` of the document root. */
export function readGuides(reading: Reading, root: JsonObject): Pick<ConnectorModel, 'tags' | 'externalDocs'> {
  const tags = reading.array(root, 'tags', '').flatMap((stated, index): TagModel[] => {
    const pointer = `/tags/${index}`;
    const item = isObject(stated) ? withKeptMembers(stated) : {};
    const name = reading.string(item, 'name', pointer);
    if (name === undefined) return [];
    const text = (member: 'summary' | 'parent' | 'kind') => {
      const value = reading.string(item, member, pointer);
      return value === undefined ? {} : { [member]: value };
    };
    return [
      {
        name,
        description: reading.string(item, 'description', pointer) ?? '',
        ...text('summary'),
        ...text('parent'),
        ...text('kind'),
        ...readExternalDocs(reading, item, pointer),
        ...someExtensions(item),
      },
    ];
  });
  return { tags, ...readExternalDocs(reading, root, '') };
}

/** Reads the `externalDocs` of an object that may have them. */
export function readExternalDocs(
  reading: Reading,
  parent: JsonObject,
  pointer: string,
): { readonly externalDocs?: ExternalDocs } {
  const docs = member(parent, 'externalDocs');
  if (!isObject(docs)) return {};
  const url = reading.string(docs, 'url', `${pointer}/externalDocs`);
  if (url === undefined) return {};
  return {
    externalDocs: {
      url,
      description: reading.string(docs, 'description', `${pointer}/externalDocs`) ?? '',
      ...someExtensions(docs),
    },
  };
}
