import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { setPassword } from '../api/session.ts';
import { Failed } from './states.tsx';

const minimumLength = 12;

export function PasswordDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const queryClient = useQueryClient();
  const [password, setText] = useState('');
  const save = useMutation({
    mutationFn: () => setPassword(password),
    onSuccess: async () => {
      setText('');
      await queryClient.invalidateQueries({ queryKey: ['session'] });
      onClose();
    },
  });
  const isTooShort = password.length > 0 && password.length < minimumLength;
  return (
    <Dialog open={isOpen} onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Set a password</DialogTitle>
          <DialogContent className="form">
            <Field
              label="New password"
              hint={`At least ${minimumLength} characters.`}
              validationState={isTooShort ? 'warning' : 'none'}
              validationMessage={isTooShort ? `${minimumLength - password.length} more` : null}
            >
              <Input
                type="password"
                autoComplete="new-password"
                value={password}
                onChange={(_, { value }) => setText(value)}
              />
            </Field>
            {save.isError && <Failed error={save.error} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              appearance="primary"
              disabled={password.length < minimumLength || save.isPending}
              onClick={() => save.mutate()}
            >
              Save
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
