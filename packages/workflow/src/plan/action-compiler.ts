import {
  compileValue,
  type Evaluator,
  ExpressionError,
  inspectTemplate,
  type JsonValue,
  type NameReference,
} from '@patchbay/expression';
import type { ActionSource, CompileContext, CompiledAction } from '../actions/action-kind.ts';
import { macroRefusal, refusalOf } from '../actions/refused-kinds.ts';
import { actionKinds, findActionKind } from '../actions/table-of-kinds.ts';
import { compileUnknownAction } from '../actions/unknown-action.ts';
import type { DialectDefaults } from '../dialect/dialect.ts';
import { FindingList } from '../finding-list.ts';
import { type Finding, type FindingCode, pointerTo, type Severity } from '../findings.ts';
import { defaultRetryPolicy, type RetryPolicy, readRetryPolicy } from '../retry/retry-policy.ts';
import type { TemplateSource } from '../rules/subject.ts';
import { textsOf } from '../rules/templates.ts';
import { explicitly } from '../secure/secured-parts.ts';
import { conditionsOf, isOfEarlierSchema, onlyWhen, readEarlierOrder } from './earlier-schema.ts';
import { isWorkedOut, withEvaluatedLimits } from './evaluated-limits.ts';
import { entriesOf, isArray, isObject, type JsonObject, jsonKind, member, textMember } from './json.ts';
import type { ActionPlan, Block, StaticResult } from './plan.ts';
import { type RunAfter, readRunAfter } from './run-after.ts';
import { staticResultName } from './static-actions.ts';
import { readStaticResult } from './static-result.ts';

/** A use of an action's name in an expression. */
type Use = {
  readonly kind: 'action' | 'result';
  readonly name: string;
  /** The action whose definition contains the expression; -1 in triggers and outputs. */
  readonly action: number;
};

type Draft = {
  readonly name: string;
  readonly type: string;
  readonly pointer: string;
  readonly block: number;
  readonly position: number;
  readonly runAfter: RunAfter;
  readonly staticResult?: StaticResult;
  compiled: CompiledAction;
  trackedProperties?: Evaluator;
};

type BlockDraft = {
  readonly parent: number;
  readonly owner: number;
  readonly members: number[];
  readonly names: Map<string, number>;
};

/** More than twenty times what the platform takes; who saves a flow waits while all are compiled and checked. */
const maximumActions = 10_000;
const maximumDepth = 60;

const nothing: CompiledAction = {
  role: 'plain',
  blocks: [],
  execute: () => ({ kind: 'finished', status: 'Succeeded', code: 'OK' }),
};

/** Walks a definition once: numbers actions and blocks, compiles each action with its kind, gathers findings and uses of names. */
export class ActionCompiler implements CompileContext {
  readonly defaults: DialectDefaults;
  readonly #findings = new FindingList();
  readonly #uses: Use[] = [];
  readonly #drafts: Draft[] = [];
  readonly #blocks: BlockDraft[] = [];
  readonly #byName = new Map<string, number>();
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
      const compiled = compileValue(value);
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
      const { references, problems } = inspectTemplate(one.text);
      for (const reference of references) this.#use(reference);
      for (const { reason, message } of problems) {
        if (reason === 'argument-count') {
          this.report('expression-invalid', 'warning', `${message} It fails when it is evaluated.`, one.pointer);
        } else if (reason === 'syntax' || reason === 'function-unknown' || reason === 'limit-exceeded') {
          this.report('expression-invalid', 'error', message, one.pointer);
        }
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
      isInForeach: this.#enclosing(index).some((owner) => this.#drafts[owner]?.type.toLowerCase() === 'foreach'),
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
    if (source !== undefined) draft.compiled = withEvaluatedLimits(source, this, this.#compileKind(source));
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

  #compileKind(source: ActionSource): CompiledAction {
    const kind = findActionKind(source.type);
    if (kind !== undefined) return kind.compile(source, this);
    const supported = actionKinds.map((known) => known.type).join(', ');
    if (source.type === '') {
      this.report(
        'action-invalid',
        'error',
        `action "${source.name}" has no type; give it one of ${supported}`,
        source.pointer,
      );
      return nothing;
    }
    const refusal = refusalOf(source.type) ?? (this.#isMacro ? macroRefusal : undefined);
    if (refusal !== undefined) {
      const message = `action "${source.name}" has the type "${source.type}", which is refused: ${refusal}`;
      this.report('action-type-refused', 'error', message, `${source.pointer}/type`, source.type);
      return compileUnknownAction(source, this);
    }
    const message = `action "${source.name}" has the type "${source.type}", which is not supported; supported are ${supported}`;
    this.report('action-type-unknown', 'error', message, `${source.pointer}/type`, source.type);
    return compileUnknownAction(source, this);
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
    const positions = this.#blocks.map(({ members }) => this.#positionsOf(members));
    const links = this.#drafts.map((draft) => this.#link(draft, positions[draft.block] ?? new Map()));
    const successors = this.#successorsOf(links);
    const actions = this.#drafts.map((draft, index): ActionPlan => {
      const { runAfter: _links, pointer: _pointer, ...kept } = draft;
      return {
        ...kept,
        index,
        predecessors: links[index] ?? [],
        successors: successors[index] ?? [],
        keepsIterations: false,
      };
    });
    const blocks = this.#blocks.map((block, index): Block => {
      const members = block.members.flatMap((member) => actions[member] ?? []);
      const pending = members.map((member) => member.predecessors.length);
      return {
        index,
        parent: block.parent,
        owner: block.owner,
        members,
        pending,
        entries: pending.flatMap((count, position) => (count === 0 ? [position] : [])),
        leaves: members.flatMap((member, position) => (member.successors.length === 0 ? [position] : [])),
      };
    });
    return { blocks, actions, byName: this.#byName };
  }

  /** Lower-case name → position; of two members with one name the first. */
  #positionsOf(members: readonly number[]): ReadonlyMap<string, number> {
    const positions = new Map<string, number>();
    for (const [position, member] of members.entries()) {
      const name = this.#drafts[member]?.name.toLowerCase() ?? '';
      if (!positions.has(name)) positions.set(name, position);
    }
    return positions;
  }

  /** Positions of the members that run after each action, last first. */
  #successorsOf(links: readonly ActionPlan['predecessors'][]): readonly (readonly number[])[] {
    const successors: number[][] = this.#drafts.map(() => []);
    for (const { members } of this.#blocks) {
      for (const [position, member] of [...members.entries()].reverse()) {
        for (const link of links[member] ?? []) successors[members[link.position] ?? -1]?.push(position);
      }
    }
    return successors;
  }

  #link(draft: Draft, positions: ReadonlyMap<string, number>): ActionPlan['predecessors'] {
    const pointer = `${draft.pointer}/runAfter`;
    for (const problem of draft.runAfter.problems) {
      this.report(problem.code, 'error', problem.message, `${pointer}${problem.pointer}`);
    }
    const linked = new Set<number>();
    return draft.runAfter.entries.flatMap((entry) => {
      const position = positions.get(entry.name.toLowerCase());
      if (position !== undefined) {
        // The same name in two cases is one predecessor.
        if (linked.has(position)) return [];
        linked.add(position);
        return [{ position, accepts: entry.accepts, acceptsText: entry.acceptsText }];
      }
      if (this.#triggerNames.has(entry.name.toLowerCase())) return [];
      const known = this.#byName.has(entry.name.toLowerCase());
      const message = known
        ? `"${draft.name}" runs after "${entry.name}", which is in another container; only siblings may be named`
        : `"${draft.name}" runs after "${entry.name}", which does not exist`;
      this.report('run-after-unknown', 'error', message, pointerTo(pointer, entry.name));
      return [];
    });
  }

  /** Marks the loops whose iterations are looked at from outside; the others forget theirs. */
  keepIterations(actions: readonly ActionPlan[]): readonly ActionPlan[] {
    const kept = new Set<number>();
    for (const use of this.#uses) {
      const target = this.#byName.get(use.name.toLowerCase());
      if (target === undefined) continue;
      if (use.kind === 'result') kept.add(target);
      const around = new Set(this.#enclosing(use.action));
      for (const owner of this.#enclosing(target)) if (!around.has(owner)) kept.add(owner);
    }
    return actions.map((action) =>
      action.compiled.role === 'loop' && (this.#hasDynamicNames || kept.has(action.index))
        ? Object.assign(action, { keepsIterations: true })
        : action,
    );
  }

  #enclosing(action: number): readonly number[] {
    const owners: number[] = [];
    for (let block = this.#drafts[action]?.block ?? -1; block >= 0; ) {
      const owner = this.#blocks[block]?.owner ?? -1;
      if (owner < 0) break;
      owners.push(owner);
      block = this.#drafts[owner]?.block ?? -1;
    }
    return owners;
  }
}
