import { type Evaluator, type JsonValue, toText, type Value } from '@patchbay/expression';
import { isArray, member, textMember } from '../plan/json.ts';
import { isRecord } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import { type ActionKind, type CompileContext, type Step, succeeded } from './action-kind.ts';
import { requireArray } from './collection.ts';

type Column = { readonly header: Evaluator; readonly value: Evaluator };
type Grid = { readonly headers: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Writes an array as a CSV or HTML table. */
export const table: ActionKind = {
  type: 'Table',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const from = context.evaluator(member(source.inputs, 'from') ?? null, `${pointer}/from`);
    const format = (textMember(source.inputs, 'format') ?? '').toUpperCase();
    if (format !== 'CSV' && format !== 'HTML') {
      context.report(
        'action-invalid',
        'error',
        `Table "${source.name}" needs the format CSV or HTML`,
        `${pointer}/format`,
      );
    }
    const columnsSource = member(source.inputs, 'columns');
    const columns = isArray(columnsSource) ? compileColumns(columnsSource, `${pointer}/columns`, context) : undefined;
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const given = from(step.scope);
        const inputs: Value = { from: given, format, ...(isArray(columnsSource) ? { columns: columnsSource } : {}) };
        const items = requireArray(given, 'table', inputs);
        const grid = columns === undefined ? gridOfKeys(items, inputs) : gridOfColumns(step, items, columns);
        return succeeded(inputs, { body: format === 'CSV' ? writeCsv(grid) : writeHtml(grid) });
      },
    };
  },
};

function compileColumns(source: readonly JsonValue[], pointer: string, context: CompileContext): readonly Column[] {
  return source.map((column, index) => ({
    header: context.evaluator(member(column, 'header') ?? '', `${pointer}/${index}/header`),
    value: context.evaluator(member(column, 'value') ?? '', `${pointer}/${index}/value`),
  }));
}

function gridOfColumns(step: Step, items: readonly Value[], columns: readonly Column[]): Grid {
  return {
    headers: columns.map((column) => toText(column.header(step.scope))),
    rows: items.map((item) => step.withItem(item, () => columns.map((column) => toText(column.value(step.scope))))),
  };
}

/** Without columns, the keys of the first item are the headers. */
function gridOfKeys(items: readonly Value[], inputs: Value): Grid {
  const first = items[0];
  if (first === undefined) return { headers: [], rows: [] };
  if (!isRecord(first)) {
    throw new ActionFailure(
      'BadRequest',
      "The 'from' property value in the 'table' action inputs must be an array of objects when 'columns' is not given.",
      inputs,
    );
  }
  const headers = Object.keys(first);
  return {
    headers,
    rows: items.map((item) => headers.map((key) => (isRecord(item) ? toText(item[key] ?? null) : ''))),
  };
}

/** RFC 4180 §2: CRLF after every line; fields with a comma, a quote or a line break are quoted. */
function writeCsv({ headers, rows }: Grid): string {
  if (headers.length === 0) return '';
  return [headers, ...rows].map((row) => `${row.map(quoteField).join(',')}\r\n`).join('');
}

function quoteField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function writeHtml({ headers, rows }: Grid): string {
  const head = `<thead><tr>${headers.map((header) => `<th>${escapeHtml(header)}</th>`).join('')}</tr></thead>`;
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('');
  return `<table>${head}<tbody>${body}</tbody></table>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
