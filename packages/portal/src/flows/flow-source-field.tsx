import { Button, Dropdown, Field, Option, Textarea } from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons';
import { useRef } from 'react';
import { FindingList } from '../connectors/finding-list.tsx';
import { Failed } from '../shell/states.tsx';
import type { FlowSource } from './use-flow-source.ts';

/** Takes a flow as a file or as text, and asks which one is meant where there are several. */
export function FlowSourceField({
  source,
  onChange,
  onDone,
}: {
  readonly source: FlowSource;
  readonly onChange: () => void;
  readonly onDone: () => void;
}) {
  const picker = useRef<HTMLInputElement>(null);
  const { choices } = source;
  const options = choices.map(({ displayName }, index) => ({ value: String(index), text: displayName }));
  return (
    <>
      <div className="actions">
        <Button icon={<ArrowUploadRegular />} onClick={() => picker.current?.click()}>
          Choose a file
        </Button>
        <span className="muted">{source.fileName}</span>
        <input
          ref={picker}
          type="file"
          accept=".json,.zip"
          className="visually-hidden"
          aria-label="File of the flow"
          tabIndex={-1}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) source.open(file);
            onChange();
          }}
        />
      </div>
      {choices.length > 1 && (
        <Field label={`Which of the ${choices.length} flows`} required>
          <Dropdown
            placeholder="Choose a flow"
            onOptionSelect={(_, { optionValue }) => {
              const chosen = choices[Number(optionValue)];
              if (chosen !== undefined) source.choose(chosen);
              onChange();
            }}
          >
            {options.map(({ value, text }) => (
              <Option key={value} value={value} text={text}>
                {text}
              </Option>
            ))}
          </Dropdown>
        </Field>
      )}
      <Field label="Definition" required>
        <Textarea
          rows={14}
          className="mono"
          value={source.text}
          onChange={(_, { value }) => {
            source.write(value);
            onChange();
          }}
          onBlur={onDone}
        />
      </Field>
      {source.error !== null && <Failed error={source.error} />}
      {source.findings.length > 0 && <FindingList findings={source.findings} />}
    </>
  );
}
