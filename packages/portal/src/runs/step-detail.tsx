import { Dropdown, Field, MessageBar, MessageBarBody, MessageBarTitle, Option } from '@fluentui/react-components';
import { LockClosedRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Outcome, RunAction, RunPage, RunStep } from '../api/flows.ts';
import type { Json } from '../api/request.ts';
import { formatDuration, formatTime } from '../shell/format.ts';
import { JsonView } from '../shell/json-view.tsx';
import { RepeatRun } from './repeat-run.tsx';
import { RunStatus } from './run-status.tsx';

/** Everything about one step of a run; for a step in a loop, of the pass that is chosen. */
export function StepDetail({
  step,
  run,
}: {
  readonly run: RunPage;
  readonly step: RunStep & { readonly type: string } & Partial<RunAction>;
}) {
  const passes = step.repetitions ?? [];
  const firstFailed = passes.findIndex((pass) => pass.status === 'Failed');
  const [index, setIndex] = useState(Math.max(0, firstFailed));
  const shown: Outcome = passes[index] ?? step;
  return (
    <section className="card padded page" aria-label={`Details of ${step.name}`}>
      <div className="actions">
        <h2 style={{ margin: 0, fontSize: 18, flex: 1 }}>{step.name.replaceAll('_', ' ')}</h2>
        <RunStatus status={shown.status} />
        {step.canRepeat === true && <RepeatRun run={run} from={step.name} />}
      </div>
      {passes.length > 0 && (
        <Field label={passCount(passes.length, step.repetitionCount)}>
          <Dropdown
            value={passLabel(passes[index]?.iteration, passes[index]?.status)}
            selectedOptions={[String(index)]}
            onOptionSelect={(_, { optionValue }) => setIndex(Number(optionValue))}
          >
            {passes.map((pass, at) => (
              <Option key={pass.iteration} value={String(at)}>
                {passLabel(pass.iteration, pass.status)}
              </Option>
            ))}
          </Dropdown>
        </Field>
      )}
      {shown.error !== undefined && (
        <MessageBar intent={shown.status === 'Skipped' ? 'info' : 'error'} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{shown.error.code}</MessageBarTitle>
            {shown.error.message}
          </MessageBarBody>
        </MessageBar>
      )}
      <dl className="facts">
        <dt>Type</dt>
        <dd>{step.type}</dd>
        <dt>Started</dt>
        <dd>{formatTime(shown.startTime)}</dd>
        <dt>Duration</dt>
        <dd>{formatDuration(shown.startTime, shown.endTime)}</dd>
        {step.isKept === true && (
          <>
            <dt>Result</dt>
            <dd>Kept from the earlier run</dd>
          </>
        )}
        {shown.code !== undefined && (
          <>
            <dt>Code</dt>
            <dd>{shown.code}</dd>
          </>
        )}
      </dl>
      <Payload title="Inputs" value={shown.inputs} isHidden={step.hidden?.includes('inputs')} />
      <Payload title="Outputs" value={shown.outputs} isHidden={step.hidden?.includes('outputs')} />
      {step.retryHistory !== undefined && <Payload title="Retries" value={step.retryHistory as Json} />}
    </section>
  );
}

/** Of a loop that ran very often the first passes are there, and one that failed. */
function passCount(shown: number, all: number | undefined): string {
  return all === undefined || all <= shown ? `Pass (${shown})` : `Pass (${shown} of ${all})`;
}

function passLabel(iteration: string | undefined, status: string | undefined): string {
  const numbers = (iteration ?? '').split('-').map((index) => Number(index) + 1);
  return `${numbers.join(', ')} · ${status ?? ''}`;
}

function Payload({
  title,
  value,
  isHidden = false,
}: {
  readonly title: string;
  readonly value: Json | undefined;
  readonly isHidden?: boolean | undefined;
}) {
  return (
    <div>
      <h3 style={{ margin: '0 0 6px', fontSize: 14 }}>{title}</h3>
      {isHidden ? (
        <p className="muted note">
          <LockClosedRegular aria-hidden /> Not shown: the flow secures these {title.toLowerCase()}, or what they are
          made of.
        </p>
      ) : (
        <JsonView label={title} value={value} />
      )}
    </div>
  );
}
