import {
  Button,
  Dropdown,
  Option,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listRuns, type RunSummary } from '../api/flows.ts';
import { RunStatus } from '../runs/run-status.tsx';
import { formatDuration, formatTime } from '../shell/format.ts';
import { Failed, Loading } from '../shell/states.tsx';

const statuses = ['Succeeded', 'Failed', 'Running', 'Waiting', 'TimedOut', 'Cancelled'];
const underWay: ReadonlySet<string> = new Set(['Running', 'Waiting']);

/** The history of a flow, newest first, fifty at a time. */
export function RunTable({ environment, flow }: { readonly environment: string; readonly flow: string }) {
  const [status, setStatus] = useState<string>();
  const runs = useInfiniteQuery({
    queryKey: ['runs', flow, status],
    queryFn: ({ pageParam }) => listRuns(environment, flow, { status, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextLink }) => nextLink,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ value }) => value.some((run) => underWay.has(run.properties.status))) === true
        ? 2000
        : 10_000,
  });
  const all = runs.data?.pages.flatMap(({ value }) => value);
  return (
    <>
      <Dropdown
        aria-label="Only runs with this status"
        style={{ maxWidth: 220 }}
        value={status ?? 'Every status'}
        selectedOptions={[status ?? '']}
        onOptionSelect={(_, { optionValue }) => setStatus(optionValue === '' ? undefined : optionValue)}
      >
        <Option value="">Every status</Option>
        {statuses.map((one) => (
          <Option key={one} value={one}>
            {one}
          </Option>
        ))}
      </Dropdown>
      {runs.isPending && <Loading />}
      {runs.isError && <Failed error={runs.error} onRetry={() => runs.refetch()} />}
      {all?.length === 0 && (
        <p className="muted">{status === undefined ? 'It has not run yet.' : `No run is ${status.toLowerCase()}.`}</p>
      )}
      {all !== undefined && all.length > 0 && (
        <div className="card scroll-x">
          <Table aria-label="Runs">
            <TableHeader>
              <TableRow>
                <TableHeaderCell>Started</TableHeaderCell>
                <TableHeaderCell>Status</TableHeaderCell>
                <TableHeaderCell>Duration</TableHeaderCell>
              </TableRow>
            </TableHeader>
            <TableBody>
              {all.map((run) => (
                <RunRow key={run.name} flow={flow} run={run} />
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      {runs.hasNextPage && (
        <div className="actions">
          <Button disabled={runs.isFetchingNextPage} onClick={() => runs.fetchNextPage()}>
            Older runs
          </Button>
        </div>
      )}
    </>
  );
}

function RunRow({ flow, run: { name, properties } }: { readonly flow: string; readonly run: RunSummary }) {
  return (
    <TableRow>
      <TableCell>
        <Link to="/flows/$id/runs/$run" params={{ id: flow, run: name }}>
          {formatTime(properties.startTime)}
        </Link>
      </TableCell>
      <TableCell>
        <RunStatus status={properties.status} />
      </TableCell>
      <TableCell>{formatDuration(properties.startTime, properties.endTime)}</TableCell>
    </TableRow>
  );
}
