/** Text as content of an element, or of an attribute in double quotes. */
export function escapeXmlText(text: string, isAttribute = true): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return isAttribute ? escaped.replaceAll('"', '&quot;') : escaped;
}
