import { Button, Field, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { type Description, importConnector, type Validation, validateDefinition } from '../api/connectors.ts';
import type { Json } from '../api/request.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { readFile } from '../shell/read-file.ts';
import { Failed } from '../shell/states.tsx';
import { FindingList } from './finding-list.tsx';
import { LossList } from './loss-list.tsx';

export function ImportConnectorPage() {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [definition, setDefinition] = useState<Description>('');
  const [properties, setProperties] = useState<Json>();
  const [fileNames, setFileNames] = useState<readonly string[]>([]);
  const picker = useRef<HTMLInputElement>(null);
  const check = useMutation({ mutationFn: (given: Description) => validateDefinition(given, properties) });
  const create = useMutation({
    mutationFn: () => importConnector(environment, definition, properties),
    onSuccess: async ({ name }) => {
      await queryClient.invalidateQueries({ queryKey: ['connectors'] });
      await navigate({ to: '/connectors/$name', params: { name } });
    },
  });
  const take = async (files: FileList | null): Promise<void> => {
    for (const file of files ?? []) {
      const content = await readFile(file);
      const given = typeof content === 'string' ? readProperties(content) : undefined;
      if (given === undefined) {
        setDefinition(content);
        check.mutate(content);
      } else setProperties(given);
      setFileNames((names) => [...names, file.name]);
    }
  };
  return (
    <div className="page">
      <PageHead title="Import a description">
        OpenAPI 2.0 to 3.2 in JSON or YAML, a Postman collection, WSDL, a cURL command, a HAR recording, a customApis
        resource, or a connector’s files; several files come in one zip archive. What is kept is the connector that is
        made of it.
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
          accept=".json,.yaml,.yml,.wsdl,.xml,.har,.txt,.zip"
          className="visually-hidden"
          aria-label="Files of the description"
          tabIndex={-1}
          onChange={(event) => void take(event.target.files)}
        />
        <Field label="Or paste the document">
          <Textarea
            rows={10}
            className="mono"
            value={typeof definition === 'string' ? definition : ''}
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

function Verdict({ validation: { findings, losses } }: { readonly validation: Validation }) {
  return (
    <>
      {findings.length === 0 && (
        <MessageBar intent="success">
          <MessageBarBody>The description is good: nothing to say about it.</MessageBarBody>
        </MessageBar>
      )}
      {findings.length > 0 && <FindingList findings={findings} />}
      {losses.length > 0 && <LossList losses={losses} />}
    </>
  );
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
