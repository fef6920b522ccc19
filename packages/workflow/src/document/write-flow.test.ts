import type { JsonValue } from '@patchbay/expression';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Dialect } from '../dialect/dialect.ts';
import { flowDifferences } from './flow-difference.ts';
import {
  connectionKinds,
  type FlowConnection,
  type FlowDocument,
  type FlowFile,
  type FlowForm,
  flowForms,
} from './flow-document.ts';
import { readFlows } from './read-flows.ts';
import { fileText, writeFlow } from './write-flow.ts';

const plain: FlowDocument = {
  name: 'Approve “all” <orders>',
  definition: { triggers: { manual: { type: 'Request' } }, actions: { A: { type: 'Compose', inputs: '[[x] [y]' } } },
  parameters: {},
  connections: {},
  environmentVariables: [],
  appSettings: {},
  place: { file: '', pointer: '' },
};

const full: FlowDocument = {
  ...plain,
  id: '4f0f6e6c-1111-4222-8333-444455556666',
  dialect: 'powerAutomate',
  definition: {
    parameters: {
      $connections: { type: 'Object', defaultValue: {} },
      $authentication: { type: 'SecureObject', defaultValue: {} },
      'Url (new_Url)': {
        type: 'String',
        defaultValue: 'https://old',
        metadata: { schemaName: 'new_Url', description: 'Where <it> is' },
      },
      'Some (new_Some)': { type: 'Object', metadata: { schemaName: 'new_Some' } },
      plain: { type: 'Int' },
    },
    triggers: { manual: { type: 'Request', kind: 'Button' } },
    actions: { A: { type: 'Compose', inputs: "[parameters('x')]" } },
  },
  parameters: { 'Url (new_Url)': 'a & "b" <c>\n', 'Some (new_Some)': { a: [1] }, plain: 3 },
  connections: {
    shared_mail: {
      kind: 'managedApi',
      api: 'shared_mail',
      connection: 'shared-mail-1',
      logicalName: 'new_mail',
      source: 'invoker',
      further: { tier: 'Premium' },
    },
  },
  environmentVariables: [{ schemaName: 'new_Some', displayName: 'Something & more', type: 'dataSource' }],
};

const standard: FlowDocument = {
  ...plain,
  name: 'Orders',
  kind: 'Stateless',
  dialect: 'standardStateless',
  parameters: { list: ['x'], text: "@appsetting('a')" },
  connections: {
    bus: {
      kind: 'serviceProvider',
      api: '/serviceProviders/serviceBus',
      connection: '',
      source: 'embedded',
      further: { parameterValues: { a: 1 } },
    },
  },
  appSettings: { a: 'secret' },
};

function parsed(files: readonly FlowFile[]): readonly FlowFile[] {
  return files.map((file) =>
    file.kind === 'text' ? file : { ...file, root: JSON.parse(fileText(file)) as JsonValue },
  );
}

/** What differs after writing and reading, and what was said of it. */
function roundTrip(flow: FlowDocument, form: FlowForm) {
  const written = writeFlow(flow, form);
  const { flows, findings } = readFlows(parsed(written.files));
  const [back, ...others] = flows;
  if (back === undefined || others.length > 0 || findings.length > 0)
    throw new Error(JSON.stringify([flows, findings]));
  const said = written.findings.filter(({ severity }) => severity !== 'info');
  return { back, differences: flowDifferences(flow, back), said: said.map(({ message }) => message) };
}

const notCarried: readonly (readonly [string, FlowDocument, FlowForm, readonly string[], readonly string[]])[] = [
  ['all of a flow of Power Automate', full, 'solution', [], []],
  ['a flow of Consumption', plain, 'resource', [], []],
  ['a flow of Consumption', plain, 'template', [], []],
  ['a flow of Consumption', plain, 'solution', [], []],
  ['a flow of Consumption', plain, 'definition', [], []],
  ['a flow of Standard', standard, 'standard', [], []],
  [
    'a flow of Power Automate',
    full,
    'package',
    ['/environmentVariables'],
    ['The form has no place for what the solution says about the environment variable "new_Some", so it is left out.'],
  ],
  [
    'a flow of Power Automate',
    full,
    'template',
    ['/environmentVariables'],
    ['The form has no place for what the solution says about the environment variable "new_Some", so it is left out.'],
  ],
  [
    'a flow of Standard',
    standard,
    'package',
    ['/appSettings/a'],
    ['The form has no place for the setting "a", so it is left out.'],
  ],
  [
    'a flow of Standard',
    standard,
    'wrapped',
    ['/appSettings/a'],
    ['The form has no place for the setting "a", so it is left out.'],
  ],
  [
    'a flow of Standard',
    standard,
    'definition',
    ['/parameters/list', '/connections/bus', '/appSettings/a', '/kind', '/dialect'],
    [
      'The form has no place for the value of the parameter "list", so it is left out.',
      'The form has no place for the value of the parameter "text", so it is left out.',
      'The form has no place for the connection "bus", so it is left out.',
      'The form has no place for its kind, Stateless, so it is left out.',
      'The form has no place for the setting "a", so it is left out.',
      'The flow was written for Standard, stateless, and read from this form it is taken for one of Consumption: a Foreach within a Foreach runs item by item: false, then true; an Until lasts at most: PT5M, then PT1H.',
    ],
  ],
];

it.each(notCarried)('gives back %s and says what is left out: %#', (_what, flow, form, pointers, said) => {
  const found = roundTrip(flow, form);
  expect([found.differences.map(({ pointer }) => pointer), found.said]).toEqual([pointers, said]);
});

it('says what it keeps where only Patchbay looks', () => {
  const { findings } = writeFlow(full, 'template');
  expect(findings.filter(({ severity }) => severity === 'info').map(({ message }) => message)).toEqual([
    'The form has no place for connectionReferenceLogicalName and runtimeSource of the connection "shared_mail". It is kept where other products do not look, and Patchbay reads it back.',
  ]);
  expect(writeFlow(plain, 'package').findings.map(({ message }) => message)).toEqual([
    'The flow was written for Consumption; other products take it for one of Power Automate, Patchbay does not: items of a Foreach at a time: 20, then 1; a run lasts at most: 90 days, then 30 days.',
  ]);
});

it.each<readonly [FlowForm, readonly string[]]>([
  ['definition', []],
  ['wrapped', []],
  ['resource', ['Consumption, which takes this form, does not run InvokeFunction (1), OpenApiConnection (2).']],
  ['standard', ['Standard, which takes this form, does not run OpenApiConnection (2).']],
  ['package', ['Power Automate, which takes this form, does not run InvokeFunction (1).']],
])('says which types are not run where the form %s goes', (form, expected) => {
  const inner = { type: 'Scope', actions: { B: { type: 'OpenApiConnection' }, C: { type: 'InvokeFunction' } } };
  const definition = { triggers: {}, actions: { A: { type: 'OpenApiConnection' }, S: inner } };
  const { findings } = writeFlow({ ...plain, definition, dialect: 'powerAutomate' }, form);
  expect(findings.filter(({ code }) => code === 'types-not-run').map(({ message }) => message)).toEqual(expected);
});

it('names the files of each form', () => {
  const names = flowForms.map((form) => [form, writeFlow(full, form).files.map(({ name }) => name)]);
  expect(Object.fromEntries(names)).toMatchInlineSnapshot(`
    {
      "definition": [
        "Approve -all- -orders.json",
      ],
      "package": [
        "manifest.json",
        "Microsoft.Flow/flows/manifest.json",
        "Microsoft.Flow/flows/4f0f6e6c-1111-4222-8333-444455556666/definition.json",
        "Microsoft.Flow/flows/4f0f6e6c-1111-4222-8333-444455556666/apisMap.json",
        "Microsoft.Flow/flows/4f0f6e6c-1111-4222-8333-444455556666/connectionsMap.json",
      ],
      "resource": [
        "Approve -all- -orders.json",
      ],
      "solution": [
        "[Content_Types].xml",
        "solution.xml",
        "customizations.xml",
        "Workflows/Approveallorders-4F0F6E6C-1111-4222-8333-444455556666.json",
        "environmentvariabledefinitions/new_Url/environmentvariabledefinition.xml",
        "environmentvariabledefinitions/new_Url/environmentvariablevalues.json",
        "environmentvariabledefinitions/new_Some/environmentvariabledefinition.xml",
        "environmentvariabledefinitions/new_Some/environmentvariablevalues.json",
      ],
      "standard": [
        "Approve -all- -orders/workflow.json",
        "connections.json",
        "parameters.json",
        "host.json",
      ],
      "template": [
        "Approve -all- -orders.json",
      ],
      "wrapped": [
        "Approve -all- -orders.json",
      ],
    }
  `);
});

it('writes an id that is always the same for a flow that has none', () => {
  const names = (flow: FlowDocument) => writeFlow(flow, 'package').files.map(({ name }) => name);
  expect(names(plain)).toEqual(names({ ...plain, parameters: { a: 1 } }));
});

it('writes names that lead nowhere else', () => {
  for (const name of ['../../etc/passwd', '/', '..', 'a\\b', 'C:', '\u0000', '']) {
    for (const form of flowForms) {
      const names = writeFlow({ ...plain, name }, form).files.map((file) => file.name);
      expect(
        names.filter((one) => one.split('/').some((step) => /^\.{0,2}$|[\\:]/.test(step) || step.includes('\u0000'))),
      ).toEqual([]);
    }
  }
});

it('gives every flow back from every form but the bare definition', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme-ascii' }),
    fc.constantFrom('[a]', '[[b]', "@appsetting('x')", '', 'a/b', '<&">', '\n\t'),
  );
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_ ()-]{0,12}$/);
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(text, name), tie('value'), { maxKeys: 3 }),
    ),
  }));
  // `arbitrary` knows of no type of what refers to itself.
  const json = value as fc.Arbitrary<JsonValue>;
  const action = fc.record({ type: fc.constantFrom('Compose', 'Http', 'OpenApiConnection'), inputs: json });
  const connection: fc.Arbitrary<FlowConnection> = fc.record(
    {
      kind: fc.constantFrom(...connectionKinds),
      api: fc.constantFrom('shared_x', '/s/managedApis/x', '/serviceProviders/x'),
      connection: fc.constant(''),
      logicalName: fc.constantFrom('new_x', 'new_y'),
      source: fc.constantFrom('embedded' as const, 'invoker' as const),
      further: fc.dictionary(fc.constantFrom('tier', 'authentication', 'parameterValues'), json),
    },
    { requiredKeys: ['kind', 'api', 'connection', 'source', 'further'] },
  );
  const chosen = fc
    .tuple(connection, fc.constantFrom('', 'shared-x-1', '/s/connections/x'))
    .map(([one, found]) => (one.kind === 'managedApi' ? { ...one, connection: found } : one));
  const variable = fc.record({
    type: fc.constantFrom('String', 'Int', 'Bool', 'Object'),
    metadata: fc.constant({ schemaName: 'new_v' }),
  });
  const flow = fc
    .record({
      name,
      definition: fc.record({
        triggers: fc.constant({ manual: { type: 'Request' } }),
        actions: fc.dictionary(name, action, { maxKeys: 3 }),
        parameters: fc.oneof(
          fc.constant({}),
          fc.record({ 'V (new_v)': variable, plain: fc.constant({ type: 'String' }) }),
        ),
      }),
      parameters: fc.dictionary(fc.constantFrom('V (new_v)', 'plain', 'x'), json, { maxKeys: 3 }),
      connections: fc.dictionary(name, chosen, { maxKeys: 3 }),
      dialect: fc.constantFrom<Dialect>('consumption', 'standard', 'standardStateless', 'powerAutomate'),
    })
    .map((made): FlowDocument => ({ ...plain, ...made, ...kindOf(made.dialect) }));
  fc.assert(
    fc.property(flow, fc.constantFrom(...flowForms.filter((form) => form !== 'definition')), (made, form) => {
      expect(roundTrip(made, form).differences).toEqual([]);
    }),
    { seed: 31, numRuns: 3_000 },
  );
});

function kindOf(dialect: Dialect): { readonly kind?: string } {
  if (dialect === 'standard') return { kind: 'Stateful' };
  return dialect === 'standardStateless' ? { kind: 'Stateless' } : {};
}
