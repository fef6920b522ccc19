import { parseJson, type Value } from '@patchbay/expression';
import { type Artifact, type ArtifactKind, artifactKinds } from '../contract.ts';
import { lowerText, valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind, WorkTools } from './action-kind.ts';
import { readCallOptions, readText } from './call.ts';

/** Gives what the environment keeps under a name: a schema, a map, a partner. */
export const integrationAccountArtifactLookup: ActionKind = {
  type: 'IntegrationAccountArtifactLookup',
  compile(source, context) {
    const evaluate = context.evaluator(source.inputs ?? {}, `${source.pointer}/inputs`);
    const { timeoutMs } = readCallOptions(source, context);
    return {
      role: 'plain',
      blocks: [],
      inputs: (step) => evaluate(step.scope),
      execute(step) {
        const inputs = evaluate(step.scope);
        const kind = readKind(inputs);
        const name = readText(valueMember(inputs, 'artifactName')) ?? '';
        const perform = async (tools: WorkTools): Promise<Value> => {
          const artifact = await tools.artifact(kind, name);
          if (artifact !== undefined) return { body: describe(artifact) };
          throw new ActionFailure(
            'ArtifactNotFound',
            `There is no ${kind} "${name}" among the artifacts of the environment.`,
          );
        };
        return { kind: 'work', inputs, timeoutMs, perform };
      },
    };
  },
};

function readKind(inputs: Value): ArtifactKind {
  const given = lowerText(valueMember(inputs, 'artifactType'));
  const kind = artifactKinds.find((one) => one === given);
  if (kind !== undefined) return kind;
  throw new ActionFailure('InvalidArtifactType', `The 'artifactType' is one of ${artifactKinds.join(', ')}.`, inputs);
}

/** In the shape of the platform's resource: what partners and agreements say are its properties. */
function describe({ kind, name, content, contentType, metadata }: Artifact): Value {
  const common = { name, type: `Microsoft.Logic/integrationAccounts/${kind}s` };
  const kept = metadata === undefined ? {} : { metadata };
  if (kind === 'partner' || kind === 'agreement') return { ...common, properties: parseJson(content), ...kept };
  return { ...common, properties: { contentType, content, ...kept } };
}
