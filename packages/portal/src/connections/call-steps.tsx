import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Badge,
  Button,
  Field,
  Textarea,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { Step } from '../api/explain.ts';
import type { Json } from '../api/request.ts';
import { JsonView } from '../shell/json-view.tsx';

/** What a step is to have made, and whether what follows may go out. */
export type Edit = { readonly from: string; readonly value: Json; readonly send: boolean };

/** Every step of a call, before and after; the after can be edited, and the call goes on from there. */
export function CallSteps({
  steps,
  isBusy,
  onReplay,
}: {
  readonly steps: readonly Step[];
  readonly isBusy: boolean;
  readonly onReplay: (edit: Edit) => void;
}) {
  return (
    <section className="card padded" aria-label="Steps">
      <h2 style={{ marginTop: 0, fontSize: 16 }}>Steps</h2>
      <Accordion collapsible multiple>
        {steps.map((step) => (
          <AccordionItem key={step.id} value={step.id}>
            <AccordionHeader>
              {titleOf(step)}
              {step.edited === true && (
                <Badge appearance="tint" color="warning" style={{ marginLeft: 8 }}>
                  edited
                </Badge>
              )}
            </AccordionHeader>
            <AccordionPanel>
              <JsonView label={`Before ${step.id}`} value={step.before} />
              <EditableAfter key={JSON.stringify(step.after)} step={step} isBusy={isBusy} onReplay={onReplay} />
            </AccordionPanel>
          </AccordionItem>
        ))}
      </Accordion>
    </section>
  );
}

const titles: { readonly [step: string]: string } = {
  bind: 'The parameters become a request',
  authenticate: 'The credential is put on',
  transport: 'The request goes out',
  result: 'The answer is read',
};

function titleOf({ step, name }: Step): string {
  return name === undefined ? (titles[step] ?? step) : `${step === 'policy' ? 'Policy' : step} “${name}”`;
}

/** Parts of a call that went out in several requests have no after that the call could go on from. */
function isReplayable({ step, name }: Step): boolean {
  return step !== 'transport' || name === undefined;
}

function EditableAfter({
  step,
  isBusy,
  onReplay,
}: {
  readonly step: Step;
  readonly isBusy: boolean;
  readonly onReplay: (edit: Edit) => void;
}) {
  const [text, setText] = useState(() => JSON.stringify(step.after, null, 2));
  if (!isReplayable(step)) return <JsonView label={`After ${step.id}`} value={step.after} />;
  const value = parse(text);
  const replay = (send: boolean): void => {
    if (value.kind === 'valid') onReplay({ from: step.id, value: value.value, send });
  };
  const isAnswer = typeof step.after === 'object' && step.after !== null && 'statusCode' in step.after;
  return (
    <>
      <Field
        label={`After ${step.id}`}
        hint="Edit it and go on from here. A secret (***) that is left as it is goes along."
        validationState={value.kind === 'invalid' ? 'error' : 'none'}
        validationMessage={value.kind === 'invalid' ? value.message : null}
      >
        <Textarea
          className="mono"
          rows={Math.min(text.split('\n').length + 1, 20)}
          value={text}
          onChange={(_, data) => setText(data.value)}
        />
      </Field>
      <div className="actions">
        <Button size="small" disabled={isBusy || value.kind === 'invalid'} onClick={() => replay(false)}>
          Replay from here
        </Button>
        {!isAnswer && (
          <Button size="small" disabled={isBusy || value.kind === 'invalid'} onClick={() => replay(true)}>
            Replay from here and send
          </Button>
        )}
      </div>
    </>
  );
}

type Parsed = { readonly kind: 'valid'; readonly value: Json } | { readonly kind: 'invalid'; readonly message: string };

function parse(text: string): Parsed {
  try {
    return { kind: 'valid', value: JSON.parse(text) as Json };
  } catch (error) {
    return { kind: 'invalid', message: error instanceof Error ? error.message : String(error) };
  }
}
