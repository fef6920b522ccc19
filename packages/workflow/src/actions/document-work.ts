import type { Value } from '@patchbay/expression';
import { type Transformation, TransformError } from '@patchbay/transform';
import { valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionSource, CompileContext, CompiledAction, WorkTools } from './action-kind.ts';
import { artifactName, reportArtifact } from './artifact-name.ts';
import { readCallOptions } from './call.ts';
import { contentText } from './content.ts';
import { type LoadedArtifact, loadArtifact } from './load-artifact.ts';

/** How one kind of action makes a document of another by a schema or map. */
export type DocumentKind = {
  readonly artifact: 'map' | 'schema';
  /** What content is when it cannot be read: the code of the failure. */
  readonly contentCode: 'InvalidXmlContent' | 'BadRequest';
  /** Throws `ActionFailure` for inputs that it does not take. */
  readonly request: (inputs: Value, artifact: LoadedArtifact) => Transformation;
  /** The outputs, of what was made. */
  readonly outputs: (made: Value, inputs: Value) => Value;
};

/** Compiles an action that makes a document of its `content`. */
export function compileDocumentWork(source: ActionSource, context: CompileContext, kind: DocumentKind): CompiledAction {
  reportArtifact(source, context, kind.artifact);
  const evaluate = context.evaluator(source.inputs ?? {}, `${source.pointer}/inputs`);
  const { timeoutMs } = readCallOptions(source, context);
  return {
    role: 'plain',
    blocks: [],
    inputs: (step) => evaluate(step.scope),
    execute(step) {
      const inputs = evaluate(step.scope);
      const name = artifactName(inputs, kind.artifact);
      const perform = async (tools: WorkTools): Promise<Value> => {
        const request = kind.request(inputs, await loadArtifact(tools, kind.artifact, name));
        return kind.outputs(await transform(tools, request, kind), inputs);
      };
      return { kind: 'work', inputs, timeoutMs, perform };
    },
  };
}

async function transform(tools: WorkTools, request: Transformation, kind: DocumentKind): Promise<Value> {
  try {
    return await tools.transform(request);
  } catch (error) {
    if (!(error instanceof TransformError)) throw error;
    const code = failureCode(error, kind);
    const outputs =
      error.problems.length === 0 ? undefined : { errors: error.problems.map((message) => ({ message })) };
    throw new ActionFailure(code, error.message, undefined, outputs);
  }
}

function failureCode({ code }: TransformError, { artifact, contentCode }: DocumentKind): string {
  switch (code) {
    case 'ContentInvalid':
      return contentCode;
    case 'ArtifactInvalid':
      return artifact === 'map' ? 'InvalidMap' : 'InvalidSchema';
    case 'ValidationFailed':
      return 'ValidationFailed';
    case 'TransformationFailed':
      return 'TransformationFailed';
    case 'TransformationLimitExceeded':
      return 'TransformationLimitExceeded';
  }
}

/** The `content` as text. Throws `ActionFailure` when it is no text and no envelope. */
export function requireContent(inputs: Value): string {
  const text = contentText(valueMember(inputs, 'content') ?? null);
  if (text !== undefined) return text;
  throw new ActionFailure('BadRequest', "The 'content' must be text, or content with a media type.", inputs);
}

/** XML as the body of an action. */
export function xmlBody(text: string, mark = ''): Value {
  return {
    '$content-type': 'application/xml; charset=utf-8',
    $content: Buffer.from(mark + text, 'utf8').toString('base64'),
  };
}
