import { FoldingAllowance, inspectTemplate, type JsonValue, type TemplateInspection } from '@patchbay/expression';
import type { ActionSource } from '../actions/action-kind.ts';
import { pointerTo } from '../findings.ts';
import { entriesOf, isArray, isObject, type JsonObject, member, textMember } from '../plan/json.ts';
import type { ActionPlan, Block, ParameterPlan } from '../plan/plan.ts';
import { readVariableType, type VariableType } from '../run/variables.ts';
import type { FindConnector } from './connector-shape.ts';
import { Order } from './order.ts';
import { textsOf } from './templates.ts';
import { changing } from './variable-changes.ts';

/** What is compiled as one value, which may hold many texts. */
export type TemplateSource = {
  readonly value: JsonValue;
  readonly pointer: string;
  /** The action that holds it; -1 in triggers and outputs. */
  readonly action: number;
};

/** A text with expressions, and what can be told of it. */
export type CheckedTemplate = TemplateInspection & {
  readonly text: string;
  readonly pointer: string;
  readonly action: number;
};

/** A use of a name; `name` is absent where it is computed. */
export type NameUse = {
  readonly kind: TemplateInspection['references'][number]['kind'];
  readonly name?: string;
  readonly pointer: string;
  readonly action: number;
};

export type CheckedAction = ActionPlan & {
  /** In lower case. */
  readonly kind: string;
  readonly pointer: string;
  readonly definition: JsonObject;
  readonly inputs: JsonValue | undefined;
};

export type CheckedTrigger = {
  readonly name: string;
  /** In lower case. */
  readonly kind: string;
  readonly pointer: string;
  readonly definition: JsonObject;
};

/** A variable where it is initialized. */
export type Declaration = {
  readonly name: string;
  readonly type: VariableType | undefined;
  readonly value: JsonValue | undefined;
  readonly action: CheckedAction;
  /** Of the entry in `variables`. */
  readonly pointer: string;
};

/** What the flow is given along with its definition. */
export type Given = {
  /** Values that the flow is given; with them a parameter with neither value nor default is an error. */
  readonly parameters?: { readonly [name: string]: JsonValue };
  /** Names of parameters that the flow's own files give values; others may get theirs from elsewhere. */
  readonly parameterNames?: readonly string[];
  /** Names of the connection references that the flow is given; with them an unknown one is a warning. */
  readonly connectionReferences?: readonly string[];
  /** Connectors as far as they are at hand; with them the calls of their operations are checked. */
  readonly findConnector?: FindConnector;
};

/** What rules see: a definition as it was read, with what its names and texts mean. */
export type Subject = {
  readonly definition: JsonObject;
  readonly blocks: readonly Block[];
  readonly actions: readonly CheckedAction[];
  /** Lower-case name → index into `actions`. */
  readonly byName: ReadonlyMap<string, number>;
  readonly triggers: readonly CheckedTrigger[];
  readonly parameters: readonly ParameterPlan[];
  readonly declarations: readonly Declaration[];
  readonly templates: readonly CheckedTemplate[];
  readonly uses: readonly NameUse[];
  readonly connectionUses: readonly { readonly name: string; readonly pointer: string }[];
  readonly given: Given;
  readonly order: Order;
  /** The actions around an action, innermost first. */
  readonly ownersOf: (action: number) => readonly CheckedAction[];
};

export type CompiledParts = {
  readonly blocks: readonly Block[];
  readonly actions: readonly ActionPlan[];
  readonly sources: readonly ActionSource[];
  readonly byName: ReadonlyMap<string, number>;
  readonly parameters: readonly ParameterPlan[];
  readonly templates: readonly TemplateSource[];
  readonly connectionUses: Subject['connectionUses'];
};

export function createSubject(definition: JsonObject, parts: CompiledParts, given: Given): Subject {
  const { blocks, byName, parameters, connectionUses, sources } = parts;
  const actions = parts.actions.map((action): CheckedAction => {
    const source = sources[action.index];
    const kind = action.type.toLowerCase();
    const { pointer = '', definition: own = {}, inputs } = source ?? {};
    return { ...action, kind, pointer, definition: own, inputs };
  });
  const order = new Order(blocks, parts.actions);
  const templates = inspectAll(parts.templates);
  const uses = templates.flatMap(({ references, pointer, action }) =>
    references.map((reference): NameUse => ({ ...reference, pointer, action })),
  );
  return {
    definition,
    blocks,
    actions,
    byName,
    triggers: entriesOf(member(definition, 'triggers')).flatMap(readTrigger),
    parameters,
    declarations: actions.flatMap(readDeclarations),
    templates,
    uses: [...uses, ...actions.flatMap(readTarget)],
    connectionUses,
    given,
    order,
    ownersOf: (action) => order.owners(action).flatMap((owner) => actions[owner] ?? []),
  };
}

function inspectAll(sources: readonly TemplateSource[]): readonly CheckedTemplate[] {
  const trying = new FoldingAllowance();
  return sources.flatMap(({ value, pointer, action }) =>
    [...textsOf(value, pointer)].map((one) => ({ ...one, ...inspectTemplate(one.text, trying), action })),
  );
}

function readTrigger([name, definition]: readonly [string, JsonValue]): readonly CheckedTrigger[] {
  if (!isObject(definition)) return [];
  const kind = (textMember(definition, 'type') ?? '').toLowerCase();
  return [{ name, kind, pointer: pointerTo('/triggers', name), definition }];
}

function readDeclarations(action: CheckedAction): readonly Declaration[] {
  if (action.kind !== 'initializevariable') return [];
  const entries = member(action.inputs, 'variables');
  return (isArray(entries) ? entries : []).flatMap((entry, index) => {
    const name = textMember(entry, 'name');
    if (name === undefined || name === '') return [];
    const type = readVariableType(textMember(entry, 'type') ?? '');
    const pointer = `${action.pointer}/inputs/variables/${index}`;
    return [{ name, type, value: member(entry, 'value'), action, pointer }];
  });
}

/** The variable that an action changes. */
function readTarget({ kind, inputs, pointer, index }: CheckedAction): readonly NameUse[] {
  const name = changing.has(kind) ? textMember(inputs, 'name') : undefined;
  if (name === undefined || name === '') return [];
  return [{ kind: 'variable', name, pointer: `${pointer}/inputs/name`, action: index }];
}
