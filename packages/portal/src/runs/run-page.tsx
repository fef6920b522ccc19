import { Button } from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { cancelRun, type FlowDefinition, getFlow, getRun, type RunPage } from '../api/flows.ts';
import { StepList } from '../flows/step-list.tsx';
import { buildSteps } from '../flows/step-tree.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { formatDuration, formatTime } from '../shell/format.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { RepeatRun, RunOrigin } from './repeat-run.tsx';
import { RunStatus, StatusMark } from './run-status.tsx';
import { StepDetail } from './step-detail.tsx';

/** A run, step by step: what each was given, what it gave, and what went wrong. */
export function RunPageView({ flowId, runId }: { readonly flowId: string; readonly runId: string }) {
  const { name: environment } = useEnvironment();
  const flow = useQuery({ queryKey: ['flow', flowId], queryFn: () => getFlow(environment, flowId) });
  const run = useQuery({
    queryKey: ['run', runId],
    queryFn: () => getRun(flowId, runId),
    refetchInterval: (query) => (isUnfinished(query.state.data?.status) ? 1000 : false),
  });
  const cancel = useMutation({
    mutationFn: () => cancelRun(environment, flowId, runId),
    onSuccess: () => run.refetch(),
  });
  if (run.isPending) return <Loading rows={10} />;
  if (run.isError) return <Failed error={run.error} onRetry={() => run.refetch()} />;
  const { status, startTime, endTime, error } = run.data;
  return (
    <div className="page">
      <PageHead
        title={flow.data?.properties.displayName ?? 'Run'}
        actions={
          <>
            {isUnfinished(status) ? (
              <Button disabled={cancel.isPending} onClick={() => cancel.mutate()}>
                Cancel the run
              </Button>
            ) : (
              <RepeatRun run={run.data} />
            )}
            <Link to="/flows/$id" params={{ id: flowId }}>
              All runs
            </Link>
          </>
        }
      >
        <RunStatus status={status} /> {`${formatTime(startTime)} · ${formatDuration(startTime, endTime)}`}
      </PageHead>
      <RunOrigin run={run.data} />
      {cancel.isError && <Failed error={cancel.error} />}
      {error !== undefined && <Failed error={new Error(`${error.code}: ${error.message}`)} />}
      <Steps run={run.data} definition={flow.data?.properties.definition} />
    </div>
  );
}

function isUnfinished(status: string | undefined): boolean {
  return status === 'Running' || status === 'Waiting';
}

function Steps({ run, definition }: { readonly run: RunPage; readonly definition: FlowDefinition | undefined }) {
  const byName = new Map(run.actions.map((action) => [action.name, action]));
  const failed = run.actions.find(
    (action) => action.status === 'Failed' && !['Foreach', 'Scope', 'If', 'Switch', 'Until'].includes(action.type),
  );
  const [chosen, setChosen] = useState<string>();
  const selected = chosen ?? failed?.name ?? run.trigger.name;
  const steps = [{ name: run.trigger.name, type: 'trigger', branches: [] }, ...buildSteps(definition?.actions)];
  const statusOf = (name: string): string =>
    name === run.trigger.name ? run.trigger.status : (byName.get(name)?.status ?? 'NotRun');
  const durationOf = (name: string): string => {
    const step = name === run.trigger.name ? run.trigger : byName.get(name);
    const times = byName.get(name)?.repetitionCount;
    const duration = step?.status === 'Skipped' ? 'skipped' : formatDuration(step?.startTime, step?.endTime);
    return times === undefined ? duration : `${times} × · ${duration}`;
  };
  const step = selected === run.trigger.name ? { ...run.trigger, type: 'trigger' } : byName.get(selected);
  return (
    <div className="split">
      <nav className="card padded" aria-label="Steps">
        <StepList
          steps={steps}
          selected={selected}
          onSelect={setChosen}
          mark={(name) => <StatusMark status={statusOf(name)} />}
          note={durationOf}
        />
      </nav>
      {step === undefined ? (
        <p className="muted">This step has not run.</p>
      ) : (
        <StepDetail key={selected} step={step} run={run} />
      )}
    </div>
  );
}
