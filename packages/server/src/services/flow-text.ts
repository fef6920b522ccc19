import { type Finding, type JsonObject, type JsonValue, readJsonFile } from '@patchbay/definition';
import { type DocumentFinding, type Finding as FlowFinding, readFlows } from '@patchbay/workflow';

/** The text of a workflow file in any of its forms, and where things of its definition stand in it. */
export type FlowText = {
  /** Absent when it is no workflow; then an error finding says why. */
  readonly definition?: JsonValue;
  /** What there is to say about the text itself. */
  readonly findings: readonly Finding[];
  /** The place of what a pointer into the definition names. */
  readonly locate: (pointer: string) => Omit<Finding, 'code' | 'severity' | 'message'>;
};

/** How findings name a text that was pasted. */
const source = 'flow.json';

/** Reads a workflow's text as leniently as descriptions are read: its first flow. Never throws. */
export function openFlowText(text: string): FlowText {
  const json = readJsonFile({ name: source, content: text });
  if (json.root === undefined) return { findings: json.findings, locate: json.locate };
  const { flows, findings } = readFlows([{ kind: 'json', name: source, root: json.root }]);
  const about = findings.map(
    ({ code, severity, message, pointer }: DocumentFinding): Finding => ({
      code,
      severity,
      message,
      ...json.locate(pointer),
    }),
  );
  const [flow] = flows;
  return {
    ...(flow !== undefined && { definition: flow.definition as JsonObject }),
    findings: [...json.findings, ...about],
    locate: (pointer) => json.locate(`${flow?.place.pointer ?? ''}${pointer}`),
  };
}

/** Findings about a definition as those about its text, with what there is to say about that itself, in the order of the text. */
export function placeIn(text: FlowText, findings: readonly FlowFinding[]): readonly Finding[] {
  const placed = findings.map(
    ({ code, severity, message, pointer }): Finding => ({ code, severity, message, ...text.locate(pointer) }),
  );
  return [...text.findings, ...placed].sort((left, right) => left.line - right.line || left.column - right.column);
}
