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
import { type Connection, connectorNameOf, listConnections } from '../api/connections.ts';
import { type Described, describeConnector, type Operation, type SignInKind } from '../api/connectors.ts';
import { type Explained, type Explaining, explainOperation } from '../api/explain.ts';
import type { Json } from '../api/request.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { JsonView } from '../shell/json-view.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { exampleArguments, readArguments } from './arguments.ts';
import { CallSteps } from './call-steps.tsx';
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
  // Stays while the next call is under way, so that the opened steps stay open.
  const [explained, setExplained] = useState<Explained>();
  const call = useMutation({
    mutationFn: (asked: Explaining) => explainOperation(connection, asked),
    onSuccess: setExplained,
  });
  const parsed = readArguments(text);
  const choose = (operationId: string | undefined): void => {
    const next = operations.find((one) => one.operationId === operationId);
    setOperation(next);
    setText(exampleArguments(next));
    call.reset();
    setExplained(undefined);
  };
  const make = (send: boolean, replay?: Explaining['replay']): void => {
    if (operation === undefined || parsed.kind === 'invalid') return;
    const { operationId } = operation;
    call.mutate({ operationId, parameters: parsed.value, send, ...(replay !== undefined && { replay }) });
  };
  const isIdle = operation !== undefined && parsed.kind === 'valid' && !call.isPending;
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
          <Button appearance="primary" disabled={!isIdle} onClick={() => make(true)}>
            Test
          </Button>
          <Button disabled={!isIdle} onClick={() => make(false)}>
            Explain without sending
          </Button>
        </div>
      </div>
      {call.isError && <Failed error={call.error} />}
      {explained !== undefined && (
        <>
          <Outcome outcome={explained} />
          <CallSteps
            steps={explained.trace}
            isBusy={!isIdle}
            onReplay={({ from, value, send }) => make(send, { from, value })}
          />
        </>
      )}
    </>
  );
}

function labelOf(operation: Operation): string {
  return operation.summary === '' ? operation.operationId : operation.summary;
}

function Outcome({ outcome }: { readonly outcome: Explained }) {
  const { request, response, error, diagnosis } = outcome;
  return (
    <section className="page" aria-label="What happened">
      <MessageBar intent={outcome.ok ? (response === undefined ? 'info' : 'success') : 'error'} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{titleOf(outcome)}</MessageBarTitle>
          {error?.message ?? wordsOf(outcome)}
          {diagnosis !== undefined && (
            <>
              {diagnosis.said !== undefined && (
                <p>{`At the step “${diagnosis.step}” the API said: ${diagnosis.said}`}</p>
              )}
              <p>{`Likely to help: ${diagnosis.fix}`}</p>
            </>
          )}
        </MessageBarBody>
      </MessageBar>
      <div className="card padded">
        <h2 style={{ marginTop: 0, fontSize: 16 }}>Request</h2>
        <p className="mono">{`${request.method} ${request.url}`}</p>
      </div>
      {response !== undefined && (
        <div className="card padded">
          <h2 style={{ marginTop: 0, fontSize: 16 }}>{`Response ${response.statusCode}`}</h2>
          <JsonView label="Response body" value={response.body} />
        </div>
      )}
    </section>
  );
}

function titleOf({ ok, response }: Explained): string {
  if (!ok) return 'It did not work';
  return response === undefined ? 'Nothing was sent' : 'It works';
}

function wordsOf({ response, trace, durationMs }: Explained): string {
  if (response === undefined) return 'This is the request that would go out.';
  const isWritten = trace.some(({ edited, after }) => edited === true && isAnswer(after));
  if (isWritten) return `An answer that was edited comes to ${response.statusCode}; the API was not asked for it.`;
  return `The API answered ${response.statusCode} in ${durationMs} ms.`;
}

function isAnswer(value: Json): boolean {
  return typeof value === 'object' && value !== null && 'statusCode' in value;
}
