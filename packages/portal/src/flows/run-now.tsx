import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  Textarea,
} from '@fluentui/react-components';
import { PlayRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { runNow } from '../api/flows.ts';
import type { Json } from '../api/request.ts';
import { Failed } from '../shell/states.tsx';

/** Starts a run; a Request trigger first asks for the body. */
export function RunNowButton({
  flow,
  trigger,
  type,
}: {
  readonly flow: string;
  readonly trigger: string;
  readonly type: string;
}) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('{}');
  const body = readBody(text);
  const start = useMutation({
    mutationFn: () => runNow(flow, trigger, type.toLowerCase() === 'request' ? body.value : undefined),
    onSuccess: async ({ runId }) => {
      setOpen(false);
      await queryClient.invalidateQueries({ queryKey: ['runs', flow] });
      await navigate({ to: '/flows/$id/runs/$run', params: { id: flow, run: runId } });
    },
  });
  return (
    <Dialog open={isOpen} onOpenChange={(_, { open }) => setOpen(open)}>
      <DialogTrigger disableButtonEnhancement>
        <Button appearance="primary" icon={<PlayRegular />}>
          Run now
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Run now</DialogTitle>
          <DialogContent className="form">
            {type.toLowerCase() === 'request' ? (
              <Field
                label="Body that the trigger gets"
                validationState={body.error === undefined ? 'none' : 'error'}
                validationMessage={body.error ?? null}
              >
                <Textarea rows={8} className="mono" value={text} onChange={(_, { value }) => setText(value)} />
              </Field>
            ) : (
              <p>The trigger fires once, now.</p>
            )}
            {start.isError && <Failed error={start.error} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button
              appearance="primary"
              disabled={body.error !== undefined || start.isPending}
              onClick={() => start.mutate()}
            >
              Run
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function readBody(text: string): { readonly value?: Json; readonly error?: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
