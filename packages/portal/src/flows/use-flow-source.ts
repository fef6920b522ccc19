import { useMutation, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { type FlowDeployment, type ReadFlows, readFlows } from '../api/flows.ts';
import type { ApiFinding } from '../api/request.ts';
import { readFile } from '../shell/read-file.ts';
import { textOfFlow } from './text-of-flow.ts';

/** Where a flow comes from: a text, which a file is put into, and the server's reading of it. */
export type FlowSource = {
  readonly text: string;
  readonly fileName: string | undefined;
  readonly write: (text: string) => void;
  readonly open: (file: File) => void;
  /** Several flows came together; the text is one of them once it is chosen. */
  readonly choices: readonly FlowDeployment[];
  readonly choose: (flow: FlowDeployment) => void;
  /** The flow that the text holds; undefined while that is not known, or not only one. */
  readonly flow: FlowDeployment | undefined;
  /** About what came together; what there is to say about the text is found when it is checked. */
  readonly findings: readonly ApiFinding[];
  readonly error: Error | null;
};

export function useFlowSource(startText: string): FlowSource {
  const [text, setText] = useState(startText);
  const [fileName, setFileName] = useState<string>();
  const [together, setTogether] = useState<ReadFlows>();
  const asked = useDeferredValue(text);
  const isEmpty = asked.trim() === '';
  const reading = useQuery({
    queryKey: ['read-flows', asked],
    queryFn: () => readFlows(asked, undefined),
    enabled: !isEmpty,
  });
  const read = isEmpty ? undefined : reading.data;
  const opening = useMutation({
    mutationFn: async (file: File) => {
      const content = await readFile(file);
      return typeof content === 'string' ? content : readFlows(content, file.name);
    },
    onSuccess: (opened, file) => {
      setFileName(file.name);
      if (typeof opened === 'string') {
        setTogether(undefined);
        setText(opened);
        return;
      }
      const [first] = opened.flows;
      setTogether(opened);
      setText(first === undefined ? '' : textOfFlow(first));
    },
  });
  const flows = read?.flows ?? [];
  return {
    text,
    fileName,
    write: (next) => {
      setTogether(undefined);
      setFileName(undefined);
      setText(next);
    },
    open: opening.mutate,
    choices: together?.flows ?? (flows.length > 1 ? flows : []),
    choose: (flow) => {
      if (together === undefined) setTogether(read);
      setText(textOfFlow(flow));
    },
    flow: asked === text && flows.length === 1 ? flows[0] : undefined,
    findings: together?.findings ?? [],
    error: opening.error ?? (isEmpty ? null : reading.error),
  };
}
