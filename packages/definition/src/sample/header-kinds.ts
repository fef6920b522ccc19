/**
 * Headers that the transport, a proxy or a browser writes by itself (RFC 9110, RFC 9112, Fetch §2.2.2): nothing of the API. Accept,
 * Content-Type, Authorization and Cookie are read elsewhere.
 */
const ofTransport: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'accept-encoding',
  'postman-token',
]);

/** What a browser sends with every request, whatever the page asked for. */
const ofBrowser: ReadonlySet<string> = new Set([
  'user-agent',
  'accept-language',
  'accept-charset',
  'origin',
  'referer',
  'dnt',
  'pragma',
  'cache-control',
  'priority',
  'upgrade-insecure-requests',
  'if-none-match',
  'if-modified-since',
  'x-requested-with',
  'x-client-data',
  'purpose',
  'via',
]);

/** What any server answers with, whatever the API. */
const ofResponse =
  /^(date|server|via|age|connection|keep-alive|transfer-encoding|content-(length|type|encoding|security-policy.*)|set-cookie\d?|vary|p3p|alt-svc|nel|report-to|expect-ct|x-(powered-by|frame-options|xss-protection|content-type-options|aspnet.*|runtime|served-by|cache.*|timer|varnish|download-options|permitted-.*|dns-prefetch-control|robots-tag)|strict-transport-security|access-control-.*|cf-.*|x-amz-cf-.*|x-azure-ref|cross-origin-.*|permissions-policy|referrer-policy|feature-policy|server-timing|timing-allow-origin|accept-ranges|pragma|expires|status|origin-agent-cluster|cache-control)$/;

export function isTransportHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return lower.startsWith(':') || ofTransport.has(lower);
}

export function isBrowserHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return ofBrowser.has(lower) || /^sec-(fetch|ch|gpc|purpose)/.test(lower);
}

export function isServerHeader(name: string): boolean {
  return ofResponse.test(name.toLowerCase());
}

/** A field name (RFC 9110 §5.6.2). */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+.^`|~\w-]+$/.test(name);
}
