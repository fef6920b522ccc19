import { readJsonFile, readZip, writeZip } from '@patchbay/definition';
import type { JsonValue } from '@patchbay/expression';
import {
  type FlowDocument,
  type FlowFile,
  type FlowForm,
  fileText,
  flowDifferences,
  flowForms,
  isFileOfFlows,
  readFlows,
  writeFlow,
} from '@patchbay/workflow';

type Difference = ReturnType<typeof flowDifferences>[number];
type Count = { same: number; told: number };

/** What a finding has to say so that a part that differs was told of; the definition has to be the same. */
const tellings: { readonly [part in Difference['part']]: RegExp | undefined } = {
  definition: undefined,
  parameters: /^The form has no place for the value of the parameter/,
  connections: /^The form has no place for the connection/,
  environmentVariables: /about the environment variable/,
  appSettings: /^The form has no place for the setting/,
  kind: /^The form has no place for its kind/,
  dialect: /read from this form it is taken for/,
};

/** Writes flows in every form, packed as an archive, and reads them again. */
export class FlowRoundTrips {
  readonly #counts = new Map<FlowForm, Count>(flowForms.map((form) => [form, { same: 0, told: 0 }]));
  readonly #changes: string[] = [];

  /** Flows that came back another without a word. */
  get changed(): number {
    return this.#changes.length;
  }

  add(name: string, document: JsonValue): void {
    const [flow] = readFlows([{ kind: 'json', name, root: document }]).flows;
    if (flow === undefined) return;
    for (const form of flowForms) this.#go(name, flow, form);
  }

  #go(name: string, flow: FlowDocument, form: FlowForm): void {
    const written = writeFlow(flow, form);
    const { flows } = readFlows(throughArchive(written.files));
    const [back] = flows;
    const differences = back === undefined || flows.length > 1 ? undefined : flowDifferences(flow, back);
    const untold = differences?.filter(
      ({ part }) => !written.findings.some(({ message }) => tellings[part]?.test(message) === true),
    );
    const count = this.#counts.get(form);
    if (untold === undefined || count === undefined)
      this.#changes.push(`changed: ${name}: ${form}: ${flows.length} flows`);
    else if (untold.length > 0)
      this.#changes.push(`changed: ${name}: ${form}: ${untold.map(({ pointer }) => pointer).join(', ')}`);
    else if (differences?.length === 0) count.same++;
    else count.told++;
  }

  lines(): readonly string[] {
    const counts = [...this.#counts].map(
      ([form, { same, told }]) => `round-trip ${form}: ${same} the same, ${told} with losses that are told`,
    );
    return [...this.#changes, ...counts];
  }
}

function throughArchive(files: readonly FlowFile[]): readonly FlowFile[] {
  const bytes = writeZip(Object.fromEntries(files.map((file) => [file.name, fileText(file)])));
  return readZip(bytes, isFileOfFlows).files.flatMap(({ name, content }): readonly FlowFile[] => {
    if (!name.endsWith('.json')) return [{ kind: 'text', name, text: new TextDecoder().decode(Buffer.from(content)) }];
    const { root } = readJsonFile({ name, content });
    return root === undefined ? [] : [{ kind: 'json', name, root }];
  });
}
