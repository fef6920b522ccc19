import { Button, Dropdown, Field, Input, Option, Textarea } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { connectorNameOf, listConnections } from '../api/connections.ts';
import { createFlow } from '../api/flows.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Failed } from '../shell/states.tsx';
import { readFlowText } from './read-flow-text.ts';

export function NewFlowPage() {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [chosen, setChosen] = useState<{ readonly [reference: string]: string }>({});
  const connections = useQuery({ queryKey: ['connections', environment], queryFn: () => listConnections(environment) });
  const flow = readFlowText(text);
  const references = flow.kind === 'flow' ? flow.references : [];
  const create = useMutation({
    mutationFn: () => {
      if (flow.kind !== 'flow') throw new Error('Paste a workflow definition first.');
      const connectionReferences = Object.fromEntries(
        references.map((reference) => {
          const connection = connections.data?.find((one) => one.name === chosen[reference]);
          return [reference, { connectionName: connection?.name ?? '', id: connection?.properties.apiId ?? '' }];
        }),
      );
      return createFlow(environment, {
        displayName: displayName === '' ? flow.displayName : displayName,
        definition: flow.definition,
        connectionReferences,
      });
    },
    onSuccess: async ({ name }) => {
      await queryClient.invalidateQueries({ queryKey: ['flows'] });
      await navigate({ to: '/flows/$id', params: { id: name } });
    },
  });
  return (
    <div className="page">
      <PageHead title="New flow">
        A workflow definition: bare, from a flow’s package, or as its resource exports it.
      </PageHead>
      <div className="form">
        <Field
          label="Definition"
          required
          validationState={flow.kind === 'invalid' ? 'error' : 'none'}
          validationMessage={flow.kind === 'invalid' ? flow.message : null}
        >
          <Textarea rows={14} className="mono" value={text} onChange={(_, { value }) => setText(value)} />
        </Field>
        <Field label="Name">
          <Input
            value={displayName}
            placeholder={flow.kind === 'flow' ? flow.displayName : ''}
            onChange={(_, { value }) => setDisplayName(value)}
          />
        </Field>
        {references.map((reference) => (
          <Field key={reference} label={`Connection for “${reference}”`} required>
            <Dropdown
              placeholder="Choose a connection"
              selectedOptions={[chosen[reference] ?? '']}
              value={connections.data?.find((one) => one.name === chosen[reference])?.properties.displayName ?? ''}
              onOptionSelect={(_, { optionValue }) => setChosen({ ...chosen, [reference]: optionValue ?? '' })}
            >
              {(connections.data ?? []).map((one) => (
                <Option key={one.name} value={one.name} text={one.properties.displayName}>
                  {`${one.properties.displayName} (${connectorNameOf(one)})`}
                </Option>
              ))}
            </Dropdown>
          </Field>
        ))}
        {create.isError && <Failed error={create.error} />}
        <div className="actions">
          <Button
            appearance="primary"
            disabled={
              flow.kind !== 'flow' ||
              create.isPending ||
              references.some((reference) => chosen[reference] === undefined)
            }
            onClick={() => create.mutate()}
          >
            Deploy
          </Button>
          <Button onClick={() => navigate({ to: '/flows' })}>Cancel</Button>
        </div>
      </div>
    </div>
  );
}
