import { Button, Dropdown, Field, Input, Option } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { beginSignIn, createConnection } from '../api/connections.ts';
import { type ConnectionParameter, describeConnector, listConnectors } from '../api/connectors.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Failed, Loading } from '../shell/states.tsx';

export function NewConnectionPage({ connector: given }: { readonly connector: string | undefined }) {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState(given);
  const [displayName, setDisplayName] = useState('');
  const [values, setValues] = useState<{ readonly [name: string]: string }>({});
  const connectors = useQuery({ queryKey: ['connectors', environment], queryFn: () => listConnectors(environment) });
  const described = useQuery({
    queryKey: ['operations', chosen],
    queryFn: () => describeConnector(chosen ?? ''),
    enabled: chosen !== undefined,
  });
  const title = connectors.data?.find((one) => one.name === chosen)?.properties.displayName;
  const [setName, setSetName] = useState<string>();
  const sets = described.data?.connectionParameterSets ?? [];
  const set = sets.find((one) => one.name === setName) ?? sets[0];
  const asked = set?.parameters ?? described.data?.connectionParameters ?? [];
  const signIn = set?.signIn ?? described.data?.signIn ?? 'none';
  const parameters = asked.filter(({ hidden, type }) => !hidden && type !== 'oauthSetting');
  const create = useMutation({
    mutationFn: () =>
      createConnection(environment, {
        connector: chosen ?? '',
        displayName: displayName === '' ? (title ?? '') : displayName,
        ...(set !== undefined && { parameterSet: set.name }),
        parameters: Object.fromEntries(
          Object.entries(values).filter(([name]) => asked.some((one) => one.name === name)),
        ),
      }),
    onSuccess: async ({ name }) => {
      await queryClient.invalidateQueries({ queryKey: ['connections'] });
      if (signIn === 'browser') {
        const start = await beginSignIn(name);
        if (start.kind === 'browser') return window.location.assign(start.url);
      }
      await navigate({ to: '/connections/$name', params: { name } });
    },
  });
  const isComplete =
    chosen !== undefined &&
    described.isSuccess &&
    parameters.every((one) => !one.required || (values[one.name] ?? '') !== '');
  return (
    <div className="page">
      <PageHead title="New connection">What you enter here is used for calls and never shown again.</PageHead>
      <div className="form">
        <Field label="Connector" required>
          <Dropdown
            placeholder="Choose a connector"
            value={title ?? ''}
            selectedOptions={chosen === undefined ? [] : [chosen]}
            onOptionSelect={(_, { optionValue }) => setChosen(optionValue)}
          >
            {(connectors.data ?? []).map((one) => (
              <Option key={one.name} value={one.name}>
                {one.properties.displayName}
              </Option>
            ))}
          </Dropdown>
        </Field>
        {connectors.isError && <Failed error={connectors.error} />}
        {chosen !== undefined && described.isPending && <Loading rows={2} />}
        {described.isError && <Failed error={described.error} />}
        {chosen !== undefined && (
          <Field label="Name" hint="How you will recognise it.">
            <Input value={displayName} placeholder={title ?? ''} onChange={(_, { value }) => setDisplayName(value)} />
          </Field>
        )}
        {sets.length > 1 && (
          <Field label="Way to connect" hint={set?.description ?? null}>
            <Dropdown
              value={set?.displayName ?? ''}
              selectedOptions={set === undefined ? [] : [set.name]}
              onOptionSelect={(_, { optionValue }) => setSetName(optionValue)}
            >
              {sets.map((one) => (
                <Option key={one.name} value={one.name}>
                  {one.displayName}
                </Option>
              ))}
            </Dropdown>
          </Field>
        )}
        {parameters.map((parameter) => (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            value={values[parameter.name] ?? ''}
            onChange={(value) => setValues({ ...values, [parameter.name]: value })}
          />
        ))}
        {create.isError && <Failed error={create.error} />}
        <div className="actions">
          <Button appearance="primary" disabled={!isComplete || create.isPending} onClick={() => create.mutate()}>
            {signIn === 'none' ? 'Create' : 'Create and sign in'}
          </Button>
          <Button onClick={() => navigate({ to: '/connections' })}>Cancel</Button>
        </div>
      </div>
    </div>
  );
}

function ParameterField(props: {
  readonly parameter: ConnectionParameter;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { parameter, value, onChange } = props;
  const hint = [parameter.description, parameter.tooltip]
    .filter((text) => text !== '' && text !== parameter.displayName)
    .join(' ');
  return (
    <Field label={parameter.displayName} required={parameter.required} hint={hint}>
      {parameter.allowedValues.length > 0 ? (
        <Dropdown
          value={parameter.allowedValues.find((one) => String(one.value) === value)?.text ?? ''}
          selectedOptions={[value]}
          onOptionSelect={(_, { optionValue }) => onChange(optionValue ?? '')}
        >
          {parameter.allowedValues.map((one) => (
            <Option key={String(one.value)} value={String(one.value)}>
              {one.text}
            </Option>
          ))}
        </Dropdown>
      ) : (
        <Input
          type={parameter.clearText ? 'text' : 'password'}
          autoComplete="off"
          value={value}
          onChange={(_, data) => onChange(data.value)}
        />
      )}
    </Field>
  );
}
