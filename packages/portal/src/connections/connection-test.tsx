import {
  Badge,
  Button,
  Dropdown,
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Option,
  Textarea,
} from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type Connection,
  connectorNameOf,
  listConnections,
  type TestOutcome,
  testConnection,
} from '../api/connections.ts';
import { type Described, describeConnector, type Operation, type SignInKind } from '../api/connectors.ts';
import type { Json } from '../api/request.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { JsonView } from '../shell/json-view.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { exampleArguments, readArguments } from './arguments.ts';
import { SignIn } from './sign-in-button.tsx';

/** A connection, with a bench to try its operations on. */
export function ConnectionTestPage({ name }: { readonly name: string }) {
  const { name: environment } = useEnvironment();
  const connections = useQuery({ queryKey: ['connections', environment], queryFn: () => listConnections(environment) });
  const connection = connections.data?.find((one) => one.name === name);
  const connector = connection === undefined ? undefined : connectorNameOf(connection);
  const described = useQuery({
    queryKey: ['operations', connector],
    queryFn: () => describeConnector(connector ?? ''),
    enabled: connector !== undefined,
  });
  if (connections.isPending) return <Loading />;
  if (connections.isError) return <Failed error={connections.error} onRetry={() => connections.refetch()} />;
  if (connection === undefined) return <Failed error={new Error('There is no such connection in this environment.')} />;
  const status = connection.properties.statuses[0];
  return (
    <div className="page">
      <PageHead title={connection.properties.displayName}>
        <Badge appearance="tint" color={status?.status === 'Connected' ? 'success' : 'danger'}>
          {status?.status ?? 'Unknown'}
        </Badge>{' '}
        {status?.error?.message ?? connection.properties.accountName ?? connector}
      </PageHead>
      {described.data !== undefined && signInOf(described.data, connection) !== 'none' && (
        <SignIn connection={name} isConnected={status?.status === 'Connected'} />
      )}
      {described.isError && <Failed error={described.error} onRetry={() => described.refetch()} />}
      {described.isPending && <Loading rows={3} />}
      {described.data !== undefined && <Bench connection={name} operations={described.data.operations} />}
    </div>
  );
}

/** What the way to connect asks of a person, which the connection was made with. */
function signInOf({ signIn, connectionParameterSets }: Described, { properties }: Connection): SignInKind {
  const set = connectionParameterSets.find((one) => one.name === properties.connectionParametersSet?.name);
  return set?.signIn ?? signIn;
}

function Bench({ connection, operations }: { readonly connection: string; readonly operations: readonly Operation[] }) {
  const suggested =
    operations.find((one) => one.method === 'GET' && one.parameters.every((parameter) => !parameter.required)) ??
    operations[0];
  const [operation, setOperation] = useState(suggested);
  const [text, setText] = useState(exampleArguments(suggested));
  const test = useMutation({
    mutationFn: (parameters: { readonly [name: string]: Json }) =>
      testConnection(connection, operation?.operationId, parameters),
  });
  const parsed = readArguments(text);
  const choose = (operationId: string | undefined): void => {
    const next = operations.find((one) => one.operationId === operationId);
    setOperation(next);
    setText(exampleArguments(next));
    test.reset();
  };
  return (
    <>
      <div className="form">
        <Field label="Operation to try">
          <Dropdown
            value={operation === undefined ? '' : labelOf(operation)}
            selectedOptions={operation === undefined ? [] : [operation.operationId]}
            onOptionSelect={(_, { optionValue }) => choose(optionValue)}
          >
            {operations.map((one) => (
              <Option key={one.operationId} value={one.operationId}>
                {labelOf(one)}
              </Option>
            ))}
          </Dropdown>
        </Field>
        <Field
          label="Parameters"
          hint="JSON, by parameter name."
          validationState={parsed.kind === 'invalid' ? 'error' : 'none'}
          validationMessage={parsed.kind === 'invalid' ? parsed.message : null}
        >
          <Textarea rows={6} className="mono" value={text} onChange={(_, { value }) => setText(value)} />
        </Field>
        <div className="actions">
          <Button
            appearance="primary"
            disabled={parsed.kind === 'invalid' || test.isPending}
            onClick={() => parsed.kind === 'valid' && test.mutate(parsed.value)}
          >
            Test
          </Button>
        </div>
      </div>
      {test.isError && <Failed error={test.error} />}
      {test.data !== undefined && <Outcome outcome={test.data} />}
    </>
  );
}

function labelOf(operation: Operation): string {
  return operation.summary === '' ? operation.operationId : operation.summary;
}

function Outcome({ outcome }: { readonly outcome: TestOutcome }) {
  const { request, response, error, durationMs } = outcome;
  return (
    <section className="page" aria-label="What happened">
      <MessageBar intent={outcome.ok ? 'success' : 'error'}>
        <MessageBarBody>
          <MessageBarTitle>{outcome.ok ? 'It works' : 'It did not work'}</MessageBarTitle>
          {response === undefined ? error?.message : `The API answered ${response.statusCode} in ${durationMs} ms.`}
        </MessageBarBody>
      </MessageBar>
      {request !== undefined && (
        <div className="card padded">
          <h2 style={{ marginTop: 0, fontSize: 16 }}>Request</h2>
          <p className="mono">{`${request.method} ${request.url}`}</p>
          <JsonView label="Request headers" value={request.headers} />
        </div>
      )}
      {response !== undefined && (
        <div className="card padded">
          <h2 style={{ marginTop: 0, fontSize: 16 }}>{`Response ${response.statusCode}`}</h2>
          <JsonView label="Response body" value={response.body} />
        </div>
      )}
    </section>
  );
}
