import { Button, Field, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { importConnector, type Validation, validateDefinition } from '../api/connectors.ts';
import type { Json } from '../api/request.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { Failed } from '../shell/states.tsx';
import { FindingList } from './finding-list.tsx';

export function ImportConnectorPage() {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [definition, setDefinition] = useState('');
  const [properties, setProperties] = useState<Json>();
  const [fileNames, setFileNames] = useState<readonly string[]>([]);
  const picker = useRef<HTMLInputElement>(null);
  const check = useMutation({ mutationFn: (text: string) => validateDefinition(text, properties) });
  const create = useMutation({
    mutationFn: () => importConnector(environment, definition, properties),
    onSuccess: async ({ name }) => {
      await queryClient.invalidateQueries({ queryKey: ['connectors'] });
      await navigate({ to: '/connectors/$name', params: { name } });
    },
  });
  const take = async (files: FileList | null): Promise<void> => {
    for (const file of files ?? []) {
      const text = await file.text();
      const given = readProperties(text);
      if (given === undefined) {
        setDefinition(text);
        check.mutate(text);
      } else setProperties(given);
      setFileNames((names) => [...names, file.name]);
    }
  };
  return (
    <div className="page">
      <PageHead title="Import a description">
        A Swagger 2.0 document, or a connector’s apiDefinition.swagger.json with its apiProperties.json.
      </PageHead>
      <div className="form">
        <div className="actions">
          <Button icon={<ArrowUploadRegular />} onClick={() => picker.current?.click()}>
            Choose files
          </Button>
          <span className="muted">{fileNames.join(', ')}</span>
        </div>
        <input
          ref={picker}
          type="file"
          multiple
          accept=".json,application/json"
          className="visually-hidden"
          aria-label="Files of the description"
          tabIndex={-1}
          onChange={(event) => void take(event.target.files)}
        />
        <Field label="Or paste the document">
          <Textarea
            rows={10}
            className="mono"
            value={definition}
            onChange={(_, { value }) => setDefinition(value)}
            onBlur={() => definition !== '' && check.mutate(definition)}
          />
        </Field>
        {check.isError && <Failed error={check.error} />}
        {check.data !== undefined && <Verdict validation={check.data} />}
        {create.isError && <Failed error={create.error} />}
        <div className="actions">
          <Button appearance="primary" disabled={definition === '' || create.isPending} onClick={() => create.mutate()}>
            Import
          </Button>
          <Button onClick={() => navigate({ to: '/connectors' })}>Cancel</Button>
        </div>
      </div>
    </div>
  );
}

function Verdict({ validation }: { readonly validation: Validation }) {
  if (validation.findings.length === 0) {
    return (
      <MessageBar intent="success">
        <MessageBarBody>The description is good: nothing to say about it.</MessageBarBody>
      </MessageBar>
    );
  }
  return <FindingList findings={validation.findings} />;
}

/** The content of an `apiProperties.json`, or undefined for anything else. */
function readProperties(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as { readonly [name: string]: Json } | null;
    const isProperties = value !== null && typeof value === 'object' && 'properties' in value && !('paths' in value);
    return isProperties ? value : undefined;
  } catch {
    return undefined;
  }
}
