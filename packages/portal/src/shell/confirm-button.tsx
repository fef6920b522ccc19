import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Failed } from './states.tsx';

/** A button for what cannot be undone: says what will happen, and asks. */
export function ConfirmButton(props: {
  readonly label: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly onConfirm: () => Promise<unknown>;
}) {
  const [isOpen, setOpen] = useState(false);
  const act = useMutation({ mutationFn: props.onConfirm, onSuccess: () => setOpen(false) });
  return (
    <Dialog open={isOpen} onOpenChange={(_, { open }) => setOpen(open)}>
      <DialogTrigger disableButtonEnhancement>
        <Button>{props.label}</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{props.title}</DialogTitle>
          <DialogContent>
            {props.children}
            {act.isError && <Failed error={act.error} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button appearance="primary" disabled={act.isPending} onClick={() => act.mutate()}>
              {props.label}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
