import { compileValue, ExpressionError, type JsonValue, type NameReference } from '@patchbay/expression';
import { entriesOf, isArray, isObject, type JsonObject, member, memberAt, textMember } from '../plan/json.ts';

/** Which payloads history hides. */
export type Secured = { readonly inputs: boolean; readonly outputs: boolean };

/** What of a flow's runs history hides, by its definition's `secureData`. */
export type SecuredParts = {
  /** Nothing is secured: the usual case. */
  readonly isEmpty: boolean;
  trigger(name: string): Secured;
  action(name: string): Secured;
  /** Outputs of the run that are made of what is secured. */
  output(name: string): boolean;
  /** What the run answers its caller. */
  readonly response: boolean;
  /** The error that a Terminate action gives the run. */
  readonly termination: boolean;
};

const open: Secured = { inputs: false, outputs: false };

/** Their outputs say what their inputs do, or are made of nothing else. */
const restating = new Set([
  'compose',
  'parsejson',
  'response',
  'initializevariable',
  'setvariable',
  'incrementvariable',
  'decrementvariable',
  'appendtoarrayvariable',
  'appendtostringvariable',
  'select',
  'query',
  'join',
  'table',
  'expression',
  'switch',
]);

const nothing: SecuredParts = {
  isEmpty: true,
  trigger: () => open,
  action: () => open,
  output: () => false,
  response: false,
  termination: false,
};

/** Hides everything: for runs of a definition that cannot be seen any more. */
export const everythingSecured: SecuredParts = {
  isEmpty: false,
  trigger: () => ({ inputs: true, outputs: true }),
  action: () => ({ inputs: true, outputs: true }),
  output: () => true,
  response: true,
  termination: true,
};

/**
 * Reads which payloads of a definition's runs are hidden: those that `runtimeConfiguration.secureData` names, and the inputs of actions whose
 * expressions read secured outputs. There the rule ends: what those actions put out is shown, unless it only says again what went in.
 */
export function securedParts(definition: JsonValue): SecuredParts {
  if (!/"securedata"/i.test(JSON.stringify(definition))) return nothing;
  const actions = collectActions(member(definition, 'actions'), []);
  const triggers = new Map(
    entriesOf(member(definition, 'triggers')).map(([name, source]) => [name.toLowerCase(), explicitly(source)]),
  );
  const sources = new Sources(actions, [...triggers.values()]);
  const hidden = new Map(actions.map((action) => [action.key, hiddenOf(action, sources)]));
  const outputs = new Set(
    entriesOf(member(definition, 'outputs'))
      .filter(([, source]) => sources.areRead(readReferences(member(source, 'value') ?? null), []))
      .map(([name]) => name),
  );
  const isHidden = (type: string): boolean =>
    actions.some((action) => action.type === type && hidden.get(action.key)?.inputs === true);
  return {
    isEmpty: false,
    trigger: (name) => triggers.get(name.toLowerCase()) ?? open,
    action: (name) => hidden.get(name.toLowerCase()) ?? open,
    output: (name) => outputs.has(name),
    response: isHidden('response'),
    termination: isHidden('terminate'),
  };
}

/** What `secureData` of a trigger or action says itself. */
export function explicitly(source: JsonValue | undefined): Secured {
  const given = memberAt(source, 'runtimeConfiguration', 'secureData', 'properties');
  const names = isArray(given) ? given.map((name) => (typeof name === 'string' ? name.toLowerCase() : '')) : [];
  return { inputs: names.includes('inputs'), outputs: names.includes('outputs') };
}

type Action = {
  readonly key: string;
  readonly type: string;
  readonly explicit: Secured;
  readonly references: References;
  /** Loops around it, innermost first. */
  readonly loops: readonly string[];
};

type References = {
  readonly names: readonly NameReference[];
  /** Besides outputs, `actions()` and `trigger()` give inputs. */
  readonly seesInputs: boolean;
};

function collectActions(source: JsonValue | undefined, loops: readonly string[]): readonly Action[] {
  return entriesOf(source).flatMap(([name, definition]) => {
    const type = (textMember(definition, 'type') ?? '').toLowerCase();
    const key = name.toLowerCase();
    const inside = type === 'foreach' || type === 'until' ? [key, ...loops] : loops;
    const blocks = [
      member(definition, 'actions'),
      memberAt(definition, 'else', 'actions'),
      memberAt(definition, 'default', 'actions'),
      ...entriesOf(member(definition, 'cases')).map(([, branch]) => member(branch, 'actions')),
    ];
    const references = readReferences(isObject(definition) ? withoutBlocks(definition) : definition);
    return [
      { key, type, explicit: explicitly(definition), references, loops },
      ...blocks.flatMap((block) => collectActions(block, inside)),
    ];
  });
}

function withoutBlocks(definition: JsonObject): JsonObject {
  const blocks = new Set(['actions', 'else', 'default', 'cases', 'runafter']);
  return Object.fromEntries(Object.entries(definition).filter(([key]) => !blocks.has(key.toLowerCase())));
}

function readReferences(value: JsonValue): References {
  const seesInputs = /\b(?:actions|trigger|result)\s*\(/i.test(JSON.stringify(value));
  try {
    return { names: compileValue(value).references, seesInputs };
  } catch (error) {
    if (!(error instanceof ExpressionError) && !(error instanceof RangeError)) throw error;
    // What cannot be read may name anything.
    return { names: [{ kind: 'action' }], seesInputs: true };
  }
}

function hiddenOf(action: Action, sources: Sources): Secured {
  const reads = sources.areRead(action.references, action.loops);
  const inputs = action.explicit.inputs || reads;
  return { inputs, outputs: action.explicit.outputs || (inputs && restating.has(action.type)) };
}

/** What is secured at its source, and who reads it. */
class Sources {
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #triggers: readonly Secured[];
  /** Loops over secured outputs: their items are those. */
  readonly #loops: ReadonlySet<string>;

  constructor(actions: readonly Action[], triggers: readonly Secured[]) {
    this.#actions = new Map(actions.map((action) => [action.key, action]));
    this.#triggers = triggers;
    const loops = new Set<string>();
    this.#loops = loops;
    // Outer loops come first: an inner one may go over their items.
    for (const action of actions) {
      if (action.type === 'foreach' && this.areRead(action.references, action.loops)) loops.add(action.key);
    }
  }

  areRead({ names, seesInputs }: References, loops: readonly string[]): boolean {
    return names.some(({ kind, name }) => {
      switch (kind) {
        case 'action':
          return name === undefined
            ? this.#hasAny()
            : isRead(this.#actions.get(name.toLowerCase())?.explicit, seesInputs);
        case 'result':
          // A scope's results hold what all its actions were given and gave.
          return this.#hasAny();
        case 'trigger':
          return this.#triggers.some((trigger) => isRead(trigger, seesInputs));
        case 'item':
          return loops.some((loop) => this.#loops.has(loop));
        case 'loop':
          return name === undefined ? this.#loops.size > 0 : this.#loops.has(name.toLowerCase());
        default:
          return false;
      }
    });
  }

  #hasAny(): boolean {
    return [...this.#actions.values()].some(({ explicit }) => explicit.inputs || explicit.outputs);
  }
}

function isRead(secured: Secured | undefined, seesInputs: boolean): boolean {
  return secured !== undefined && (secured.outputs || (seesInputs && secured.inputs));
}
