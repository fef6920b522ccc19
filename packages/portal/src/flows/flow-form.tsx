import { Button, Dropdown, Field, Input, MessageBar, MessageBarBody, Option } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { connectorNameOf, listConnections } from '../api/connections.ts';
import { type Flow, type FlowDeployment, type FlowValidation, validateFlow } from '../api/flows.ts';
import type { ApiFinding, Json } from '../api/request.ts';
import { FindingList } from '../connectors/finding-list.tsx';
import { useEnvironment } from '../shell/environment.tsx';
import { Failed } from '../shell/states.tsx';
import { FlowSourceField } from './flow-source-field.tsx';
import { namedReferences } from './named-references.ts';
import { showInEditor } from './show-in-editor.ts';
import { useFlowSource } from './use-flow-source.ts';

/** Connection by the reference that it is chosen for. */
export type ChosenConnections = { readonly [reference: string]: string };

/** Writes a flow, new or changed: its text, its name and what each connection reference stands for. */
export function FlowForm({
  text: startText = '',
  connections: startConnections = {},
  save,
  onSaved,
  onCancel,
  saveLabel,
}: {
  readonly text?: string;
  readonly connections?: ChosenConnections;
  readonly save: (flow: FlowDeployment) => Promise<Flow>;
  readonly onSaved: (flow: Flow) => Promise<void>;
  readonly onCancel: () => void;
  readonly saveLabel: string;
}) {
  const { name: environment } = useEnvironment();
  const queryClient = useQueryClient();
  const source = useFlowSource(startText);
  const { text, flow } = source;
  const [displayName, setDisplayName] = useState('');
  const [chosen, setChosen] = useState(startConnections);
  const connections = useQuery({ queryKey: ['connections', environment], queryFn: () => listConnections(environment) });
  const references = flow === undefined ? [] : namedReferences(flow);
  const holder = useRef<HTMLDivElement>(null);
  const referencesTo = (names: ChosenConnections): { readonly [reference: string]: Json } =>
    Object.fromEntries(
      references.map((reference) => {
        const connection = connections.data?.find((one) => one.name === names[reference]);
        return [reference, { connectionName: connection?.name ?? '', id: connection?.properties.apiId ?? '' }];
      }),
    );
  const check = useMutation({
    mutationFn: (names: ChosenConnections) => validateFlow(environment, text, referencesTo(names)),
  });
  const goTo = ({ line, column }: ApiFinding): void => {
    const editor = holder.current?.querySelector('textarea');
    if (editor) showInEditor(editor, text, line ?? 1, column ?? 1);
  };
  const saving = useMutation({
    mutationFn: () => {
      if (flow === undefined) throw new Error('Give a document with a flow first.');
      const name = displayName === '' ? flow.displayName : displayName;
      return save({ ...flow, displayName: name, connectionReferences: referencesTo(chosen) });
    },
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ['flows'] });
      await queryClient.invalidateQueries({ queryKey: ['flow', saved.name] });
      await onSaved(saved);
    },
  });
  const isBound = references.every((reference) => chosen[reference] !== undefined);
  return (
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
      {saving.isError && <Failed error={saving.error} />}
      <div className="actions">
        <Button
          appearance="primary"
          disabled={flow === undefined || saving.isPending || !isBound}
          onClick={() => saving.mutate()}
        >
          {saveLabel}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
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
