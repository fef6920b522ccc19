/** Formats that a text shows by itself (JSON Schema 2020-12 §7.3), each with a test that hardly anything else passes. */
const formats: readonly (readonly [name: string, isMeant: (text: string) => boolean])[] = [
  ['date-time', isDateTime],
  ['date', (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))],
  ['uuid', (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)],
  ['uri', (text) => /^https?:\/\/[^\s/?#]+\S*$/i.test(text) && URL.canParse(text)],
  ['email', (text) => /^[\w.+-]{1,64}@([a-z\d-]{1,63}\.){1,8}[a-z]{2,63}$/i.test(text)],
];
/** A longer text is prose, whatever it begins with. */
const maxLength = 2048;

/** The format that every one of some texts has; none for no texts. */
export function formatOfAll(texts: readonly string[]): string | undefined {
  if (texts.length === 0) return undefined;
  return formats.find(([, isMeant]) => texts.every((text) => text.length <= maxLength && isMeant(text)))?.[0];
}

/** RFC 3339 §5.6: with a zone. */
function isDateTime(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}
