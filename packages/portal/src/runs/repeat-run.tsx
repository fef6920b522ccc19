import { Button } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type RunPage, repeatRun } from '../api/flows.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { Failed } from '../shell/states.tsx';

/** Repeats a run, all of it or from an action on, and goes to the new run. */
export function RepeatRun({ run, from }: { readonly run: RunPage; readonly from?: string }) {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  // One key for as long as the button is there: pressing it again after a lost answer starts nothing more.
  const [key, setKey] = useState(newKey);
  const repeat = useMutation({
    mutationFn: () => repeatRun(environment, run.flowId, run.runId, { from, key }),
    onSuccess: async (runId) => {
      setKey(newKey());
      await navigate({ to: '/flows/$id/runs/$run', params: { id: run.flowId, run: runId } });
    },
  });
  return (
    <>
      <Button disabled={repeat.isPending} onClick={() => repeat.mutate()}>
        {from === undefined ? 'Run again' : 'Run again from here'}
      </Button>
      {repeat.isError && <Failed error={repeat.error} />}
    </>
  );
}

/** Also where the portal is not in a secure context, in which `crypto.randomUUID` is missing. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-');
}

/** Says which run this one repeats. */
export function RunOrigin({ run }: { readonly run: RunPage }) {
  const { origin, flowId } = run;
  if (origin === undefined) return null;
  return (
    <p className="muted">
      Repeats{' '}
      <Link to="/flows/$id/runs/$run" params={{ id: flowId, run: origin.runId }}>
        an earlier run
      </Link>
      {origin.actions !== undefined && ` from ${origin.actions.join(', ').replaceAll('_', ' ')} on`}
    </p>
  );
}
