import type { ConnectorModel, OperationModel, ParameterModel, SecurityScheme } from '@patchbay/definition';
import { type Command, formatOption, isJson, printJson } from '../command.ts';
import { loadConnector } from '../files/read-description.ts';
import type { Terminal } from '../terminal.ts';

export const connectorDescribe: Command = {
  name: 'connector describe',
  summary: 'list the actions and triggers of a connector',
  arguments: [{ notation: '<dir>', summary: "a connector's folder, or a definition file" }],
  options: [formatOption],
  async run(invocation) {
    const model = await loadConnector(invocation, invocation.arguments[0] ?? '.');
    const description = describe(model);
    if (isJson(invocation)) printJson(invocation.terminal, description);
    else print(invocation.terminal, description);
    return 0;
  },
};

type Description = ReturnType<typeof describe>;
type DescribedOperation = ReturnType<typeof describeOperation>;

function describe(model: ConnectorModel) {
  const operations = model.operations.map(describeOperation);
  return {
    title: model.info.title,
    description: model.info.description,
    version: model.info.version,
    baseUrl:
      model.server.host === ''
        ? ''
        : `${model.server.schemes[0] ?? 'https'}://${model.server.host}${model.server.basePath}`,
    security: [...model.securitySchemes].map(([name, scheme]) => ({ name, ...describeScheme(scheme) })),
    connectionParameters: model.connectionParameters.map(({ name, type, displayName, required }) => ({
      name,
      type,
      displayName,
      required,
    })),
    actions: operations.filter((operation) => operation.trigger === undefined),
    triggers: operations.filter((operation) => operation.trigger !== undefined),
  };
}

function describeScheme(scheme: SecurityScheme) {
  switch (scheme.kind) {
    case 'apiKey':
      return { kind: scheme.kind, in: scheme.in, parameter: scheme.name };
    case 'oauth2':
      return { kind: scheme.kind, flow: scheme.flow };
    case 'http':
      return { kind: scheme.kind, scheme: scheme.scheme };
    case 'basic':
    case 'bearer':
    case 'openIdConnect':
    case 'mutualTls':
      return { kind: scheme.kind };
  }
}

function describeOperation(operation: OperationModel) {
  const { operationId, method, path, summary, description, visibility, deprecated, body, trigger } = operation;
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    summary,
    description,
    visibility,
    deprecated,
    ...(trigger !== undefined && { trigger: { kind: trigger.kind, batch: trigger.batch } }),
    parameters: [
      ...operation.parameters.map(describeParameter),
      ...(body === undefined
        ? []
        : [
            {
              name: body.name,
              in: 'body',
              type: body.schema.kind,
              required: body.required,
              summary: body.summary,
              visibility: body.visibility,
            },
          ]),
    ],
  };
}

function describeParameter(parameter: ParameterModel) {
  const { name, required, schema, summary, visibility } = parameter;
  return { name, in: parameter.in as string, type: schema.kind as string, required, summary, visibility };
}

function print(terminal: Terminal, description: Description): void {
  terminal.out(`${description.title} ${description.version}\n${description.baseUrl}\n`);
  if (description.description !== '') terminal.out(`${description.description}\n`);
  const security = description.security.map(({ name, kind }) => `${kind} (${name})`).join(', ');
  terminal.out(`Security: ${security === '' ? 'none' : security}\n`);
  if (description.connectionParameters.length > 0) terminal.out('Connection\n');
  for (const { name, type, displayName, required } of description.connectionParameters) {
    terminal.out(`  ${required ? '*' : ' '} ${name}: ${type}${displayName === name ? '' : `, ${displayName}`}\n`);
  }
  printOperations(terminal, 'Actions', description.actions);
  printOperations(terminal, 'Triggers', description.triggers);
}

function printOperations(terminal: Terminal, heading: string, operations: readonly DescribedOperation[]): void {
  if (operations.length === 0) return;
  terminal.out(`\n${heading}\n`);
  for (const operation of operations) {
    terminal.out(`  ${operation.operationId}  ${operation.method} ${operation.path}\n`);
    if (operation.summary !== '')
      terminal.out(`    ${operation.summary}${operation.deprecated ? ' (deprecated)' : ''}\n`);
    const shown = operation.parameters.filter((parameter) => parameter.visibility !== 'internal');
    for (const { name, in: location, type, required } of shown) {
      terminal.out(`    ${required ? '*' : ' '} ${name}: ${type} in ${location}\n`);
    }
  }
}
