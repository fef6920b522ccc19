import type { WorkflowFile } from '@patchbay/workflow';
import { type ConnectorAnswers, noConnectorAnswers } from './connector-answers.ts';
import { definitionActions } from './definition-actions.ts';
import type { Variant } from './generate-data.ts';
import { type EndKind, type FlowEnd, runFlow } from './run-flow.ts';

const variants: readonly Variant[] = ['matching', 'other'];

const names: Readonly<Record<EndKind, string>> = {
  succeeded: 'succeeded',
  own: 'ended by the flow itself',
  engine: 'engine error',
  unexplained: 'not explained',
};

/** The runs of many flows, counted by how they ended. */
export class FlowEnds {
  readonly #counts: { [kind in EndKind]: number } = { succeeded: 0, own: 0, engine: 0, unexplained: 0 };
  readonly #problems: string[] = [];
  readonly #answers: ConnectorAnswers;
  #described = 0;
  #flows = 0;
  #actions = 0;
  #executed = 0;

  constructor(answers: ConnectorAnswers = noConnectorAnswers) {
    this.#answers = (asked) => {
      const schema = answers(asked);
      if (schema !== undefined) this.#described += 1;
      return schema;
    };
  }

  /** Runs a flow twice: with data that its conditions ask for, and with other data. */
  async run(name: string, file: WorkflowFile): Promise<void> {
    const ends: FlowEnd[] = [];
    for (const variant of variants) {
      const end = await runFlow(file, variant, this.#answers);
      ends.push(end);
      this.#counts[end.kind] += 1;
      if (end.kind === 'engine' || end.kind === 'unexplained') {
        this.#problems.push(`${names[end.kind]}: ${name} (${variant} data): ${end.reason}`);
      }
    }
    this.#flows += 1;
    this.#actions += definitionActions(file.definition).length;
    this.#executed += new Set(ends.flatMap(({ executed }) => [...executed])).size;
  }

  get engineErrors(): number {
    return this.#counts.engine;
  }

  /** Of all runs, those whose end is explained; 1 when there are none. */
  get explainedShare(): number {
    const runs = Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
    return runs === 0 ? 1 : (this.#counts.succeeded + this.#counts.own) / runs;
  }

  /** For a person: each run that is not explained, and the table. */
  lines(): readonly string[] {
    const { succeeded, own, engine, unexplained } = this.#counts;
    const share = (this.explainedShare * 100).toFixed(1);
    return [
      ...this.#problems,
      `${this.#flows} flows run twice: ${succeeded} succeeded, ${own} ended by the flow itself, ${engine} engine errors, ${unexplained} not explained (${share} % explained)`,
      `${this.#executed} of ${this.#actions} actions were executed; ${this.#described / variants.length} answers are as a connector's definition says`,
    ];
  }
}
