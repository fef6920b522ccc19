import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Json } from '../api/request.ts';
import { checkTrigger, getTriggerState, putTriggerState, type TriggerState, type Watch } from '../api/triggers.ts';
import { ConfirmButton } from '../shell/confirm-button.tsx';
import { formatTime } from '../shell/format.ts';
import { JsonView } from '../shell/json-view.tsx';
import { Failed } from '../shell/states.tsx';
import { describeNote, describeWatch } from './describe-watch.ts';
import { StateEditor } from './state-editor.tsx';

/** How a flow's trigger hears of events at an API; nothing for triggers that do not. */
export function TriggerStateCard({ flow, trigger }: { readonly flow: string; readonly trigger: string }) {
  const queryClient = useQueryClient();
  const key = ['trigger-state', flow, trigger];
  const state = useQuery({
    queryKey: key,
    queryFn: () => getTriggerState(flow, trigger),
    refetchInterval: (query) => ((query.state.data?.watches.length ?? 0) > 0 ? 5_000 : false),
  });
  const again = (): Promise<void> => queryClient.invalidateQueries({ queryKey: key });
  const check = useMutation({ mutationFn: () => checkTrigger(flow, trigger), onSettled: again });
  const [isOpen, setOpen] = useState(false);
  if (state.isError) return <Failed error={state.error} onRetry={() => state.refetch()} />;
  if (state.data === undefined || state.data.watches.length === 0) return null;
  const put = async (next: Json): Promise<void> => {
    await putTriggerState(flow, trigger, next);
    await again();
  };
  return (
    <section className="card padded" aria-label="Trigger">
      {state.data.watches.map((watch) => (
        <WatchLine key={watch.kind + watch.status} watch={watch} />
      ))}
      <div className="actions">
        <Button size="small" onClick={() => check.mutate()} disabled={check.isPending}>
          Check now
        </Button>
        <Button size="small" appearance="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide the state' : 'Show the state'}
        </Button>
        {state.data.watches.some(({ kind, state: kept }) => kind === 'poll' && kept !== null) && (
          <ConfirmButton label="Begin anew" title="Begin anew?" onConfirm={() => put(null)}>
            The next poll only finds out what is there: what came since the last one starts no runs.
          </ConfirmButton>
        )}
      </div>
      {check.isError && <Failed error={check.error} />}
      {isOpen && <Details state={state.data} onSave={put} />}
    </section>
  );
}

function WatchLine({ watch }: { readonly watch: Watch }) {
  const times = [
    ['since', watch.status === 'Active' ? watch.activeSince : undefined],
    ['last asked', watch.kind === 'poll' ? watch.lastContact : undefined],
    ['next', watch.nextContact],
    ['last event', watch.lastEvent],
  ].flatMap(([label, time]) => (time === undefined ? [] : [`${label} ${formatTime(time)}`]));
  return (
    <>
      <p>
        {describeWatch(watch)} <span className="muted">{times.join(' · ')}</span>
      </p>
      {watch.error !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{watch.error.message}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

function Details({ state, onSave }: { readonly state: TriggerState; readonly onSave: (state: Json) => Promise<void> }) {
  return (
    <>
      {state.watches.map((watch) =>
        watch.kind === 'poll' ? (
          <StateEditor key={JSON.stringify(watch.state)} state={watch.state} onSave={onSave} />
        ) : (
          <JsonView key={watch.kind + watch.status} label={`State of the ${watch.kind}`} value={watch.state} />
        ),
      )}
      {state.notes.length > 0 && (
        <ul aria-label="History of the trigger">
          {state.notes.map((note) => (
            <li key={`${note.at} ${note.event}`}>
              <span className="muted">{formatTime(note.at)}</span> {describeNote(note)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
