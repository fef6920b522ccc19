import type { ConnectorModel, OperationModel, SchemaModel } from '../model.ts';
import { docComment } from './doc-comment.ts';
import { memberName, TypeNames } from './type-names.ts';
import { aboutSchema, directReach, memberText, type TypeScope, typeText } from './type-text.ts';

const step = '  ';

/**
 * Writes the types of a connector's operations as a TypeScript declaration file: what each takes, by the names of its parameters, and
 * what it answers. The same connector is always the same text.
 */
export function writeTypes(model: ConnectorModel): string {
  const typeNames = new TypeNames();
  const [actions, triggers, file] = [typeNames.take('Actions'), typeNames.take('Triggers'), typeNames.take('File')];
  const names = new Map([...model.schemas.keys()].map((name) => [name, typeNames.take(name)]));
  const scope: TypeScope = { names, file, isCircular: () => false };
  const operations = firstOfEach(model.operations).map((operation) => ({
    operation,
    parameters: typeNames.take(`${operation.operationId}Parameters`),
    result: typeNames.take(`${operation.operationId}Result`),
  }));
  const isTrigger = ({ operation }: TypedOperation): boolean => operation.trigger !== undefined;
  return [
    `${docComment([`Types of the connector ${model.info.title}.`, model.info.description], '').trimEnd()}\n`,
    fileText(file),
    ...writeShared(model, scope),
    ...operations.flatMap((one) => writeOperation(scope, one)),
    writeIndex(
      actions,
      'Actions',
      operations.filter((one) => !isTrigger(one)),
    ),
    writeIndex(triggers, 'Triggers', operations.filter(isTrigger)),
  ].join('\n');
}

type TypedOperation = { readonly operation: OperationModel; readonly parameters: string; readonly result: string };

/** Of operations with the same id, the first is the one that can be called. */
function firstOfEach(operations: readonly OperationModel[]): readonly OperationModel[] {
  return [...new Map(operations.toReversed().map((one) => [one.operationId, one])).values()].reverse();
}

function fileText(name: string): string {
  const members = `${step}"$content-type"?: string;\n${step}$content: string;\n`;
  return `/** A file: its media type, and its bytes in base64. */\nexport type ${name} = {\n${members}};\n`;
}

function writeShared(model: ConnectorModel, scope: TypeScope): readonly string[] {
  const reaches = directReach(model);
  return [...model.schemas].map(([name, schema]) => {
    const own: TypeScope = { ...scope, isCircular: (other) => reaches(other, name) };
    return declaration(scope.names.get(name) ?? '', aboutSchema(schema), typeText(own, schema, ''));
  });
}

function declaration(name: string, about: readonly (string | undefined)[], type: string): string {
  return `${docComment(about, '')}export type ${name} = ${type};\n`;
}

function writeOperation(scope: TypeScope, { operation, parameters, result }: TypedOperation): readonly string[] {
  const about = `of ${operation.operationId}${operation.summary === '' ? '' : `: ${operation.summary}`}`;
  return [
    declaration(parameters, [`What is given to a call ${about}`], parametersText(scope, operation)),
    declaration(result, [`What comes of a call ${about}`], resultText(scope, operation)),
  ];
}

/** The parameters by name, the body under its own. What has a default need not be given. */
function parametersText(scope: TypeScope, { parameters, body }: OperationModel): string {
  const all = [...parameters];
  const position = body?.position ?? all.length;
  const inOrder = body === undefined ? all : [...all.slice(0, position), body, ...all.slice(position)];
  const byName = new Map(inOrder.toReversed().map((one) => [one.name, one]));
  const members = [...byName.values()].reverse().map((one) =>
    memberText(
      {
        name: one.name,
        isRequired: one.required && one.default === undefined,
        schema: one.schema,
        scope,
        about: [
          one.summary === one.name ? undefined : one.summary,
          one.description,
          'deprecated' in one && one.deprecated === true ? '@deprecated' : undefined,
        ],
      },
      step,
    ),
  );
  return members.length === 0 ? '{ [name: string]: never }' : `{\n${members.join('')}}`;
}

/** What a trigger is sent, else the shapes of all good answers, else that of any answer. */
function resultText(scope: TypeScope, { trigger, responses }: OperationModel): string {
  const sent = trigger?.notification?.schema;
  if (sent !== undefined) return typeText(scope, sent, '');
  const good = responses.filter(({ status }) => /^2(\d\d|XX)$/i.test(status));
  const answers = good.length > 0 ? good : responses.filter(({ status }) => status === 'default');
  const schemas = answers.flatMap(({ schema }): SchemaModel[] => (schema === undefined ? [] : [schema]));
  const types = [...new Set(schemas.map((schema) => typeText(scope, schema, '')))];
  if (types.length === 0) return 'unknown';
  return [...types, ...(answers.length > schemas.length ? ['undefined'] : [])].join(' | ');
}

function writeIndex(name: string, title: string, operations: readonly TypedOperation[]): string {
  const entries = operations.map(({ operation, parameters, result }) => {
    const { operationId, summary, description, deprecated } = operation;
    const comment = docComment([summary, description, deprecated ? '@deprecated' : undefined], step);
    return `${comment}${step}${memberName(operationId)}: { parameters: ${parameters}; result: ${result} };\n`;
  });
  const body = entries.length === 0 ? '{ [operationId: string]: never }' : `{\n${entries.join('')}}`;
  return declaration(name, [`${title} by operationId.`], body);
}
