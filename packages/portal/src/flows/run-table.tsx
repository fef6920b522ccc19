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
import { useEnvironment } from '../shell/environment.tsx';
import { formatDuration, formatTime } from '../shell/format.ts';
import { Failed, Loading } from '../shell/states.tsx';

const statuses = ['Succeeded', 'Failed', 'TimedOut', 'Running', 'Waiting', 'Cancelled'];

const spans = [
  { name: 'last hour', ms: 3_600_000 },
  { name: 'last day', ms: 86_400_000 },
  { name: 'last week', ms: 604_800_000 },
];

/** The history of a flow, newest first: of one status or all, of the last time or all of it. */
export function RunTable({ flow }: { readonly flow: string }) {
  const { name: environment } = useEnvironment();
  const [status, setStatus] = useState<string>();
  const [since, setSince] = useState<{ readonly name: string; readonly startedFrom: string }>();
  const history = useInfiniteQuery({
    queryKey: ['runs', flow, status, since?.startedFrom],
    queryFn: ({ pageParam }) =>
      listRuns(environment, flow, { status, startedFrom: since?.startedFrom, next: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state: { data } }) => {
      // Whoever reads further back is not made to read it all again.
      if ((data?.pages.length ?? 0) > 1) return false;
      return data?.pages.some(({ runs }) => runs.some(isUnfinished)) === true ? 2000 : 10_000;
    },
  });
  const runs = history.data?.pages.flatMap((page) => page.runs);
  return (
    <>
      <div className="actions">
        <Choice
          label="Only runs with this status"
          all="Every status"
          of={statuses}
          chosen={status}
          onChoose={setStatus}
        />
        <Choice
          label="Only runs since"
          all="At any time"
          of={spans.map(({ name }) => name)}
          chosen={since?.name}
          onChoose={(name) => {
            const span = spans.find((one) => one.name === name);
            setSince(span && { name: span.name, startedFrom: new Date(Date.now() - span.ms).toISOString() });
          }}
        />
      </div>
      {history.isPending && <Loading />}
      {history.isError && <Failed error={history.error} onRetry={() => history.refetch()} />}
      {runs?.length === 0 && (
        <p className="muted">
          {status === undefined && since === undefined ? 'It has not run yet.' : 'There is no such run.'}
        </p>
      )}
      {runs !== undefined && runs.length > 0 && <Rows flow={flow} runs={runs} />}
      {history.hasNextPage && (
        <div className="actions">
          <Button disabled={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
            Older runs
          </Button>
        </div>
      )}
    </>
  );
}

function isUnfinished({ properties: { status } }: RunSummary): boolean {
  return status === 'Running' || status === 'Waiting';
}

function Choice({
  label,
  all,
  of,
  chosen,
  onChoose,
}: {
  readonly label: string;
  readonly all: string;
  readonly of: readonly string[];
  readonly chosen: string | undefined;
  readonly onChoose: (one: string | undefined) => void;
}) {
  return (
    <Dropdown
      aria-label={label}
      style={{ minWidth: 160 }}
      value={chosen ?? all}
      selectedOptions={[chosen ?? '']}
      onOptionSelect={(_, { optionValue }) => onChoose(optionValue === '' ? undefined : optionValue)}
    >
      <Option value="">{all}</Option>
      {of.map((one) => (
        <Option key={one} value={one}>
          {one}
        </Option>
      ))}
    </Dropdown>
  );
}

function Rows({ flow, runs }: { readonly flow: string; readonly runs: readonly RunSummary[] }) {
  return (
    <div className="card scroll-x">
      <Table aria-label="Runs">
        <TableHeader>
          <TableRow>
            <TableHeaderCell>Started</TableHeaderCell>
            <TableHeaderCell style={{ width: 120 }}>Status</TableHeaderCell>
            <TableHeaderCell style={{ width: 110 }}>Duration</TableHeaderCell>
            <TableHeaderCell>What happened</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {runs.map(({ name, properties: run }) => (
            <TableRow key={name}>
              <TableCell>
                <Link to="/flows/$id/runs/$run" params={{ id: flow, run: name }}>
                  {formatTime(run.startTime)}
                </Link>
              </TableCell>
              <TableCell>
                <RunStatus status={run.status} />
              </TableCell>
              <TableCell>{formatDuration(run.startTime, run.endTime)}</TableCell>
              <TableCell className="muted">
                {[
                  ...(run.trigger.originHistoryName === name ? [] : ['Repeats an earlier run']),
                  ...(run.error === undefined ? [] : [run.error.message]),
                ].join(' · ')}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
