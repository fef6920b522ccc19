import { Button, Field, Input } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getRetention, putRetention, type Retention } from '../api/environment-settings.ts';
import { Failed, Loading } from '../shell/states.tsx';

/** How long runs that have ended are kept. */
export function RetentionCard({ environment }: { readonly environment: string }) {
  const retention = useQuery({
    queryKey: ['retention', environment],
    queryFn: () => getRetention(environment),
  });
  if (retention.isPending) return <Loading rows={2} />;
  if (retention.isError) return <Failed error={retention.error} onRetry={() => retention.refetch()} />;
  return (
    <section className="card padded" aria-label="History">
      <h2 style={{ marginTop: 0, fontSize: 16 }}>How long runs are kept</h2>
      <RetentionForm
        key={JSON.stringify(retention.data)}
        environment={environment}
        days={String(retention.data.days)}
        runsPerFlow={String(retention.data.runsPerFlow)}
      />
    </section>
  );
}

function RetentionForm(props: { readonly environment: string; readonly days: string; readonly runsPerFlow: string }) {
  const { environment } = props;
  const queryClient = useQueryClient();
  const [days, setDays] = useState(props.days);
  const [runsPerFlow, setRunsPerFlow] = useState(props.runsPerFlow);
  const save = useMutation({
    mutationFn: (): Promise<Retention> =>
      putRetention(environment, { days: Number(days), runsPerFlow: Number(runsPerFlow) }),
    onSuccess: (saved) => queryClient.setQueryData(['retention', environment], saved),
  });
  const isChanged = days !== props.days || runsPerFlow !== props.runsPerFlow;
  return (
    <div className="form">
      <NumberField label="Days after their end" hint="0: without end." value={days} onChange={setDays} />
      <NumberField
        label="Runs of each flow"
        hint="So many of the newest are kept; 0: as many as come. Runs of the last hour are kept in any case."
        value={runsPerFlow}
        onChange={setRunsPerFlow}
      />
      {save.isError && <Failed error={save.error} />}
      <div className="actions">
        <Button
          appearance="primary"
          disabled={save.isPending || !isChanged || !isNumber(days) || !isNumber(runsPerFlow)}
          onClick={() => save.mutate()}
        >
          Save how long runs are kept
        </Button>
      </div>
    </div>
  );
}

function NumberField(props: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field
      label={props.label}
      hint={props.hint}
      validationState={isNumber(props.value) ? 'none' : 'error'}
      validationMessage={isNumber(props.value) ? null : 'Write a number.'}
    >
      <Input inputMode="numeric" value={props.value} onChange={(_, { value }) => props.onChange(value)} />
    </Field>
  );
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}
