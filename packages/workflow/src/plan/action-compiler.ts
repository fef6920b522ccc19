import {
  compileValue,
  type Evaluator,
  ExpressionError,
  type ExpressionErrorReason,
  FoldingAllowance,
  inspectTemplate,
  type JsonValue,
  type NameReference,
} from '@patchbay/expression';
import type { ActionSource, CompileContext } from '../actions/action-kind.ts';
import type { DialectDefaults } from '../dialect/dialect.ts';
import { FindingList } from '../finding-list.ts';
import { type Finding, type FindingCode, pointerTo, type Severity } from '../findings.ts';
import { defaultRetryPolicy, type RetryPolicy, readRetryPolicy } from '../retry/retry-policy.ts';
import { describeProblem } from '../rules/describe-problem.ts';
import type { TemplateSource } from '../rules/subject.ts';
import { textsOf } from '../rules/templates.ts';
import { explicitly } from '../secure/secured-parts.ts';
import { compileKind, nothing } from './compile-kind.ts';
import { type BlockDraft, type Draft, type Drafts, enclosing, type Use } from './draft.ts';
import { conditionsOf, isOfEarlierSchema, onlyWhen, readEarlierOrder } from './earlier-schema.ts';
import { isWorkedOut, withEvaluatedLimits } from './evaluated-limits.ts';
import { entriesOf, isArray, isObject, type JsonObject, jsonKind, member, textMember } from './json.ts';
import { keepIterations } from './kept-iterations.ts';
import { linkDrafts } from './link-drafts.ts';
import type { ActionPlan, Block, StaticResult } from './plan.ts';
import { readRunAfter } from './run-after.ts';
import { staticResultName } from './static-actions.ts';
import { readStaticResult } from './static-result.ts';

/** More than twenty times what the platform takes; who saves a flow waits while all are compiled and checked. */
const maximumActions = 10_000;
const maximumDepth = 60;
const refusedReasons: ReadonlySet<ExpressionErrorReason> = new Set(['syntax', 'function-unknown', 'limit-exceeded']);

/** Walks a definition once: numbers actions and blocks, compiles each action with its kind, gathers findings and uses of names. */
export class ActionCompiler implements CompileContext {
  readonly defaults: DialectDefaults;
  readonly #findings = new FindingList();
  readonly #folding = new FoldingAllowance();
  readonly #trying = new FoldingAllowance();
  readonly #uses: Use[] = [];
  readonly #drafts: Draft[] = [];
  readonly #blocks: BlockDraft[] = [];
  readonly #byName = new Map<string, number>();
  readonly #walked: Drafts = { drafts: this.#drafts, blocks: this.#blocks, byName: this.#byName };
  readonly #sources: ActionSource[] = [];
  readonly #templates: TemplateSource[] = [];
  readonly #connectionUses: { readonly name: string; readonly pointer: string }[] = [];
  readonly #flowUses: { readonly reference: string; readonly pointer: string }[] = [];
  #staticResults: JsonValue | undefined;
  #triggerNames: ReadonlySet<string> = new Set();
  #isMacro = false;
  #isOfEarlierSchema = false;
  #current = -1;
  #depth = 0;
  #claimed = 0;
  #hasDynamicNames = false;

  constructor(defaults: DialectDefaults) {
    this.defaults = defaults;
  }

  get findings(): readonly Finding[] {
    return this.#findings.list();
  }

  /** What each action was compiled from, by its number. */
  get sources(): readonly ActionSource[] {
    return this.#sources;
  }

  /** Everything that may hold expressions. */
  get templates(): readonly TemplateSource[] {
    return this.#templates;
  }

  get connectionUses(): readonly { readonly name: string; readonly pointer: string }[] {
    return this.#connectionUses;
  }

  get flowUses(): readonly { readonly reference: string; readonly pointer: string }[] {
    return this.#flowUses;
  }

  report(code: FindingCode, severity: Severity, message: string, pointer: string, subject?: string): void {
    this.#findings.add({ code, severity, pointer, ...(subject === undefined ? {} : { subject }) }, message);
  }

  evaluator(value: JsonValue, pointer: string): Evaluator {
    this.#templates.push({ value, pointer, action: this.#current });
    try {
      const compiled = compileValue(value, this.#folding);
      for (const reference of compiled.references) this.#use(reference);
      return compiled;
    } catch (error) {
      // A list of hundreds of thousands may be more than the runtime passes on.
      if (!(error instanceof ExpressionError) && !(error instanceof RangeError)) throw error;
      if (error instanceof RangeError) this.report('expression-invalid', 'error', error.message, pointer);
      else this.#reportProblems(value, pointer);
      return () => {
        throw error;
      };
    }
  }

  /** Each text that does not compile, where it stands. The platform counts arguments when it evaluates: the rest of such a flow runs. */
  #reportProblems(value: JsonValue, pointer: string): void {
    for (const one of textsOf(value, pointer)) {
      const { references, problems } = inspectTemplate(one.text, this.#trying);
      for (const reference of references) this.#use(reference);
      for (const problem of problems) {
        const isOfCount = problem.reason === 'argument-count';
        if (!isOfCount && !refusedReasons.has(problem.reason)) continue;
        const severity = isOfCount ? 'warning' : 'error';
        this.#findings.add({ code: 'expression-invalid', severity, pointer: one.pointer }, () =>
          isOfCount
            ? `${describeProblem(problem, one.text)} It fails when it is evaluated.`
            : describeProblem(problem, one.text),
        );
      }
    }
  }

  retryPolicy(inputs: JsonValue | undefined, pointer: string): RetryPolicy {
    const given = member(inputs, 'retryPolicy');
    if (this.#current >= 0 && isWorkedOut(given)) return defaultRetryPolicy;
    const { policy, problem } = readRetryPolicy(given);
    if (problem !== undefined) this.report('retry-policy-invalid', 'error', problem, `${pointer}/retryPolicy`);
    return policy;
  }

  connectionReference(name: string, pointer: string): void {
    this.#connectionUses.push({ name, pointer });
  }

  useFlow(reference: string, pointer: string): void {
    this.#flowUses.push({ reference, pointer });
  }

  readSchema(definition: JsonObject): void {
    this.#isOfEarlierSchema = isOfEarlierSchema(definition);
  }

  readStaticResults(source: JsonValue | undefined): void {
    this.#staticResults = source;
  }

  /** Agent workflows run their first action after the trigger; a trigger that fired has succeeded. */
  readTriggers(source: JsonValue | undefined): void {
    const triggers = entriesOf(source);
    this.#triggerNames = new Set(triggers.map(([name]) => name.toLowerCase()));
    this.#isMacro = triggers.some(([, trigger]) => textMember(trigger, 'type')?.toLowerCase() === 'start');
  }

  block(actions: JsonValue | undefined, pointer: string): number {
    const index = this.#blocks.length;
    const owner = this.#current;
    const block: BlockDraft = {
      parent: owner < 0 ? -1 : (this.#drafts[owner]?.block ?? -1),
      owner,
      members: [],
      names: new Map(),
    };
    this.#blocks.push(block);
    if (actions === undefined || actions === null) return index;
    if (!isObject(actions)) {
      this.report('definition-invalid', 'error', `actions must be an object, not ${jsonKind(actions)}`, pointer);
      return index;
    }
    if (this.#depth > maximumDepth) {
      const message = `actions are nested more than ${maximumDepth} levels deep, which is more than is read`;
      this.report('definition-invalid', 'error', message, pointer);
      return index;
    }
    const members = Object.entries(actions);
    this.#claimed += members.length;
    if (this.#claimed > maximumActions) {
      const message = `the flow has more than ${maximumActions} actions, which is more than is read; move a part into a flow of its own`;
      this.report('definition-invalid', 'error', message, '/actions');
      return index;
    }
    for (const [name, source] of members) this.#add(index, name, source, pointerTo(pointer, name));
    for (const [name, source] of members) this.#compile(block, name, source, pointerTo(pointer, name));
    return index;
  }

  /** First all members of a block get their numbers, so that `runAfter` may name a later one. */
  #add(blockIndex: number, name: string, source: JsonValue, pointer: string): void {
    const block = this.#blocks[blockIndex];
    if (block === undefined || !isObject(source)) {
      this.report('action-invalid', 'error', `action "${name}" must be an object, not ${jsonKind(source)}`, pointer);
      return;
    }
    const key = name.toLowerCase();
    if (this.#byName.has(key)) {
      this.report('name-duplicate', 'error', `the name "${name}" is used by more than one action`, pointer);
    }
    const type = textMember(source, 'type') ?? '';
    const staticResult = this.#readStaticResult(source, pointer);
    const index = this.#drafts.length;
    this.#drafts.push({
      name,
      type,
      pointer,
      block: blockIndex,
      position: block.members.length,
      runAfter: this.#isOfEarlierSchema ? readEarlierOrder(source) : readRunAfter(member(source, 'runAfter')),
      compiled: nothing,
      ...(staticResult === undefined ? {} : { staticResult }),
    });
    this.#sources.push({
      name,
      type,
      definition: source,
      inputs: member(source, 'inputs'),
      pointer,
      isInForeach: enclosing(this.#walked, index).some(
        (owner) => this.#drafts[owner]?.type.toLowerCase() === 'foreach',
      ),
    });
    block.members.push(index);
    block.names.set(name, index);
    this.#byName.set(key, index);
  }

  #compile(block: BlockDraft, name: string, definition: JsonValue, pointer: string): void {
    const index = block.names.get(name);
    const draft = index === undefined ? undefined : this.#drafts[index];
    if (index === undefined || draft === undefined || !isObject(definition)) return;
    const outer = this.#current;
    this.#current = index;
    this.#depth++;
    const source = this.#sources[index];
    if (source !== undefined)
      draft.compiled = withEvaluatedLimits(source, this, compileKind(source, this, { isMacro: this.#isMacro }));
    this.#readConditions(draft, definition);
    const tracked = member(definition, 'trackedProperties');
    if (tracked !== undefined && tracked !== null) {
      draft.trackedProperties = this.evaluator(tracked, `${pointer}/trackedProperties`);
      const secured = explicitly(definition);
      if (secured.inputs || secured.outputs) {
        const message = `action "${name}" has secured data, so it may not have tracked properties: they would show it`;
        this.report('action-invalid', 'error', message, `${pointer}/trackedProperties`);
      }
    }
    this.#current = outer;
    this.#depth--;
  }

  #readConditions(draft: Draft, definition: JsonObject): void {
    const given = member(definition, 'conditions');
    if (!isArray(given) || given.length === 0) return;
    const pointer = `${draft.pointer}/conditions`;
    if (!this.#isOfEarlierSchema || draft.compiled.blocks.length > 0) {
      const message = `action "${draft.name}" has conditions, which came before schema 2016-06-01 and would be passed over; say what it waits for with "runAfter" and put it into an If`;
      this.report('option-unsupported', 'error', message, pointer);
      return;
    }
    const conditions = conditionsOf(definition).map((text) => ({ text, evaluate: this.evaluator(text, pointer) }));
    if (conditions.length > 0) draft.compiled = onlyWhen(conditions, draft.compiled);
  }

  #readStaticResult(source: JsonObject, pointer: string): StaticResult | undefined {
    const name = staticResultName(source);
    if (name === undefined) return undefined;
    const result = member(this.#staticResults, name);
    if (result !== undefined) return readStaticResult(result);
    const message = `the static result "${name}" is not in the definition's staticResults`;
    this.report('static-result-unknown', 'error', message, `${pointer}/runtimeConfiguration/staticResult/name`);
    return undefined;
  }

  #use({ kind, name }: NameReference): void {
    if (name === undefined) this.#hasDynamicNames = true;
    else if (kind === 'action' || kind === 'result') this.#uses.push({ kind, name, action: this.#current });
  }

  /** Resolves `runAfter` and closes the books. */
  finish(): {
    readonly blocks: readonly Block[];
    readonly actions: readonly ActionPlan[];
    readonly byName: ReadonlyMap<string, number>;
  } {
    return { ...linkDrafts(this.#walked, this.#triggerNames, this), byName: this.#walked.byName };
  }

  /** Marks the loops whose iterations are looked at from outside; the others forget theirs. */
  keepIterations(actions: readonly ActionPlan[]): readonly ActionPlan[] {
    return keepIterations(actions, this.#walked, { uses: this.#uses, hasDynamicNames: this.#hasDynamicNames });
  }
}
