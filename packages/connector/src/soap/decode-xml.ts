/** The text of an XML document: a charset of the media type counts first, then a byte-order mark, then what it says itself (RFC 7303 §3). */
export function decodeXml(contentType: string, bytes: Uint8Array): string {
  const label = /charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1] ?? markedEncoding(bytes) ?? statedEncoding(bytes);
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    // An encoding that nobody knows: UTF-8 is the best guess.
    return new TextDecoder().decode(bytes);
  }
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

function statedEncoding(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}
