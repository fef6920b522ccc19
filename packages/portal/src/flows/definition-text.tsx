import { useQuery } from '@tanstack/react-query';
import { type Flow, validateFlow } from '../api/flows.ts';
import { FindingList } from '../connectors/finding-list.tsx';
import { Code } from '../shell/code.tsx';
import { useEnvironment } from '../shell/environment.tsx';
import { Failed } from '../shell/states.tsx';
import { textParts } from './text-parts.ts';

/** A flow's definition, with what there is to say about it today on top and below the lines that it is about. */
export function DefinitionText({ flow }: { readonly flow: Flow }) {
  const { name: environment } = useEnvironment();
  const { definition, connectionReferences } = flow.properties;
  const text = JSON.stringify(definition, null, 2);
  const check = useQuery({
    queryKey: ['validate-flow', flow.name, text],
    queryFn: () => validateFlow(environment, text, connectionReferences),
  });
  const findings = check.data?.findings ?? [];
  return (
    <>
      {check.isError && <Failed error={check.error} />}
      {findings.length > 0 && (
        <FindingList
          findings={findings}
          onOpen={({ line }) => document.getElementById(`line-${line}`)?.scrollIntoView({ block: 'center' })}
        />
      )}
      <Code label="Definition">
        {textParts(text, findings).map(({ line, lines, findings: about }) => (
          <span key={line}>
            {lines}
            <span id={`line-${line}`} />
            {about.map(({ code, severity, message, pointer }) => (
              <span key={`${code} ${pointer} ${message}`} className="remark" data-severity={severity}>
                {message}
              </span>
            ))}
          </span>
        ))}
      </Code>
    </>
  );
}
