/**
 * One difference between two definitions of a connector, as its callers see it. Callers name operations by id and parameters by
 * name: flows, apps and code through the typed client.
 */
export type Change = {
  /** A stable identifier from the change table, e.g. `parameter-required`. */
  readonly code: ChangeCode;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Whether a caller that worked before can fail or misread an answer now. */
  readonly isBreaking: boolean;
  /** What changed: an operation's id, followed by the place in it, e.g. `ListLoans parameter page`. Empty for the connector. */
  readonly subject: string;
  /** What changed, from what to what, and what that means for callers. */
  readonly message: string;
  /** JSON pointers to the nearest operation or parameter in each document; absent on the side where it is not. */
  readonly before?: string;
  readonly after?: string;
};

type Row = readonly [kind: Change['kind'], isBreaking: boolean, template: string];

/** Every change that is told, with whether it breaks callers. `{…}` is filled in. */
export const changeTable = {
  'operation-added': ['added', false, 'The operation {operation} is new.'],
  'operation-removed': ['removed', true, 'The operation {operation} is gone: flows that use it fail.'],
  'operation-renamed': ['changed', true, 'The operation {from} is called {to} now: flows name it by the old id.'],
  'operation-path': ['changed', true, 'The operation moved from {from} to {to}.'],
  'operation-deprecated': ['changed', false, 'The operation is deprecated now.'],
  'operation-restored': ['changed', false, 'The operation is not deprecated any more.'],
  'operation-text': ['changed', false, 'The {member} changed from "{from}" to "{to}".'],
  'operation-visibility': ['changed', false, 'The visibility changed from {from} to {to}.'],
  'operation-kind': ['changed', true, 'It was {from} and is {to}: a flow that uses it does not fit any more.'],
  'trigger-batch': [
    'changed',
    true,
    'It fired with {from} and fires with {to}: what a flow receives has another shape.',
  ],
  'parameter-added': ['added', false, 'The optional parameter {name} is new.'],
  'parameter-added-required': ['added', true, 'The parameter {name} is new and required: no caller gives it yet.'],
  'parameter-removed': ['removed', true, 'The parameter {name} is gone: callers that give it are refused.'],
  'parameter-required': ['changed', true, 'The parameter {name} was optional and is required.'],
  'parameter-optional': ['changed', false, 'The parameter {name} was required and is optional.'],
  'parameter-location': ['changed', true, 'The parameter {name} moved from {from} to {to}.'],
  'parameter-serialisation': ['changed', false, 'The parameter {name} is written differently on the wire.'],
  'parameter-default': ['changed', false, 'The default of {name} changed from {from} to {to}.'],
  'parameter-default-removed': [
    'changed',
    true,
    'The required parameter {name} has no default any more: callers that left it out fail.',
  ],
  'parameter-text': ['changed', false, 'The {member} of {name} changed from "{from}" to "{to}".'],
  'parameter-visibility': ['changed', false, 'The visibility of {name} changed from {from} to {to}.'],
  'body-added': ['added', false, 'The operation takes a body now.'],
  'body-added-required': ['added', true, 'The operation needs a body now.'],
  'body-removed': ['removed', true, 'The operation takes no body any more.'],
  'input-narrowed': ['changed', true, '{place} takes less than before: {detail}.'],
  'input-widened': ['changed', false, '{place} takes more than before: {detail}.'],
  'input-property-added': ['added', false, '{place} is new and optional.'],
  'input-property-required': ['changed', true, '{place} is required now.'],
  'input-property-optional': ['changed', false, '{place} is optional now.'],
  'input-property-removed': ['removed', true, '{place} is gone: what callers give there is ignored or refused.'],
  'output-narrowed': ['changed', false, '{place} holds less than before: {detail}.'],
  'output-widened': ['changed', true, '{place} can hold what callers do not expect: {detail}.'],
  'output-value-added': ['changed', false, '{place} can have a new value: {detail}.'],
  'output-property-added': ['added', false, '{place} is new.'],
  'output-property-removed': ['removed', true, '{place} is gone: flows that read it fail or read nothing.'],
  'output-property-optional': ['changed', true, '{place} may be missing now.'],
  'output-property-required': ['changed', false, '{place} is always there now.'],
  'response-added': ['added', false, 'The answer {status} is described now.'],
  'response-removed': ['removed', true, 'The answer {status} is not described any more.'],
  'response-described': ['changed', false, 'The answer {status} has a described body now.'],
  'response-undescribed': ['changed', true, 'The body of the answer {status} is not described any more.'],
  'security-changed': [
    'changed',
    true,
    'How to connect changed from {from} to {to}: connections have to be made anew.',
  ],
  'connection-parameter-added': ['added', false, 'Connections can have {name} now.'],
  'connection-parameter-required': ['added', true, 'Connections need {name} now: those that exist do not have it.'],
  'connection-parameter-removed': ['removed', false, 'Connections have no {name} any more.'],
  'server-changed': ['changed', false, 'The address changed from {from} to {to}. Connections stay as they are.'],
  'policies-changed': ['changed', false, 'The policies changed: {detail}.'],
  'info-text': ['changed', false, 'The {member} of the connector changed from "{from}" to "{to}".'],
} as const satisfies Readonly<Record<string, Row>>;

export type ChangeCode = keyof typeof changeTable;

/** Where a change is, for {@link Changes.add}. */
export type Subject = { readonly subject: string; readonly before?: string; readonly after?: string };

/** Gathers changes. */
export class Changes {
  readonly #found: Change[] = [];

  get found(): readonly Change[] {
    return this.#found;
  }

  add(code: ChangeCode, where: Subject, details: { readonly [name: string]: string } = {}): void {
    const [kind, isBreaking, template] = changeTable[code];
    const message = template.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(details, name) ? (details[name] ?? whole) : whole,
    );
    this.#found.push({ code, kind, isBreaking, message, ...where });
  }
}
