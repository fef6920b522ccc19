import type { Value } from '@patchbay/expression';

export type CodeLanguage = 'javascript' | 'csharp' | 'powershell';

/** Code that an action runs. */
export type CodeRequest = {
  readonly language: CodeLanguage;
  /** The code itself, or the file of the flow's project that holds it. */
  readonly source: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly name: string };
  /** What the code sees, read-only: `{workflow, trigger, actions}`. */
  readonly workflowContext: Value;
  readonly environmentId: string;
  readonly flowId: string;
  readonly runId: string;
  readonly action: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** Runs the code of actions, apart from this process. After a crash the same request may come again. */
export interface CodeRunner {
  /** Answers what the code returns. Throws `InvocationError` when it fails, takes too long, or its language is not run here. */
  runCode(request: CodeRequest): Promise<Value>;
}
