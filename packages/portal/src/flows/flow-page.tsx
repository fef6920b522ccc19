import { Button, Tab, TabList } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteFlow, type Flow, getFlow, readCallbackUrl } from '../api/flows.ts';
import type { ApiFinding, Json } from '../api/request.ts';
import { FindingList } from '../connectors/finding-list.tsx';
import { ConfirmButton } from '../shell/confirm-button.tsx';
import { useEnvironment } from '../shell/environment.tsx';
import { JsonView } from '../shell/json-view.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { DefinitionText } from './definition-text.tsx';
import { DownloadFlowButton } from './download-flow.tsx';
import { StateSwitch } from './flow-list.tsx';
import { RunNowButton } from './run-now.tsx';
import { RunTable } from './run-table.tsx';
import { StepList } from './step-list.tsx';
import { buildSteps } from './step-tree.ts';
import { TriggerStateCard } from './trigger-state.tsx';

export function FlowPage({ id }: { readonly id: string }) {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [tab, setTab] = useState('runs');
  const [downloaded, setDownloaded] = useState<readonly ApiFinding[] | Error>([]);
  const flow = useQuery({ queryKey: ['flow', id], queryFn: () => getFlow(environment, id) });
  if (flow.isPending) return <Loading rows={8} />;
  if (flow.isError) return <Failed error={flow.error} onRetry={() => flow.refetch()} />;
  const { displayName, definition } = flow.data.properties;
  const trigger = Object.keys(definition?.triggers ?? {})[0];
  const remove = async (): Promise<void> => {
    await deleteFlow(environment, id);
    await queryClient.invalidateQueries({ queryKey: ['flows'] });
    await navigate({ to: '/flows' });
  };
  return (
    <div className="page">
      <PageHead
        title={displayName}
        actions={
          <>
            <StateSwitch flow={flow.data} environment={environment} />
            {trigger !== undefined && (
              <RunNowButton flow={id} trigger={trigger} type={definition?.triggers?.[trigger]?.type ?? ''} />
            )}
            <Button icon={<EditRegular />} onClick={() => navigate({ to: '/flows/$id/edit', params: { id } })}>
              Change
            </Button>
            <DownloadFlowButton flow={id} onDone={setDownloaded} />
            <ConfirmButton label="Delete" title={`Delete ${displayName}?`} onConfirm={remove}>
              Its runs and their history are deleted with it. This cannot be undone.
            </ConfirmButton>
          </>
        }
      />
      {downloaded instanceof Error && <Failed error={downloaded} />}
      {!(downloaded instanceof Error) && downloaded.length > 0 && <FindingList findings={downloaded} />}
      {trigger !== undefined && definition?.triggers?.[trigger]?.type?.toLowerCase() === 'request' && (
        <CallbackUrl environment={environment} flow={id} trigger={trigger} />
      )}
      {trigger !== undefined && <TriggerStateCard flow={id} trigger={trigger} />}
      <TabList selectedValue={tab} onTabSelect={(_, { value }) => setTab(String(value))}>
        <Tab value="runs">Runs</Tab>
        <Tab value="steps">Steps</Tab>
        <Tab value="definition">Definition</Tab>
      </TabList>
      {tab === 'runs' && <RunTable flow={id} />}
      {tab === 'steps' && <Steps flow={flow.data} />}
      {tab === 'definition' && <DefinitionText flow={flow.data} />}
    </div>
  );
}

function CallbackUrl({
  environment,
  flow,
  trigger,
}: {
  readonly environment: string;
  readonly flow: string;
  readonly trigger: string;
}) {
  const read = useMutation({ mutationFn: () => readCallbackUrl(environment, flow, trigger) });
  return (
    <div className="card padded actions">
      <span className="muted">Anyone with its signed address can start this flow.</span>
      <Button size="small" onClick={() => read.mutate()}>
        Show the address
      </Button>
      {read.data !== undefined && (
        <code className="mono" style={{ overflowWrap: 'anywhere' }}>
          {read.data}
        </code>
      )}
      {read.isError && <Failed error={read.error} />}
    </div>
  );
}

function Steps({ flow }: { readonly flow: Flow }) {
  const { definition } = flow.properties;
  const all = [...buildSteps(definition?.triggers), ...buildSteps(definition?.actions)];
  const [selected, setSelected] = useState(all[0]?.name);
  return (
    <div className="split">
      <nav className="card padded" aria-label="Steps">
        <StepList steps={all} selected={selected} onSelect={setSelected} />
      </nav>
      <JsonView label={`Definition of ${selected}`} value={findStep(definition, selected) as Json | undefined} />
    </div>
  );
}

/** A step's own text in a definition, at any depth. */
function findStep(value: unknown, name: string | undefined): unknown {
  if (typeof value !== 'object' || value === null || name === undefined) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const isSteps = (key === 'actions' || key === 'triggers') && typeof inner === 'object' && inner !== null;
    if (isSteps && Object.hasOwn(inner, name)) return (inner as { readonly [key: string]: unknown })[name];
    const found = findStep(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
