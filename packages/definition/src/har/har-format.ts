import type { FormatReader } from '../format.ts';
import type { JsonObject, JsonValue } from '../model.ts';
import { buildConnector } from '../sample/build-connector.ts';
import { isObject, member, Reading } from '../source/reading.ts';
import { captureEntry, type HarEntry, type SeenHeaders, textMember } from './capture-entry.ts';
import { isApiCall } from './is-api-call.ts';
import { templatePaths } from './path-templates.ts';

/** HTTP Archives 1.1 and 1.2, as browsers and proxies save what they saw. */
export const harFormat: FormatReader = {
  format: 'har',
  title: 'an HTTP archive',
  isMeant: ({ document }) => logOf(document?.root) !== undefined,
  read: ({ document }, { properties }) => {
    const log = logOf(document?.root);
    if (document === undefined || log === undefined) return { findings: [], losses: [] };
    const reading = new Reading(document);
    const entries = entriesOf(log);
    const calls = entries.filter(isCall);
    if (calls.length < entries.length) {
      const count = String(entries.length - calls.length);
      reading.lose('entries-not-calls', '/log/entries', { count, total: String(entries.length) });
    }
    const seen: SeenHeaders = new Map();
    const captured = calls.flatMap((entry) => captureEntry(reading, entry, seen) ?? []);
    if (captured.length === 0) {
      reading.report('har-without-calls', '/log/entries');
      return { findings: reading.findings, losses: reading.losses };
    }
    const requests = templatePaths(reading, captured);
    const about = { title: '', description: '', version: '', tags: [], requests };
    const options = { keptValues: 'none', firstAnswerIsDefault: false } as const;
    const model = buildConnector(reading, about, options, properties);
    return { model, findings: reading.findings, losses: reading.losses };
  },
};

function logOf(root: JsonValue | undefined): JsonObject | undefined {
  const log = isObject(root) ? member(root, 'log') : undefined;
  return isObject(log) && Array.isArray(member(log, 'entries')) ? log : undefined;
}

type Entry = HarEntry & { readonly resourceType: string };

function entriesOf(log: JsonObject): readonly Entry[] {
  const entries = member(log, 'entries');
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: JsonValue, index): readonly Entry[] => {
    const request = isObject(entry) ? member(entry, 'request') : undefined;
    const response = isObject(entry) ? member(entry, 'response') : undefined;
    if (!isObject(entry) || !isObject(request)) return [];
    const resourceType = textMember(entry, '_resourceType');
    return [{ request, response: isObject(response) ? response : {}, resourceType, pointer: `/log/entries/${index}` }];
  });
}

function isCall({ request, response, resourceType }: Entry): boolean {
  const content = member(response, 'content');
  return isApiCall({
    resourceType,
    method: textMember(request, 'method') || 'GET',
    url: textMember(request, 'url'),
    answerType: isObject(content) ? textMember(content, 'mimeType') : '',
  });
}
