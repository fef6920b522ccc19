import {
  Button,
  Dropdown,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Option,
  Textarea,
} from '@fluentui/react-components';
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
import { offsetOf } from './offset-of.ts';
import { readFlowText } from './read-flow-text.ts';

/** Connection by the reference that it is chosen for. */
type Chosen = { readonly [reference: string]: string };

export function NewFlowPage() {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [chosen, setChosen] = useState<Chosen>({});
  const connections = useQuery({ queryKey: ['connections', environment], queryFn: () => listConnections(environment) });
  const flow = readFlowText(text);
  const references = flow.kind === 'flow' ? flow.references : [];
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
      if (flow.kind !== 'flow') throw new Error('Paste a workflow definition first.');
      const connectionReferences = referencesTo(chosen);
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
      <div className="form" ref={holder}>
        <Field
          label="Definition"
          required
          validationState={flow.kind === 'invalid' ? 'error' : 'none'}
          validationMessage={flow.kind === 'invalid' ? flow.message : null}
        >
          <Textarea
            rows={14}
            className="mono"
            value={text}
            onChange={(_, { value }) => {
              setText(value);
              check.reset();
            }}
            onBlur={() => text.trim() !== '' && check.mutate(chosen)}
          />
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
