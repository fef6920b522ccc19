import { Button, Field, Textarea } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Json } from '../api/request.ts';
import { readArguments } from '../connections/arguments.ts';
import { Failed } from '../shell/states.tsx';

/** What the next poll of a trigger begins with, to be changed by hand. */
export function StateEditor({
  state,
  onSave,
}: {
  readonly state: Json;
  readonly onSave: (state: Json) => Promise<void>;
}) {
  const kept = JSON.stringify(state ?? {}, null, 2);
  const [text, setText] = useState(kept);
  const parsed = readArguments(text);
  const save = useMutation({ mutationFn: onSave });
  return (
    <>
      <Field
        label="State of the poll"
        hint="What the next poll begins with: parameters of the request, and what was seen."
        validationState={parsed.kind === 'invalid' ? 'error' : 'none'}
        validationMessage={parsed.kind === 'invalid' ? parsed.message : null}
      >
        <Textarea className="mono" rows={8} value={text} onChange={(_, data) => setText(data.value)} />
      </Field>
      <div className="actions">
        <Button
          size="small"
          disabled={parsed.kind === 'invalid' || text === kept || save.isPending}
          onClick={() => parsed.kind === 'valid' && save.mutate(parsed.value)}
        >
          Save the state
        </Button>
      </div>
      {save.isError && <Failed error={save.error} />}
    </>
  );
}
