import { compile, type Scope, scopeFromInputs } from '@patchbay/expression';

/** Evaluations a second on one core, of one expression and of the same logic in JavaScript. */
export type ExpressionResult = {
  readonly perSecond: number;
  /** With every call left to the evaluation, constant or not. */
  readonly perSecondUnfolded: number;
  readonly baselinePerSecond: number;
  readonly ratio: number;
  readonly ratioUnfolded: number;
};

const template = "@concat(triggerBody()?['name'],'-',string(add(1,2)))";
const rounds = 5;
const evaluationsPerRound = 2_000_000;

type Contender = (scope: Scope) => unknown;

/** What a person would write for the template, over the same scope. */
const handWritten: Contender = (scope) => {
  // The scope's values are data of any shape; the trigger's are known here.
  const record = scope.trigger() as { readonly outputs?: { readonly body?: { readonly name?: string } } } | null;
  const name = record?.outputs?.body?.name ?? '';
  return `${name}-${String(1 + 2)}`;
};

/** Measures in turns, so that what else the machine does falls on all, and answers the medians. */
export function measureExpressions(): ExpressionResult {
  const records = ['Ada', 'Grace', 'Edsger', 'Barbara'].map((name) => ({ outputs: { body: { name } } }));
  let next = 0;
  const scope: Scope = {
    ...scopeFromInputs({}),
    trigger: () => {
      next = (next + 1) % records.length;
      return records[next] ?? null;
    },
  };
  const contenders: readonly Contender[] = [
    compile(template),
    compile(template, { foldsConstants: false }),
    handWritten,
  ];
  const rates: number[][] = contenders.map(() => []);
  for (const contender of contenders) evaluate(contender, scope);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) rates[index]?.push(evaluate(contender, scope));
  }
  const [perSecond = 0, perSecondUnfolded = 0, baselinePerSecond = 1] = rates.map(medianOf);
  return {
    perSecond,
    perSecondUnfolded,
    baselinePerSecond,
    ratio: perSecond / baselinePerSecond,
    ratioUnfolded: perSecondUnfolded / baselinePerSecond,
  };
}

function evaluate(contender: Contender, scope: Scope): number {
  const start = performance.now();
  let length = 0;
  for (let index = 0; index < evaluationsPerRound; index += 1) length += String(contender(scope)).length;
  if (length === 0) throw new Error('nothing was evaluated');
  return (evaluationsPerRound * 1000) / (performance.now() - start);
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
