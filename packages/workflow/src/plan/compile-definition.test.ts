import type { JsonValue } from '@patchbay/expression';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { actionKinds } from '../actions/table-of-kinds.ts';
import { triggerKinds } from '../triggers/table-of-kinds.ts';
import { type CompileOptions, compileDefinition } from './compile-definition.ts';

const triggers = { manual: { type: 'Request', kind: 'Http' } };
const compose = (inputs: JsonValue, runAfter: JsonValue = {}): JsonValue => ({ type: 'Compose', inputs, runAfter });

const set = (type: string, name: string, value: JsonValue): JsonValue => ({
  type,
  inputs: { name, value },
  runAfter: { Init: ['Succeeded'] },
});

function findings(definition: JsonValue, options?: CompileOptions): readonly string[] {
  return compileDefinition(definition, options).findings.map(
    ({ code, severity, message, pointer }) => `${severity} ${code} ${pointer}: ${message}`,
  );
}

const supportedTriggers = triggerKinds.map((kind) => kind.type).join(', ');
const supported = `supported are ${actionKinds.map((kind) => kind.type).join(', ')}`;

it.each<[string, JsonValue, readonly string[]]>([
  ['a text', 'no', ['error definition-invalid : a definition is an object, not a string']],
  ['nothing to run', {}, ['error definition-invalid : the definition has neither triggers nor actions']],
  [
    'actions in a list',
    { triggers, actions: [] },
    ['error definition-invalid /actions: actions must be an object, not an array'],
  ],
  [
    'an action that is no object',
    { triggers, actions: { 'a/b': 1 } },
    ['error action-invalid /actions/a~1b: action "a/b" must be an object, not a number'],
  ],
  [
    'requests that prove who asks in a way that there is not',
    {
      triggers,
      actions: {
        A: { type: 'Http', inputs: { uri: 'https://x.test', authentication: { type: 'ManagedServiceIdentity' } } },
        B: { type: 'Http', inputs: { uri: 'https://x.test', authentication: { type: 'Digest' } } },
        C: { type: 'Http', inputs: { uri: 'https://x.test', authentication: { type: "@parameters('how')" } } },
        D: { type: 'Http', inputs: { uri: 'https://x.test', authentication: { type: 'activeDirectoryOAuth' } } },
      },
      parameters: { how: { type: 'String', defaultValue: 'Raw' } },
    },
    [
      'warning option-unsupported /actions/A/inputs/authentication/type: "A" proves to be a managed identity, which only Azure gives: it fails when it is reached; use ActiveDirectoryOAuth with a client of your own, or a connection',
      'warning option-unsupported /actions/B/inputs/authentication/type: "B" has the authentication type "Digest", which is not supported; use Basic, ClientCertificate, ActiveDirectoryOAuth or Raw',
    ],
  ],
  [
    'types that are nearly known',
    { triggers: { manual: { type: 'Recurence' } }, actions: { A: { type: 'For_each' }, B: { type: 'Compos' } } },
    [
      'error action-type-unknown /actions/A/type: action "A" has the type "For_each", which is not supported; did you mean "Foreach"?',
      'error action-type-unknown /actions/B/type: action "B" has the type "Compos", which is not supported; did you mean "Compose"?',
      'error trigger-type-unknown /triggers/manual/type: trigger "manual" has the type "Recurence", which is not supported; did you mean "Recurrence"?',
    ],
  ],
  [
    'a status and an interval that there are not',
    {
      triggers,
      actions: {
        A: { type: 'Wait', inputs: { interval: { count: 'x', unit: 'Fortnight' } } },
        B: { type: 'Wait', inputs: { interval: { count: '2', unit: 'minute' } } },
        C: { type: 'Wait', inputs: { interval: { count: "@variables('n')", unit: "@{variables('u')}s" } } },
        D: { type: 'Terminate', inputs: { runStatus: 'Exploded' } },
        E: { type: 'Terminate', inputs: { runStatus: 'FAILED' } },
        F: { type: 'Terminate', inputs: { runStatus: "@variables('s')" } },
        G: { type: 'Wait', inputs: { interval: {} } },
        Init: {
          type: 'InitializeVariable',
          inputs: { variables: ['n', 'u', 's'].map((name) => ({ name, type: 'string', value: '' })) },
        },
      },
    },
    [
      'warning action-invalid /actions/A/inputs/interval/count: "A" waits for a number of units, and its count is a string; it fails when it is reached',
      'warning action-invalid /actions/A/inputs/interval/unit: the unit of "A" is one of Second, Minute, Hour, Day, Week and Month, not "Fortnight"; it fails when it is reached',
      'warning action-invalid /actions/D/inputs/runStatus: "D" ends the run as Succeeded, Failed or Cancelled, not as "Exploded"; it fails when it is reached',
      'warning action-invalid /actions/G/inputs/interval/count: "G" waits for a number of units, and its count is nothing; it fails when it is reached',
      'warning action-invalid /actions/G/inputs/interval/unit: the unit of "G" is one of Second, Minute, Hour, Day, Week and Month, not nothing; it fails when it is reached',
      `error variable-not-before /actions/C/inputs/interval/count: the variable "n" that "C" uses need not be initialized before: let "C" or an action around it run after "Init"`,
      `error variable-not-before /actions/C/inputs/interval/unit: the variable "u" that "C" uses need not be initialized before: let "C" or an action around it run after "Init"`,
      `error variable-not-before /actions/F/inputs/runStatus: the variable "s" that "F" uses need not be initialized before: let "F" or an action around it run after "Init"`,
    ],
  ],
  [
    'variables that are given values of known types',
    {
      triggers: { manual: { type: 'Request', kind: 'Http', conditions: [{ expression: "@concat('a')" }] } },
      actions: {
        Init: {
          type: 'InitializeVariable',
          inputs: {
            variables: [
              { name: 'n', type: 'integer', value: '@length(triggerBody())' },
              { name: 'm', type: 'integer', value: 1.5 },
              { name: 'f', type: 'float', value: '@add(1, 2)' },
              { name: 'list', type: 'array', value: '@null' },
              { name: 'text', type: 'string', value: '@length(triggerBody())' },
              { name: 'any', type: 'object', value: '@triggerBody()' },
            ],
          },
        },
        Set: set('SetVariable', 'n', "@concat('a', 'b')"),
        SetText: set('SetVariable', 'n', '@{add(1, 2)}'),
        SetList: set('SetVariable', 'list', "@split(triggerBody(), ',')"),
        Up: set('IncrementVariable', 'n', '2'),
        Down: set('DecrementVariable', 'n', "@int('2')"),
      },
    },
    [
      'warning value-type /triggers/manual/conditions/0/expression: the condition of "manual" is to be true or false, and is a value of type String: that fails when it is reached',
      'warning variable-type /actions/Init/inputs/variables/1/value: the variable "m" is of type Integer, and is given a number: that fails when it is reached',
      'warning variable-type /actions/Init/inputs/variables/4/value: the variable "text" is of type String, and is given a value of type Number: that fails when it is reached',
      'warning variable-type /actions/Set/inputs/value: the variable "n" is of type Integer, and is given a value of type String: that fails when it is reached',
      'warning variable-type /actions/SetText/inputs/value: the variable "n" is of type Integer, and is given a value of type String: that fails when it is reached',
      'warning variable-type /actions/Up/inputs/value: the variable "n" is changed by a number, and is given a string: that fails when it is reached',
    ],
  ],
  [
    'answers, addresses and cases that lead nowhere',
    {
      triggers,
      actions: {
        A: { type: 'Response', inputs: { statusCode: 'fine' } },
        B: { type: 'Http', inputs: { method: 'GET', uri: 'example.com/x' } },
        C: { type: 'Http', inputs: { method: 'GET', uri: '@{triggerBody()}/x' } },
        D: { type: 'Http', inputs: { method: 'GET', uri: 'HTTPS://example.com' } },
        E: {
          type: 'Switch',
          expression: '@triggerBody()',
          cases: { one: { case: 1 }, text: { case: '1' }, again: { case: 1 } },
        },
      },
    },
    [
      'error action-invalid /actions/A/inputs/statusCode: "A" answers with the status fine; a flow answers with 2xx, 4xx or 5xx',
      'warning action-invalid /actions/B/inputs/uri: "B" has the uri "example.com/x", which does not begin with https:// or http://; it fails when it is reached',
      'warning action-invalid /actions/E/cases/again/case: case "again" of "E" never runs: case "one" is for the same value',
    ],
  ],
  [
    'a ring, and beside it what does not run before',
    {
      triggers,
      actions: {
        S: {
          type: 'Scope',
          actions: { A: compose(1, { B: ['Succeeded'] }), B: compose("@outputs('A')", { A: ['Succeeded'] }) },
        },
        C: compose("@outputs('D')"),
        D: compose("@outputs('B')", { S: ['Succeeded'] }),
      },
    },
    [
      'error run-after-cycle /actions/S/actions/A/runAfter: these actions wait for each other: "A", "B"',
      'error reference-not-before /actions/C/inputs: "C" uses the result of "D", which need not have finished before; let "C" or an action around it run after "D"',
    ],
  ],
  [
    'expressions that are wrong, with where in the text',
    {
      triggers,
      actions: {
        A: compose('a\n@{concatt(1)} @{add(1)}'),
        B: compose("@add(1, concat('a', 'b'))"),
      },
    },
    [
      "error expression-invalid /actions/A/inputs: The template function 'concatt' is not defined or not valid. Did you mean 'concat'? It stands at line 2 and column 3 of the text.",
      "warning expression-invalid /actions/A/inputs: The template language function 'add' expects 2 parameters, and was given 1. It stands at line 2 and column 17 of the text. It fails when it is evaluated.",
      "warning expression-argument /actions/B/inputs: The template language function 'add' expects its second parameter to be an integer or a decimal number. 'concat' answers a value of type 'String'. It stands at column 2 of the text. It fails whenever it is evaluated.",
    ],
  ],
  [
    'values of types that are known to be others',
    {
      triggers,
      actions: {
        L: { type: 'Foreach', foreach: '@{triggerBody()}', actions: {} },
        L2: { type: 'Foreach', foreach: "@triggerBody()?['list']", actions: {} },
        Q: { type: 'Query', inputs: { from: { a: 1 }, where: '@string(item())' } },
        I: {
          type: 'If',
          expression: {
            and: [
              { greater: ['@length(triggerBody())', '3'] },
              { not: { less: ['@triggerBody()', null] } },
              { startsWith: [5, 'x'] },
              { greater: ['@triggerBody()', '3'] },
              '@{equals(1, 1)}',
              { or: ["@empty('')", { equals: [1, 'x'] }] },
            ],
          },
          actions: {},
        },
      },
    },
    [
      'warning value-type /actions/L/foreach: "L" goes through an array, and is given a value of type String: that fails when it is reached',
      'warning value-type /actions/Q/inputs/from: "Q" goes through an array, and is given a value of type Object: that fails when it is reached',
      'warning value-type /actions/Q/inputs/where: the condition of "Q" is to be true or false, and is a value of type String: that fails when it is reached',
      'warning value-type /actions/I/expression/and/0/greater: "greater" of "I" compares two numbers or two texts, and is given a value of type Number and a value of type String: that fails when it is reached',
      'warning value-type /actions/I/expression/and/1/not/less: "less" of "I" compares two numbers or two texts, and is given a value and a value of type Null: that fails when it is reached',
      'warning value-type /actions/I/expression/and/2/startsWith: "startsWith" of "I" compares two texts, and is given a value of type Number and a value of type String: that fails when it is reached',
      'warning value-type /actions/I/expression/and/4: the condition of "I" is to be true or false, and is a value of type String: that fails when it is reached',
    ],
  ],
  [
    'an unknown action type',
    { triggers, actions: { A: { type: 'Magic' } } },
    [
      `error action-type-unknown /actions/A/type: action "A" has the type "Magic", which is not supported; ${supported}`,
    ],
  ],
  [
    'variables whose value is made of themselves',
    {
      triggers,
      actions: {
        I: { type: 'InitializeVariable', inputs: { variables: [{ name: 'v', type: 'string' }] } },
        S: {
          type: 'SetVariable',
          inputs: { name: 'v', value: "x@{variables('V')}" },
          runAfter: { I: ['Succeeded'] },
        },
        A: {
          type: 'AppendToStringVariable',
          inputs: { name: 'v', value: "@length(variables('v'))" },
          runAfter: { S: ['Succeeded'] },
        },
      },
    },
    [
      'error variable-self-reference /actions/S/inputs/value: "S" gives the variable "v" a value made of itself, which the platform refuses; keep the value in a Compose action before',
      'error variable-self-reference /actions/A/inputs/value: "A" gives the variable "v" a value made of itself, which the platform refuses; keep the value in a Compose action before',
    ],
  ],
  [
    'secured data beside tracked properties',
    {
      triggers,
      actions: {
        A: {
          type: 'Compose',
          inputs: 1,
          trackedProperties: { a: 1 },
          runtimeConfiguration: { secureData: { properties: ['inputs'] } },
        },
      },
    },
    [
      'error action-invalid /actions/A/trackedProperties: action "A" has secured data, so it may not have tracked properties: they would show it',
    ],
  ],
  [
    'documents without a map or schema',
    {
      triggers,
      actions: {
        X: { type: 'Xslt', inputs: { content: '<a/>' } },
        V: { type: 'XmlValidation', inputs: { content: '<a/>', integrationAccount: { schema: { name: '' } } } },
        L: { type: 'Liquid', kind: 'JsonToXml', inputs: {} },
        J: { type: 'JavaScriptCode', inputs: {} },
      },
    },
    [
      'error action-invalid /actions/X/inputs: "X" names no map: give integrationAccount.map.name, or map with source and name',
      'warning action-invalid /actions/V/inputs: the name of the schema of "V" is empty; it fails when it is reached',
      'error action-type-unknown /actions/L/kind: "L" has the kind "JsonToXml"; a Liquid action has one of JsonToJson, JsonToText, XmlToJson, XmlToText',
      'error action-invalid /actions/J/inputs: "J" has neither code nor codeFile',
      'warning option-unsupported /actions/J/type: "J" runs code, for which this version has no host: it fails when it is reached',
    ],
  ],
  [
    'types that are left out on purpose',
    {
      triggers,
      actions: {
        Read: { type: 'x12Decode', inputs: {} },
        Ask: { type: 'Agent', inputs: {}, runAfter: { Read: ['Succeeded'] } },
      },
    },
    [
      'error action-type-refused /actions/Read/type: action "Read" has the type "x12Decode", which is refused: messages between trading partners (AS2, EDIFACT, RosettaNet, SWIFT, X12) are not part of this product; exchange them with a gateway of their own and call it as a connector',
      'error action-type-refused /actions/Ask/type: action "Ask" has the type "Agent", which is refused: agents and what belongs to them are not part of this version; call the model and the tools as connectors',
    ],
  ],
  [
    "an action of an agent's desktop in what a Start trigger begins",
    { triggers: { T: { type: 'start' } }, actions: { Read: { type: 'Compose', inputs: 1 }, Keep: { type: 'Save' } } },
    [
      `error action-type-refused /actions/Keep/type: action "Keep" has the type "Save", which is refused: a Start trigger begins a macro, whose actions work on the forms and pages of an agent's desktop; only the actions of flows are part of this product`,
    ],
  ],
  [
    'an Expression action of no kind and one without what it works on',
    {
      triggers,
      actions: {
        A: { type: 'Expression', kind: 'Yesterday', inputs: {} },
        B: { type: 'Expression', kind: 'AddToTime', inputs: { interval: 1, timeUnit: 'Day' } },
      },
    },
    [
      'error action-type-unknown /actions/A/kind: "A" has the kind "Yesterday"; an Expression action has one of CurrentTime, AddToTime, SubtractFromTime, GetFutureTime, GetPastTime, ConvertTimeZone, FormatNumber, IndexOf, Substring',
      'error action-invalid /actions/B/inputs: "B" needs "baseTime": AddToTime has no value to work with',
    ],
  ],
  [
    'services that nothing names',
    {
      triggers,
      actions: {
        F: { type: 'Function', inputs: { function: { id: 'nowhere' } } },
        M: { type: 'ApiManagement', inputs: { pathTemplate: { template: '/x' } } },
        S: { type: 'ServiceProvider', inputs: { serviceProviderConfiguration: { operationId: 'readBlob' } } },
      },
    },
    [
      'error action-invalid /actions/F/inputs/function: "F" names no function: give function.id as …/sites/{app}/functions/{function}, or function.connectionName',
      'error action-invalid /actions/M/inputs/api: "M" names no API: give api.id as …/service/{service}/apis/{api}, or apiManagement.connection',
      'error action-invalid /actions/S/inputs/serviceProviderConfiguration: "S" names no connectionName in its serviceProviderConfiguration',
    ],
  ],
  [
    'a built-in service of Standard',
    {
      triggers,
      actions: {
        S: {
          type: 'ServiceProvider',
          inputs: {
            serviceProviderConfiguration: {
              connectionName: 'blobs',
              operationId: 'readBlob',
              serviceProviderId: '/serviceProviders/AzureBlob',
            },
          },
        },
      },
    },
    [
      'warning option-unsupported /actions/S/inputs/serviceProviderConfiguration: "S" uses "readBlob" of the built-in service "AzureBlob", which is not part of this version; bind "blobs" to a connection whose connector has an operation "readBlob"',
    ],
  ],
  [
    'an unknown trigger type',
    { triggers: { T: { type: 'Often' } }, actions: {} },
    [
      `error trigger-type-unknown /triggers/T/type: trigger "T" has the type "Often", which is not supported; supported are ${supportedTriggers}`,
    ],
  ],
  [
    'types that are nearly those of something',
    { triggers: { T: { type: 'Recurence' } }, actions: { A: { type: 'Composs', inputs: 1 } } },
    [
      'error action-type-unknown /actions/A/type: action "A" has the type "Composs", which is not supported; did you mean "Compose"?',
      'error trigger-type-unknown /triggers/T/type: trigger "T" has the type "Recurence", which is not supported; did you mean "Recurrence"?',
    ],
  ],
  [
    'an action and a trigger without a type',
    { triggers: { T: {} }, actions: { A: { inputs: 1 } } },
    [
      `error action-invalid /actions/A: action "A" has no type; ${supported.replace('supported are', 'give it one of')}`,
      `error trigger-invalid /triggers/T: trigger "T" has no type; give it one of ${supportedTriggers}`,
    ],
  ],
  [
    'what a container of an earlier schema asks, and a name that no action has',
    {
      $schema: 'https://schema.example.com/schemas/2015-08-01-preview/workflowdefinition.json#',
      triggers,
      actions: {
        Loop: { type: 'Foreach', foreach: [], actions: {}, conditions: [{ expression: '@equals(1, 1)' }] },
        A: { type: 'Compose', inputs: 1, conditions: [{ dependsOn: 'B' }] },
      },
    },
    [
      'error option-unsupported /actions/Loop/conditions: action "Loop" has conditions, which came before schema 2016-06-01 and would be passed over; say what it waits for with "runAfter" and put it into an If',
      'error run-after-unknown /actions/A/runAfter/B: "A" runs after "B", which does not exist',
    ],
  ],
  [
    'the conditions of an earlier schema',
    { triggers, actions: { A: { type: 'Compose', inputs: 1, conditions: [{ dependsOn: 'B' }] } } },
    [
      'error option-unsupported /actions/A/conditions: action "A" has conditions, which came before schema 2016-06-01 and would be passed over; say what it waits for with "runAfter" and put it into an If',
    ],
  ],
  [
    'a call with too many arguments',
    { triggers, actions: { A: compose("@first('a', 'b')") } },
    [
      "warning expression-invalid /actions/A/inputs: The template language function 'first' expects one parameter, and was given 2. It stands at column 2 of the text. It fails when it is evaluated.",
    ],
  ],
  [
    'a name used twice',
    { triggers, actions: { A: compose(1), S: { type: 'Scope', actions: { a: compose(2) } } } },
    ['error name-duplicate /actions/S/actions/a: the name "a" is used by more than one action'],
  ],
  [
    'a runAfter that leads nowhere',
    { triggers, actions: { A: compose(1, { B: ['Succeeded'] }) } },
    ['error run-after-unknown /actions/A/runAfter/B: "A" runs after "B", which does not exist'],
  ],
  [
    'a runAfter into another container',
    { triggers, actions: { A: compose(1, { B: ['Succeeded'] }), S: { type: 'Scope', actions: { B: compose(1) } } } },
    [
      'error run-after-unknown /actions/A/runAfter/B: "A" runs after "B", which is in another container; only siblings may be named',
    ],
  ],
  [
    'an unknown status',
    { triggers, actions: { A: compose(1), B: compose(1, { A: ['Done'] }) } },
    [
      'error run-after-status-unknown /actions/B/runAfter/A: "Done" is not a status that runAfter can name; use Succeeded, Failed, Skipped or TimedOut',
    ],
  ],
  [
    'a cycle',
    { triggers, actions: { A: compose(1, { B: ['Succeeded'] }), B: compose(1, { A: ['Succeeded'] }), C: compose(1) } },
    ['error run-after-cycle /actions/A/runAfter: these actions wait for each other: "A", "B"'],
  ],
  [
    'a broken expression',
    { triggers, actions: { A: compose("@concat('a'") } },
    [expect.stringMatching(/^error expression-invalid \/actions\/A\/inputs: /) as string],
  ],
  [
    'a reference to nothing',
    { triggers, actions: { A: compose("@body('Gone')") } },
    ['error reference-unknown /actions/A/inputs: there is no action named "Gone"'],
  ],
  [
    'a reference to what need not have run',
    { triggers, actions: { A: compose("@body('B')"), B: compose(1) } },
    [
      'error reference-not-before /actions/A/inputs: "A" uses the result of "B", which need not have finished before; let "A" or an action around it run after "B"',
    ],
  ],
  [
    'an unknown variable',
    { triggers, actions: { A: { type: 'SetVariable', inputs: { name: 'v', value: 1 } } } },
    ['error variable-unknown /actions/A/inputs/name: the variable "v" is never initialized'],
  ],
  [
    'a retry policy of no kind',
    {
      triggers,
      actions: {
        A: { type: 'Http', inputs: { method: 'GET', uri: 'https://a.test', retryPolicy: { type: 'often' } } },
      },
    },
    [
      'error retry-policy-invalid /actions/A/inputs/retryPolicy: retry policy type "often" is not one of none, fixed, exponential and default',
    ],
  ],
  [
    'a condition with an unknown operator',
    { triggers, actions: { A: { type: 'If', expression: { like: [1, 2] }, actions: {} } } },
    [
      'error action-invalid /actions/A/expression/like: "like" is not an operator of a condition; use and, or, not, equals, greater, greaterOrEquals, less, lessOrEquals, contains, startsWith, endsWith',
    ],
  ],
  [
    'a size of chunks that is none',
    {
      triggers,
      actions: {
        A: {
          type: 'Http',
          inputs: { uri: 'https://up.test/' },
          runtimeConfiguration: { contentTransfer: { transferMode: 'Chunked', uploadChunkSizeInMB: 101 } },
        },
      },
    },
    [
      'error action-invalid /actions/A/runtimeConfiguration/contentTransfer: the uploadChunkSizeInMB of "A" must be a whole number from 1 to 100, not 101',
    ],
  ],
  [
    'a number of items that is none',
    {
      triggers,
      actions: {
        A: {
          type: 'ApiConnection',
          inputs: { host: { connection: { name: "@parameters('$connections')['c']['connectionId']" } }, path: '/' },
          runtimeConfiguration: { paginationPolicy: { minimumItemCount: 0 } },
        },
      },
    },
    [
      'error action-invalid /actions/A/runtimeConfiguration/paginationPolicy: the minimumItemCount of "A" must be a whole number from 1, not 0',
    ],
  ],
  [
    'a static result that is not there',
    { triggers, actions: { A: { type: 'Compose', inputs: 1, runtimeConfiguration: { staticResult: { name: 'S' } } } } },
    [
      'error static-result-unknown /actions/A/runtimeConfiguration/staticResult/name: the static result "S" is not in the definition\'s staticResults',
    ],
  ],
  [
    'a recurrence without a frequency',
    { triggers: { R: { type: 'Recurrence', recurrence: {} } }, actions: {} },
    [
      'error recurrence-invalid /triggers/R/recurrence: the recurrence of trigger "R" cannot be used: the frequency "" is not one of Second, Minute, Hour, Day, Week, Month, Year',
    ],
  ],
])('reports %s', (_what, definition, expected) => {
  expect(findings(definition)).toEqual(expected);
});

it('takes names, types and statuses in any case and references across containers', () => {
  const definition = {
    triggers: { manual: { type: 'request' } },
    actions: {
      A: { type: 'COMPOSE', inputs: 1 },
      S: { type: 'scope', runafter: { a: ['SUCCEEDED'] }, actions: { In: compose("@outputs('a')") } },
      B: compose("@outputs('in')", { s: ['succeeded', 'FAILED'] }),
    },
  };
  expect(findings(definition)).toEqual([]);
});

it('asks for values of parameters that are of their types and allowed', () => {
  const definition = {
    parameters: {
      s: { type: 'String', defaultValue: 1 },
      i: { type: 'int', defaultValue: 1.5 },
      f: { type: 'Float', defaultValue: 1.5 },
      b: { type: 'BOOL', defaultValue: 'true' },
      a: { type: 'Array', defaultValue: {} },
      o: { type: 'Object', defaultValue: [] },
      key: { type: 'SecureString', defaultValue: 5 },
      later: { type: 'Int', defaultValue: "@appsetting('n')" },
      none: { type: 'Int', defaultValue: null },
      other: { type: 'Number', defaultValue: 'x' },
      colour: { type: 'String', defaultValue: 'red', allowedValues: ['red', 'blue'] },
      list: { type: 'Array', defaultValue: [1], allowedValues: [[1], [2]] },
    },
    actions: { A: compose(1) },
  };
  expect(findings(definition)).toEqual([
    'error parameter-value-invalid /parameters/s/defaultValue: the default of the parameter "s" has to be a string, not a number',
    'error parameter-value-invalid /parameters/i/defaultValue: the default of the parameter "i" has to be a whole number, not a number',
    'error parameter-value-invalid /parameters/b/defaultValue: the default of the parameter "b" has to be true or false, not a string',
    'error parameter-value-invalid /parameters/a/defaultValue: the default of the parameter "a" has to be an array, not an object',
    'error parameter-value-invalid /parameters/o/defaultValue: the default of the parameter "o" has to be an object, not an array',
    'error parameter-value-invalid /parameters/key/defaultValue: the default of the parameter "key" has to be a string, not a number',
  ]);
  const { colour, list } = definition.parameters;
  expect(
    findings({ ...definition, parameters: { colour, list } }, { parameters: { Colour: 'green', list: [2] } }),
  ).toEqual([
    'error parameter-value-invalid /parameters/colour: the value of the parameter "colour" is none of those that are allowed',
  ]);
  expect(compileDefinition(definition, { checks: 'none' }).findings).toEqual([]);
});

it('asks for parameters when it knows what is given', () => {
  const definition = {
    triggers,
    parameters: { p: { type: 'string' }, q: { type: 'string', defaultValue: 'x' } },
    actions: { A: compose("@concat(parameters('p'),parameters('q'),parameters('r'))") },
  };
  expect(findings(definition)).toEqual([
    'warning parameter-unknown /actions/A/inputs: the parameter "r" is not declared in the definition\'s parameters',
  ]);
  expect(findings(definition, { parameters: { p: 'x', r: 1 } })).toEqual([]);
  expect(findings(definition, { parameterNames: ['R'] })).toEqual([]);
  expect(findings(definition, { parameters: {} })).toEqual([
    'error parameter-missing /parameters/p: the parameter "p" has neither a value nor a default',
    'error parameter-unknown /actions/A/inputs: the parameter "r" is not declared in the definition\'s parameters',
  ]);
});

it('leaves a plan when only types are unknown', () => {
  const { plan } = compileDefinition({ triggers, actions: { A: { type: 'Magic' }, B: compose(1) } });
  expect(plan?.actions.map((action) => action.name)).toEqual(['A', 'B']);
});

it('never throws on any JSON', () => {
  const words = [
    'type',
    'inputs',
    'actions',
    'triggers',
    'runAfter',
    'expression',
    'foreach',
    'cases',
    'case',
    'default',
    'else',
    'limit',
    'count',
    'parameters',
    'variables',
    'name',
    'recurrence',
    'schedule',
    'conditions',
    'host',
    'schema',
    'columns',
  ];
  const values = [
    'Compose',
    'If',
    'Switch',
    'Foreach',
    'Until',
    'Http',
    'OpenApiConnection',
    'ApiConnection',
    'InitializeVariable',
    'Request',
    'Recurrence',
    '@body(',
    "@body('A')",
    '@{1}',
    'PT1H',
    'A',
  ];
  const { document } = fc.letrec<{ document: JsonValue }>((tie) => ({
    document: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom<JsonValue>(null, true, 0, -1, 'x', ...values),
      fc.array(tie('document'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...words), fc.constantFrom('A', 'b', '__proto__', '')), tie('document'), {
        maxKeys: 5,
      }),
    ),
  }));
  fc.assert(
    fc.property(document, document, (triggersSource, actions) => {
      compileDefinition({ triggers: triggersSource, actions });
      compileDefinition({ triggers: triggersSource, actions: { A: actions, B: { type: 'Compose', inputs: actions } } });
      return Array.isArray(compileDefinition(actions).findings);
    }),
    { numRuns: 400 },
  );
});
