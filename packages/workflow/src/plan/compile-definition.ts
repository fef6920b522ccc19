import { type JsonValue, maximumJsonDepth } from '@patchbay/expression';
import { type Dialect, dialectDefaults } from '../dialect/dialect.ts';
import { findDialect } from '../dialect/find-dialect.ts';
import { type Finding, type FindingCode, pointerTo } from '../findings.ts';
import { flowRules } from '../rules/rule-table.ts';
import { runRules } from '../rules/run-rules.ts';
import { createSubject, type Given } from '../rules/subject.ts';
import { compileTriggers } from '../triggers/compile-trigger.ts';
import { ActionCompiler } from './action-compiler.ts';
import { checkCycles } from './check-cycles.ts';
import { checkParametersGiven, checkParameterValues } from './check-parameters.ts';
import { entriesOf, isObject, type JsonObject, jsonKind, member, nestsDeeper, textMember } from './json.ts';
import type { OutputPlan, ParameterPlan, Plan } from './plan.ts';

export type CompileOptions = Given & {
  /** `none`: the definition was checked when it was saved, and only what a plan needs is looked at. */
  readonly checks?: 'all' | 'none';
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
  if (nestsDeeper(definition, maximumJsonDepth)) {
    const message = `the definition nests deeper than ${maximumJsonDepth} levels, which is more than is read`;
    compiler.report('definition-invalid', 'error', message, '');
    return { findings: compiler.findings };
  }
  checkSections(definition, compiler);
  const parameters = readParameters(definition, compiler);
  compiler.readSchema(definition);
  compiler.readStaticResults(member(definition, 'staticResults'));
  compiler.readTriggers(member(definition, 'triggers'));
  compiler.block(member(definition, 'actions'), '/actions');
  const triggers = compileTriggers(member(definition, 'triggers'), compiler);
  const outputs = compileOutputs(member(definition, 'outputs'), compiler);
  const { blocks, actions, byName } = compiler.finish();
  checkCycles(blocks, compiler);
  checkParametersGiven(parameters, options.parameters, compiler);
  if (options.checks !== 'none') checkParameterValues(definition, parameters, options.parameters, compiler);
  const { sources, templates, connectionUses } = compiler;
  const parts = { blocks, actions, byName, parameters, sources, templates, connectionUses };
  const checked = options.checks === 'none' ? [] : runRules(flowRules, createSubject(definition, parts, options));
  const findings = [...compiler.findings, ...checked];
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

function checkSections(definition: JsonObject, compiler: ActionCompiler): void {
  for (const section of ['triggers', 'outputs', 'parameters', 'staticResults']) {
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
