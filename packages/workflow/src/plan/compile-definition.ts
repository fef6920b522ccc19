import type { JsonValue } from '@patchbay/expression';
import { type Dialect, dialectDefaults } from '../dialect/dialect.ts';
import { findDialect } from '../dialect/find-dialect.ts';
import { type Finding, type FindingCode, pointerTo } from '../findings.ts';
import { compileTriggers } from '../triggers/compile-trigger.ts';
import { ActionCompiler } from './action-compiler.ts';
import { checkReferences } from './check-references.ts';
import { entriesOf, isObject, type JsonObject, jsonKind, member, textMember } from './json.ts';
import type { ActionPlan, OutputPlan, ParameterPlan, Plan, TriggerPlan } from './plan.ts';

export type CompileOptions = {
  /** Values that the flow is given; with them a parameter with neither value nor default is an error. */
  readonly parameters?: { readonly [name: string]: JsonValue };
  /** Names of the connection references that the flow is given; with them an unknown one is a warning. */
  readonly connectionReferences?: readonly string[];
  /** Which product it was written for, where more is known than its definition tells; else Consumption. */
  readonly dialect?: Dialect;
};

export type CompileResult = {
  /** Absent when an error makes the definition unusable. Unknown types leave a plan: only those actions fail when reached. */
  readonly plan?: Plan;
  readonly findings: readonly Finding[];
};

/** Errors about one action or trigger, with which the rest can run. */
const leavesPlan: ReadonlySet<FindingCode> = new Set([
  'action-type-unknown',
  'action-type-refused',
  'trigger-type-unknown',
  'split-with-response',
]);

/**
 * Compiles a workflow definition (schema 2016-06-01) into a plan. Never throws: what is wrong with the document is a finding with a
 * JSON pointer into it.
 *
 * @example
 * const { plan, findings } = compileDefinition({ triggers: {…}, actions: { Greet: { type: 'Compose', inputs: 'hello' } } });
 */
export function compileDefinition(definition: JsonValue, options: CompileOptions = {}): CompileResult {
  const dialect = options.dialect ?? findDialect(definition) ?? 'consumption';
  const compiler = new ActionCompiler(dialectDefaults[dialect]);
  if (!isObject(definition)) {
    compiler.report('definition-invalid', 'error', `a definition is an object, not ${jsonKind(definition)}`, '');
    return { findings: compiler.findings };
  }
  checkSections(definition, compiler);
  const parameters = readParameters(definition, compiler);
  compiler.readStaticResults(member(definition, 'staticResults'));
  compiler.readTriggers(member(definition, 'triggers'));
  compiler.block(member(definition, 'actions'), '/actions');
  const triggers = compileTriggers(member(definition, 'triggers'), compiler);
  const outputs = compileOutputs(member(definition, 'outputs'), compiler);
  const { blocks, actions, byName } = compiler.finish();
  checkReferences({ compiler, blocks, actions, byName, parameters, triggers, options });
  const batch = triggers.find(({ batches }) => batches !== undefined);
  if (batch !== undefined && actions.some((action) => action.compiled.role === 'response')) {
    const message = `trigger "${batch.name}" gathers messages of many senders, so no Response can answer one; remove the Response actions`;
    compiler.report('trigger-invalid', 'error', message, pointerTo('/triggers', batch.name));
  }
  checkSplitting(triggers, actions, compiler);
  const findings = compiler.findings;
  const isUsable = !findings.some((finding) => finding.severity === 'error' && !leavesPlan.has(finding.code));
  if (!isUsable) return { findings };
  return {
    findings,
    plan: {
      dialect,
      runDurationMs: dialectDefaults[dialect].runDurationMs,
      blocks,
      actions: compiler.keepIterations(actions),
      actionByName: byName,
      triggers,
      parameters,
      outputs,
      hasResponse: actions.some((action) => action.compiled.role === 'response'),
      hasWebhooks: actions.some((action) => action.compiled.isWebhook === true),
      flowUses: compiler.flowUses,
    },
  };
}

/** Of many runs that one request starts, none can answer it: their Response actions may at most acknowledge (`Asynchronous`). */
function checkSplitting(
  triggers: readonly TriggerPlan[],
  actions: readonly ActionPlan[],
  compiler: ActionCompiler,
): void {
  const answering = actions.find(({ compiled }) => compiled.role === 'response' && compiled.isAsynchronous !== true);
  if (answering === undefined) return;
  for (const { name, splitOn } of triggers) {
    if (splitOn === undefined) continue;
    const message = `trigger "${name}" splits, so the Response "${answering.name}" has no one caller to answer (WorkflowUnsupportedSplitOnTriggerForResponseAction); remove one of them, or give the Response the option Asynchronous`;
    compiler.report('split-with-response', 'error', message, pointerTo('/triggers', name, 'splitOn'));
  }
}

function checkSections(definition: JsonObject, compiler: ActionCompiler): void {
  for (const section of ['triggers', 'actions', 'outputs', 'parameters', 'staticResults']) {
    const value = member(definition, section);
    if (value !== undefined && value !== null && !isObject(value)) {
      const message = `"${section}" must be an object, not ${jsonKind(value)}`;
      compiler.report('definition-invalid', 'error', message, pointerTo('', section));
    }
  }
  if (member(definition, 'triggers') === undefined && member(definition, 'actions') === undefined) {
    compiler.report('definition-invalid', 'error', 'the definition has neither triggers nor actions', '');
  }
}

function readParameters(definition: JsonObject, compiler: ActionCompiler): readonly ParameterPlan[] {
  return entriesOf(member(definition, 'parameters')).map(([name, source]): ParameterPlan => {
    if (!isObject(source)) {
      const message = `parameter "${name}" must be an object with a type`;
      compiler.report('definition-invalid', 'error', message, pointerTo('/parameters', name));
    }
    const defaultValue = member(source, 'defaultValue');
    const type = (textMember(source, 'type') ?? 'Object').toLowerCase();
    return { name, type, ...(defaultValue === undefined ? {} : { defaultValue }) };
  });
}

function compileOutputs(source: JsonValue | undefined, compiler: ActionCompiler): readonly OutputPlan[] {
  return entriesOf(source).map(([name, output]) => ({
    name,
    type: textMember(output, 'type') ?? 'Object',
    evaluate: compiler.evaluator(member(output, 'value') ?? null, pointerTo('/outputs', name, 'value')),
  }));
}
