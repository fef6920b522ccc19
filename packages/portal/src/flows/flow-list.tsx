import {
  Button,
  Switch,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type Flow, listFlows, setFlowState } from '../api/flows.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { formatTime } from '../shell/format.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Empty, Failed, Loading } from '../shell/states.tsx';

export function FlowListPage() {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const flows = useQuery({ queryKey: ['flows', environment], queryFn: () => listFlows(environment) });
  const add = (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => navigate({ to: '/flows/new' })}>
      New flow
    </Button>
  );
  return (
    <div className="page">
      <PageHead title="Flows" actions={add}>
        Triggers and actions that run on their own and keep a record of every step.
      </PageHead>
      {flows.isPending && <Loading />}
      {flows.isError && <Failed error={flows.error} onRetry={() => flows.refetch()} />}
      {flows.data?.length === 0 && (
        <Empty title="No flows yet" action={add}>
          Deploy a workflow definition that you have, or the one that comes with the sample.
        </Empty>
      )}
      {flows.data !== undefined && flows.data.length > 0 && (
        <div className="card scroll-x">
          <Table aria-label="Flows">
            <TableHeader>
              <TableRow>
                <TableHeaderCell>Name</TableHeaderCell>
                <TableHeaderCell>Trigger</TableHeaderCell>
                <TableHeaderCell>Changed</TableHeaderCell>
                <TableHeaderCell style={{ width: 110 }}>On</TableHeaderCell>
              </TableRow>
            </TableHeader>
            <TableBody>
              {flows.data.map((flow) => (
                <TableRow key={flow.name}>
                  <TableCell>
                    <Link to="/flows/$id" params={{ id: flow.name }}>
                      {flow.properties.displayName}
                    </Link>
                  </TableCell>
                  <TableCell>{flow.properties.definitionSummary?.triggers[0]?.type ?? ''}</TableCell>
                  <TableCell>{formatTime(flow.properties.lastModifiedTime)}</TableCell>
                  <TableCell>
                    <StateSwitch flow={flow} environment={environment} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </div>
  );
}

/** On or off. */
export function StateSwitch({ flow, environment }: { readonly flow: Flow; readonly environment: string }) {
  const queryClient = useQueryClient();
  const isOn = flow.properties.state === 'Started';
  const change = useMutation({
    mutationFn: () => setFlowState(environment, flow.name, isOn ? 'stop' : 'start'),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['flows'] });
      await queryClient.invalidateQueries({ queryKey: ['flow', flow.name] });
    },
  });
  return (
    <Switch
      checked={isOn}
      disabled={change.isPending}
      aria-label={`${flow.properties.displayName} is ${isOn ? 'on' : 'off'}`}
      onChange={() => change.mutate()}
    />
  );
}
