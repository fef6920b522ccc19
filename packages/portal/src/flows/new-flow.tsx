import { Button, Dropdown, Field, Input, MessageBar, MessageBarBody, Option } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { connectorNameOf, listConnections } from '../api/connections.ts';
import { createFlow, type FlowValidation, validateFlow } from '../api/flows.ts';
import type { ApiFinding } from '../api/request.ts';
import { FindingList } from '../connectors/finding-list.tsx';
import { useEnvironment } from '../shell/environment.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Failed } from '../shell/states.tsx';
import { FlowSourceField } from './flow-source-field.tsx';
import { namedReferences } from './named-references.ts';
import { offsetOf } from './offset-of.ts';
import { useFlowSource } from './use-flow-source.ts';

/** Connection by the reference that it is chosen for. */
type Chosen = { readonly [reference: string]: string };

export function NewFlowPage() {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const source = useFlowSource();
  const { text, flow } = source;
  const [displayName, setDisplayName] = useState('');
  const [chosen, setChosen] = useState<Chosen>({});
  const connections = useQuery({ queryKey: ['connections', environment], queryFn: () => listConnections(environment) });
  const references = flow === undefined ? [] : namedReferences(flow);
  const holder = useRef<HTMLDivElement>(null);
  const referencesTo = (connectionNames: Chosen) =>
    Object.fromEntries(
      references.map((reference) => {
        const connection = connections.data?.find((one) => one.name === connectionNames[reference]);
        return [reference, { connectionName: connection?.name ?? '', id: connection?.properties.apiId ?? '' }];
      }),
    );
  const check = useMutation({
    mutationFn: (connectionNames: Chosen) => validateFlow(environment, text, referencesTo(connectionNames)),
  });
  const goTo = ({ line, column }: ApiFinding): void => {
    const offset = offsetOf(text, line ?? 1, column ?? 1);
    const editor = holder.current?.querySelector('textarea');
    editor?.focus();
    editor?.setSelectionRange(offset, offset + 1);
  };
  const create = useMutation({
    mutationFn: () => {
      if (flow === undefined) throw new Error('Give a document with a flow first.');
      const name = displayName === '' ? flow.displayName : displayName;
      return createFlow(environment, { ...flow, displayName: name, connectionReferences: referencesTo(chosen) });
    },
    onSuccess: async ({ name }) => {
      await queryClient.invalidateQueries({ queryKey: ['flows'] });
      await navigate({ to: '/flows/$id', params: { id: name } });
    },
  });
  return (
    <div className="page">
      <PageHead title="New flow">
        A definition, an ARM resource or template, a Standard project, a flow package or a solution: as text or as a
        file; several files come in one zip archive.
      </PageHead>
      <div className="form" ref={holder}>
        <FlowSourceField
          source={source}
          onChange={check.reset}
          onDone={() => text.trim() !== '' && check.mutate(chosen)}
        />
        <Field label="Name">
          <Input
            value={displayName}
            placeholder={flow?.displayName ?? ''}
            onChange={(_, { value }) => setDisplayName(value)}
          />
        </Field>
        {references.map((reference) => (
          <Field key={reference} label={`Connection for “${reference}”`} required>
            <Dropdown
              placeholder="Choose a connection"
              selectedOptions={[chosen[reference] ?? '']}
              value={connections.data?.find((one) => one.name === chosen[reference])?.properties.displayName ?? ''}
              onOptionSelect={(_, { optionValue }) => {
                const now = { ...chosen, [reference]: optionValue ?? '' };
                setChosen(now);
                check.mutate(now);
              }}
            >
              {(connections.data ?? []).map((one) => (
                <Option key={one.name} value={one.name} text={one.properties.displayName}>
                  {`${one.properties.displayName} (${connectorNameOf(one)})`}
                </Option>
              ))}
            </Dropdown>
          </Field>
        ))}
        {check.isError && <Failed error={check.error} />}
        {check.data !== undefined && <Verdict validation={check.data} onOpen={goTo} />}
        {create.isError && <Failed error={create.error} />}
        <div className="actions">
          <Button
            appearance="primary"
            disabled={
              flow === undefined || create.isPending || references.some((reference) => chosen[reference] === undefined)
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

function Verdict({
  validation: { findings },
  onOpen,
}: {
  readonly validation: FlowValidation;
  readonly onOpen: (finding: ApiFinding) => void;
}) {
  if (findings.length > 0) return <FindingList findings={findings} onOpen={onOpen} />;
  return (
    <MessageBar intent="success">
      <MessageBarBody>The flow is good: nothing to say about it.</MessageBarBody>
    </MessageBar>
  );
}
