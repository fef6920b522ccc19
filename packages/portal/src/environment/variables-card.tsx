import {
  Button,
  Field,
  Input,
  Switch,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteVariable, listVariables, putVariable, type Variable } from '../api/environment-settings.ts';
import { ConfirmButton } from '../shell/confirm-button.tsx';
import { Failed, Loading } from '../shell/states.tsx';

/** The variables that definitions refer to as `@environmentVariables("name")`. */
export function VariablesCard({ environment }: { readonly environment: string }) {
  const queryClient = useQueryClient();
  const key = ['variables', environment];
  const variables = useQuery({ queryKey: key, queryFn: () => listVariables(environment) });
  const refresh = (): Promise<void> => queryClient.invalidateQueries({ queryKey: key });
  if (variables.isPending) return <Loading rows={3} />;
  if (variables.isError) return <Failed error={variables.error} onRetry={() => variables.refetch()} />;
  const remove = async (name: string): Promise<void> => {
    await deleteVariable(environment, name);
    await refresh();
  };
  return (
    <section className="card padded" aria-label="Variables">
      <h2 style={{ marginTop: 0, fontSize: 16 }}>Variables</h2>
      {variables.data.length === 0 ? (
        <p className="muted">There are none. Definitions refer to them as @environmentVariables("name").</p>
      ) : (
        <VariableTable variables={variables.data} onDelete={remove} />
      )}
      <VariableForm environment={environment} onSaved={refresh} />
    </section>
  );
}

function VariableTable(props: {
  readonly variables: readonly Variable[];
  readonly onDelete: (name: string) => Promise<void>;
}) {
  return (
    <Table aria-label="Variables of the environment">
      <TableHeader>
        <TableRow>
          <TableHeaderCell>Name</TableHeaderCell>
          <TableHeaderCell>Value</TableHeaderCell>
          <TableHeaderCell />
        </TableRow>
      </TableHeader>
      <TableBody>
        {props.variables.map(({ name, isSecret, value }) => (
          <TableRow key={name}>
            <TableCell className="mono">{name}</TableCell>
            <TableCell>{isSecret ? <span className="muted">A secret, never shown</span> : value}</TableCell>
            <TableCell>
              <ConfirmButton
                label={`Delete ${name}`}
                title={`Delete the variable “${name}”?`}
                onConfirm={() => props.onDelete(name)}
              >
                Definitions that refer to it fail from then on.
              </ConfirmButton>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function VariableForm({
  environment,
  onSaved,
}: {
  readonly environment: string;
  readonly onSaved: () => Promise<void>;
}) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [isSecret, setSecret] = useState(false);
  const save = useMutation({
    mutationFn: () => putVariable(environment, name, value, isSecret),
    onSuccess: async () => {
      setName('');
      setValue('');
      await onSaved();
    },
  });
  return (
    <div className="form">
      <Field label="Name of the variable" hint="Letters, digits, _ . and -. One that there is gets another value.">
        <Input value={name} autoComplete="off" onChange={(_, data) => setName(data.value)} />
      </Field>
      <Field label="Its value">
        <Input
          type={isSecret ? 'password' : 'text'}
          autoComplete="off"
          value={value}
          onChange={(_, data) => setValue(data.value)}
        />
      </Field>
      <Switch
        label="Secret: sealed, and never shown again"
        checked={isSecret}
        onChange={(_, data) => setSecret(data.checked)}
      />
      {save.isError && <Failed error={save.error} />}
      <div className="actions">
        <Button appearance="primary" disabled={name === '' || save.isPending} onClick={() => save.mutate()}>
          Set the variable
        </Button>
      </div>
    </div>
  );
}
