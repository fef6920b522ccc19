import { Button, Field, Input } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getLimits, type Limits, putLimits } from '../api/environment-settings.ts';
import { Failed, Loading } from '../shell/states.tsx';

/** How much may go out on each connection of an environment. */
export function LimitsCard({ environment }: { readonly environment: string }) {
  const key = ['limits', environment];
  const limits = useQuery({ queryKey: key, queryFn: () => getLimits(environment) });
  if (limits.isPending) return <Loading rows={4} />;
  if (limits.isError) return <Failed error={limits.error} onRetry={() => limits.refetch()} />;
  return (
    <section className="card padded" aria-label="Limits">
      <h2 style={{ marginTop: 0, fontSize: 16 }}>Limits of each connection</h2>
      <LimitsForm key={JSON.stringify(limits.data)} environment={environment} limits={limits.data} />
    </section>
  );
}

/** Shown in units that people think in. */
const fields = [
  { name: 'requestsPerMinute', unit: 1, label: 'Requests a minute', hint: '0: as many as come.' },
  { name: 'concurrentRequests', unit: 1, label: 'Requests under way at a time', hint: '0: as many as come.' },
  {
    name: 'maxWaitMs',
    unit: 1000,
    label: 'Longest wait (seconds)',
    hint: 'So long a call is held back before it fails.',
  },
  { name: 'timeoutMs', unit: 1000, label: 'Longest call (seconds)', hint: 'Not longer than the server allows.' },
  {
    name: 'retryBudgetPercent',
    unit: 1,
    label: 'Retry budget (percent)',
    hint: 'Repeats of what an API refused with 429, in percent of calls. 0: none.',
  },
] as const satisfies readonly {
  readonly name: keyof Limits;
  readonly unit: number;
  readonly [text: string]: unknown;
}[];

function LimitsForm({ environment, limits }: { readonly environment: string; readonly limits: Limits }) {
  const queryClient = useQueryClient();
  const [texts, setTexts] = useState<{ readonly [name: string]: string }>({});
  const textOf = ({ name, unit }: (typeof fields)[number]): string => texts[name] ?? String(limits[name] / unit);
  const isWrong = (field: (typeof fields)[number]): boolean => !/^\d+(\.\d+)?$/.test(textOf(field));
  const save = useMutation({
    mutationFn: () => {
      const entries = fields.map((field) => [field.name, Math.round(Number(textOf(field)) * field.unit)] as const);
      return putLimits(environment, { ...limits, ...Object.fromEntries(entries) });
    },
    onSuccess: (saved) => queryClient.setQueryData(['limits', environment], saved),
  });
  return (
    <div className="form">
      {fields.map((field) => (
        <Field
          key={field.name}
          label={field.label}
          hint={field.hint}
          validationState={isWrong(field) ? 'error' : 'none'}
          validationMessage={isWrong(field) ? 'Write a number.' : null}
        >
          <Input
            inputMode="numeric"
            value={textOf(field)}
            onChange={(_, { value }) => setTexts({ ...texts, [field.name]: value })}
          />
        </Field>
      ))}
      {save.isError && <Failed error={save.error} />}
      <div className="actions">
        <Button
          appearance="primary"
          disabled={save.isPending || Object.keys(texts).length === 0 || fields.some(isWrong)}
          onClick={() => save.mutate()}
        >
          Save the limits
        </Button>
      </div>
    </div>
  );
}
