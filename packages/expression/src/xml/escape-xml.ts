import { mapSlices } from '../map-slices.ts';

/** Text as content of an element, or of an attribute in double quotes. */
export function escapeXmlText(text: string, isAttribute = true): string {
  if (!special.test(text)) return text;
  return mapSlices(text, (slice) => {
    const escaped = slice.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
    return isAttribute ? escaped.replace(/"/g, '&quot;') : escaped;
  });
}

const special = /[&<>"]/;
