import {
  isElement,
  type JsonObject,
  type JsonValue,
  textOf,
  type XmlElement,
  type XmlElementUse,
} from '@patchbay/definition';
import type { ElementReader } from './element-reader.ts';

/** A fault as `{"error": {code, message, subcode?, actor?, detail?}}` (SOAP 1.1 §4.4, SOAP 1.2 Part 1 §5.4). */
export function readFault(fault: XmlElement, uses: readonly XmlElementUse[], reader: ElementReader): JsonObject {
  const child = (parent: XmlElement | undefined, local: string) =>
    parent?.children.filter(isElement).find((one) => one.local === local);
  const text = (element: XmlElement | undefined) => (element === undefined ? undefined : textOf(element).trim());
  const code = child(fault, 'Code');
  const codes = code === undefined ? [text(child(fault, 'faultcode')) ?? ''] : codesOf(code, child);
  const reason = child(child(fault, 'Reason'), 'Text') ?? child(fault, 'faultstring');
  const actor = text(child(fault, 'Role') ?? child(fault, 'Node') ?? child(fault, 'faultactor'));
  const detail = child(fault, 'Detail') ?? child(fault, 'detail');
  const [first = '', ...others] = codes.map((one) => one.slice(one.indexOf(':') + 1));
  const subcode = others.at(-1);
  return {
    error: {
      code: first,
      ...(subcode !== undefined && { subcode }),
      message: text(reason) ?? '',
      ...(actor !== undefined && actor !== '' && { actor }),
      ...(detail !== undefined && { detail: readDetail(detail, uses, reader) }),
    },
  };
}

/** The code and the codes below it, from the general to the particular; no fault nests more than a few. */
function codesOf(
  code: XmlElement,
  child: (parent: XmlElement | undefined, local: string) => XmlElement | undefined,
): readonly string[] {
  const codes: string[] = [];
  let at: XmlElement | undefined = code;
  while (at !== undefined) {
    const value = child(at, 'Value');
    if (value !== undefined) codes.push(textOf(value).trim());
    at = child(at, 'Subcode');
  }
  return codes;
}

function readDetail(detail: XmlElement, uses: readonly XmlElementUse[], reader: ElementReader): JsonValue {
  const elements = detail.children.filter(isElement);
  if (elements.length === 0) return textOf(detail).trim();
  const useOf = (element: XmlElement) =>
    uses.find(({ name }) => name.local === element.local && name.namespace === element.namespace) ??
    uses.find(({ name }) => name.local === element.local);
  const declared = elements.flatMap((element): [string, JsonValue][] => {
    const use = useOf(element);
    return use === undefined ? [] : [[use.member, reader.read(use, element)]];
  });
  const others = reader.others(
    elements.filter((element) => useOf(element) === undefined),
    '',
  );
  return Object.fromEntries([...declared, ...others]);
}
