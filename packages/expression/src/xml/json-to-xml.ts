import type { Value, ValueObject } from '../contract.ts';
import { invalidArgument } from '../functions/check-arguments.ts';
import { checkTextLength } from '../functions/limits.ts';
import { encodeName } from '../functions/string/encode-xml-name.ts';
import { isArray, isObject, memberOf, plainText } from '../values.ts';
import { escapeXmlText } from './escape-xml.ts';

/** JSON as XML in Json.NET's convention; the object must have exactly one root property, which is not an array. */
export function jsonToXml(value: ValueObject): string {
  const names = Object.keys(value).filter((name) => !name.startsWith('?'));
  const [root] = names;
  if (names.length > 1) {
    throw invalidArgument(
      'xml',
      'parameter is not valid. The provided value cannot be converted to XML: the root object has several properties, and must have a single one.',
    );
  }
  if (root === undefined || isArray(value[root] ?? null)) {
    throw invalidArgument(
      'xml',
      'parameter is not valid. The provided value cannot be converted to XML: the root object must have one property, which is not an array.',
    );
  }
  const head = Object.entries(value)
    .filter(([name]) => name.startsWith('?'))
    .map(([name, item]) => writeInstruction(name.slice(1), item))
    .join('');
  return head + writeElement(root, value[root] ?? null);
}

/** The declaration's version, encoding and standalone in their order; other instructions as they are. */
function writeInstruction(name: string, value: Value): string {
  if (name !== 'xml' || !isObject(value)) return `<?${encodeName(name)} ${textOf(value).replaceAll('?>', '? >')}?>`;
  const attributes = ['version', 'encoding', 'standalone'].flatMap((part) => {
    const found = memberOf(value, `@${part}`);
    return found === undefined ? [] : [` ${part}="${escapeXmlText(textOf(found))}"`];
  });
  return `<?xml${attributes.join('')}?>`;
}

function writeElement(name: string, value: Value): string {
  const tag = encodeName(name);
  if (!isObject(value)) {
    if (isArray(value)) return value.map((item) => writeElement(name, item)).join('');
    return value === null ? `<${tag} />` : `<${tag}>${escapeXmlText(textOf(value), false)}</${tag}>`;
  }
  let attributes = '';
  let content = '';
  let hasContent = false;
  for (const [member, item] of Object.entries(value)) {
    if (member.startsWith('@') && !isObject(item) && !isArray(item)) {
      attributes += ` ${encodeName(member.slice(1))}="${escapeXmlText(textOf(item))}"`;
      continue;
    }
    hasContent = true;
    content += writeMember(member, item);
    checkTextLength('xml', content.length);
  }
  return hasContent ? `<${tag}${attributes}>${content}</${tag}>` : `<${tag}${attributes} />`;
}

function writeMember(name: string, value: Value): string {
  switch (name) {
    case '#text':
    case '#cdata-section':
    case '#comment': {
      const texts = isArray(value) ? value.map(textOf) : [textOf(value)];
      return texts.map((text) => writeText(name, text)).join('');
    }
    default:
      return name.startsWith('?') ? writeInstruction(name.slice(1), value) : writeElement(name, value);
  }
}

function writeText(name: string, text: string): string {
  if (name === '#text') return escapeXmlText(text, false);
  if (name === '#comment') return `<!--${text.replaceAll('--', '- -').replace(/-$/, '- ')}-->`;
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function textOf(value: Value): string {
  return typeof value === 'boolean' ? String(value) : plainText(value);
}
