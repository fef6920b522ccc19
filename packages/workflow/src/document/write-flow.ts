import type { Dialect } from '../dialect/dialect.ts';
import { findDialect } from '../dialect/find-dialect.ts';
import { foreignTypes } from '../dialect/foreign-types.ts';
import { type DocumentFinding, type DocumentFindingCode, documentFinding } from './document-finding.ts';
import type { FlowDocument, FlowFile, FlowForm } from './flow-document.ts';
import { readFlows } from './read-flows.ts';
import { differencesOf, type FormWriter } from './write-context.ts';
import { writePackage } from './write-package.ts';
import { writeDefinition, writeResource, writeTemplate, writeWrapped } from './write-simple-forms.ts';
import { writeSolution } from './write-solution.ts';
import { writeStandard } from './write-standard.ts';

/** Every form that a flow can be written in. */
const writers: { readonly [form in FlowForm]: FormWriter } = {
  definition: writeDefinition,
  wrapped: writeWrapped,
  resource: writeResource,
  template: writeTemplate,
  standard: writeStandard,
  package: writePackage,
  solution: writeSolution,
};

export type WrittenFlow = { readonly files: readonly FlowFile[]; readonly findings: readonly DocumentFinding[] };

/**
 * Writes a flow in a form that other products read; {@link readFlows} gives the same flow again. What the form has no place for is a
 * finding: it is left out, or kept where only this platform looks. The same flow is always the same files.
 */
export function writeFlow(flow: FlowDocument, form: FlowForm): WrittenFlow {
  const dialect = flow.dialect ?? findDialect(flow.definition) ?? 'consumption';
  const first = withForeignTypes(writeForm(flow, form), flow, form);
  const elsewhere = dialectOf(first);
  if (elsewhere === dialect) return first;
  const written = withForeignTypes(writeForm(flow, form, dialect), flow, form);
  const code = dialectOf(written) === dialect ? 'dialect-kept' : 'dialect-changed';
  const details = {
    before: products[dialect],
    after: products[elsewhere],
    differences: differencesOf(dialect, elsewhere),
  };
  const finding = documentFinding(code, { file: mainFile(written.files), pointer: '' }, details);
  return { ...written, findings: [...written.findings, finding] };
}

/** Which product takes a form; any takes the others. */
const takers: { readonly [form in FlowForm]?: Dialect } = {
  resource: 'consumption',
  template: 'consumption',
  standard: 'standard',
  package: 'powerAutomate',
  solution: 'powerAutomate',
};

function withForeignTypes(written: WrittenFlow, { definition }: FlowDocument, form: FlowForm): WrittenFlow {
  const taker = takers[form];
  const types = taker === undefined ? [] : foreignTypes(definition, taker);
  if (taker === undefined || types.length === 0) return written;
  const details = { product: products[taker], types: types.join(', ') };
  const finding = documentFinding('types-not-run', { file: mainFile(written.files), pointer: '' }, details);
  return { ...written, findings: [...written.findings, finding] };
}

function writeForm(flow: FlowDocument, form: FlowForm, dialect?: Dialect): WrittenFlow {
  const reported: (readonly [DocumentFindingCode, { readonly [name: string]: string | number }])[] = [];
  const files = writers[form](flow, {
    ...(dialect !== undefined && { dialect }),
    report: (code, details) => reported.push([code, details]),
  });
  const place = { file: mainFile(files), pointer: '' };
  return { files, findings: reported.map(([code, details]) => documentFinding(code, place, details)) };
}

function dialectOf({ files }: WrittenFlow): Dialect {
  return readFlows(files).flows[0]?.dialect ?? 'consumption';
}

/** The file that holds the definition. */
function mainFile(files: readonly FlowFile[]): string {
  return readFlows(files).flows[0]?.place.file ?? '';
}

/** How people call the dialects. */
const products = {
  consumption: 'Consumption',
  standard: 'Standard',
  standardStateless: 'Standard, stateless',
  powerAutomate: 'Power Automate',
} as const;

/** The text of a file, the same for the same value: JSON is indented by two blanks. */
export function fileText(file: FlowFile): string {
  return file.kind === 'text' ? file.text : `${JSON.stringify(file.root, null, 2)}\n`;
}
