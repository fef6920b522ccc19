import type { Value } from '@patchbay/expression';
import type { CodeLanguage, CodeRequest } from '../contract.ts';
import { isArray, member, memberAt, textMember } from '../plan/json.ts';
import type { ActionKind, ActionSource, CompileContext, CompiledAction, Step, WorkTools } from './action-kind.ts';
import { readCallOptions } from './call.ts';

/** The longest that inline code may take on the platform. */
const timeoutMs = 5_000;

/** Runs JavaScript, which sees the trigger and the actions that it names. */
export const javaScriptCode: ActionKind = { type: 'JavaScriptCode', compile: compileCode('javascript') };
/** Runs C# from a file of the project. */
export const csharpScriptCode: ActionKind = { type: 'CSharpScriptCode', compile: compileCode('csharp') };
/** Runs PowerShell from a file of the project. */
export const powerShellCode: ActionKind = { type: 'PowerShellCode', compile: compileCode('powershell') };

function compileCode(language: CodeLanguage): ActionKind['compile'] {
  return (source, context) => compile(source, context, language);
}

function compile(source: ActionSource, context: CompileContext, language: CodeLanguage): CompiledAction {
  const pointer = `${source.pointer}/inputs`;
  const text = textMember(source.inputs, 'code');
  const file = textMember(source.inputs, 'codeFile');
  if (text === undefined && file === undefined) {
    context.report('action-invalid', 'error', `"${source.name}" has neither code nor codeFile`, pointer);
  }
  const message = `"${source.name}" runs code, for which this version has no host: it fails when it is reached`;
  context.report('option-unsupported', 'warning', message, `${source.pointer}/type`);
  const codeSource: CodeRequest['source'] =
    text === undefined ? { kind: 'file', name: file ?? '' } : { kind: 'text', text };
  const inputs: Value = source.inputs ?? null;
  const workflowContext = compileWorkflowContext(source, context, text ?? '');
  const limit = readCallOptions(source, context).timeoutMs;
  return {
    role: 'plain',
    blocks: [],
    inputs: () => inputs,
    execute(step) {
      const seen = workflowContext(step);
      const perform = async (tools: WorkTools): Promise<Value> => ({
        body: await tools.runCode({
          language,
          source: codeSource,
          workflowContext: seen,
          timeoutMs: limit ?? timeoutMs,
        }),
      });
      return { kind: 'work', inputs, timeoutMs: limit, perform };
    },
  };
}

/** `workflowContext.actions.Name`, also in brackets. */
const mention =
  /workflowContext\s*\.\s*actions\s*(?:\.\s*([\p{L}_$][\p{L}\p{N}_$]*)|\[\s*(?:"([^"]+)"|'([^']+)')\s*\])/gu;

/** What the code sees: the actions that it names, or that its `explicitDependencies` do. */
function compileWorkflowContext(source: ActionSource, context: CompileContext, code: string): (step: Step) => Value {
  const declared = memberAt(source.inputs, 'explicitDependencies', 'actions');
  const mentioned = [...code.matchAll(mention)].map(([, plain, double, single]) => plain ?? double ?? single ?? '');
  const listed = isArray(declared) ? declared.filter((name) => typeof name === 'string') : [];
  const names = [...new Set([...mentioned, ...listed])];
  const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`;
  const templates = Object.fromEntries(names.map((name) => [name, `@actions(${quoted(name)})`]));
  const pointer = `${source.pointer}/inputs/${member(source.inputs, 'code') === undefined ? 'codeFile' : 'code'}`;
  const evaluate = context.evaluator({ workflow: '@workflow()', trigger: '@trigger()', actions: templates }, pointer);
  return (step) => evaluate(step.scope);
}
