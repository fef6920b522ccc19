import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { getFlow, updateFlow } from '../api/flows.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Failed, Loading } from '../shell/states.tsx';
import { FlowForm } from './flow-form.tsx';
import { textOfFlow } from './text-of-flow.ts';

export function EditFlowPage({ id }: { readonly id: string }) {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  // What is written is not overwritten by what is read again meanwhile.
  const flow = useQuery({
    queryKey: ['edited-flow', id],
    queryFn: () => getFlow(environment, id),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (flow.isPending) return <Loading rows={8} />;
  if (flow.isError) return <Failed error={flow.error} onRetry={() => flow.refetch()} />;
  const { displayName, definition, parameters = {}, connectionReferences = {} } = flow.data.properties;
  const back = (): Promise<void> => navigate({ to: '/flows/$id', params: { id } });
  return (
    <div className="page">
      <PageHead title={`Change ${displayName}`}>
        Saving makes a new revision, which runs from then on. Runs that are under way go on with theirs. Secret
        parameters that are not given again stay as they are.
      </PageHead>
      <FlowForm
        text={textOfFlow({ displayName, definition, parameters, connectionReferences })}
        connections={Object.fromEntries(
          Object.entries(connectionReferences).flatMap(([reference, { connectionName = '' }]) =>
            connectionName === '' ? [] : [[reference, connectionName]],
          ),
        )}
        saveLabel="Save"
        save={(changed) => updateFlow(environment, id, changed)}
        onSaved={back}
        onCancel={back}
      />
    </div>
  );
}
