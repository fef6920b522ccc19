import { mediaType } from '../sample/capture-body.ts';

/** What is known of a recorded entry without reading its contents. */
export type EntryKind = {
  /** What asked for it, as browsers note it (`_resourceType`); '' when nothing does. */
  readonly resourceType: string;
  readonly method: string;
  readonly url: string;
  readonly answerType: string;
};

const assets: ReadonlySet<string> = new Set([
  'script',
  'stylesheet',
  'image',
  'font',
  'media',
  'manifest',
  'texttrack',
  'websocket',
  'ping',
  'beacon',
  'preflight',
  'cspviolationreport',
  'signedexchange',
]);
const assetTypes =
  /^(image|font|audio|video)\/|^(text\/(html|css|javascript|ecmascript)|application\/(x-)?(javascript|ecmascript|wasm|font-.*|x-font-.*|vnd\.ms-fontobject|manifest\+json|xhtml\+xml|x-shockwave-flash))$/;
const assetPath = /\.(js|mjs|css|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|otf|eot|mp[34]|webm|wasm|html?)$/i;

/** Whether an entry is a call of an API, and not of the page that makes such calls. */
export function isApiCall({ resourceType, method, url, answerType }: EntryKind): boolean {
  if (!/^https?:\/\//i.test(url) || /^(options|connect|trace)$/i.test(method)) return false;
  const kind = resourceType.toLowerCase();
  if (assets.has(kind)) return false;
  const isScripted = kind === 'xhr' || kind === 'fetch' || kind === 'eventsource';
  const changes = !/^(get|head)$/i.test(method);
  if (assetTypes.test(mediaType(answerType))) return isScripted && changes;
  if (assetPath.test(url.split(/[?#]/, 1)[0] ?? '')) return false;
  return isScripted || changes || /json|xml|text\/|x-www-form|protobuf|octet-stream|csv|pdf/i.test(answerType);
}
