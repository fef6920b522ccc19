import type { JsonValue } from '@patchbay/expression';
import { runTransformation } from '@patchbay/transform';
import type { ArtifactSource } from '../contract.ts';
import { readWorkflowFile } from '../document/read-workflow-file.ts';
import { DefinitionError } from '../failures.ts';
import { type CalledFlow, runOnce } from '../run-once.ts';
import { createManualClock, eventLoopTurns } from '../test-world/manual-clock.ts';
import type { HarnessCase } from './harness-case.ts';
import { scriptedUpstream } from './scripted-upstream.ts';

const hourMs = 3_600_000;
/** What waits longer never ends. */
const longestMs = 100 * 86_400_000;

/** Runs a case from its start to its end, on a clock that is turned by hand, and gives the report of the run. */
export async function runCase(given: HarnessCase): Promise<JsonValue> {
  const file = readWorkflowFile(given.flow);
  if (file === undefined) throw new TypeError('the case holds no flow');
  const clock = createManualClock();
  const startedMs = clock.nowMs();
  const transformations = new Set<Promise<unknown>>();
  let isOver = false;
  const report = runOnce({
    definition: file.definition,
    parameters: file.parameters,
    connectionReferences: file.connectionReferences,
    kind: file.kind,
    ...(file.dialect === undefined ? {} : { dialect: file.dialect }),
    triggerOutputs: given.trigger ?? {},
    mocks: given.mocks ?? {},
    invoker: scriptedUpstream(given.upstream ?? {}, clock),
    ...(given.callbacks === undefined ? {} : { callbacks: given.callbacks }),
    findFlow: async (reference) => calledFlow(given.flows ?? {}, reference),
    artifacts: artifactSource(given.artifacts ?? {}),
    transformer: {
      // On this thread, where it can be waited for before the clock is turned.
      transform(transformation) {
        const working = runTransformation(transformation);
        const done = working.catch(() => undefined).finally(() => transformations.delete(done));
        transformations.add(done);
        return working;
      },
      close: async () => undefined,
    },
    clock,
    ids: { owner: 'test', guid: () => '00000000-0000-0000-0000-000000000000', random: () => 0 },
  })
    .catch(refusal)
    .finally(() => {
      isOver = true;
    });
  for (;;) {
    await eventLoopTurns();
    if (isOver) break;
    if (transformations.size > 0) await Promise.all(transformations);
    else {
      const nextMs = clock.nextMs() ?? Number.POSITIVE_INFINITY;
      if (nextMs > startedMs + longestMs) throw new Error('the run has not ended, and nothing is left to wait for');
      // From timer to timer where a transformation may begin at any of them, else by the hour.
      await clock.advance(given.artifacts === undefined ? hourMs : Math.max(0, nextMs - clock.nowMs()));
    }
  }
  return JSON.parse(JSON.stringify(await report)) as JsonValue;
}

/** A definition that cannot run: what is wrong with it, in the place of a report. */
function refusal(error: unknown): { readonly refused: DefinitionError['findings'] } {
  if (error instanceof DefinitionError) return { refused: error.findings };
  throw error;
}

function calledFlow(flows: NonNullable<HarnessCase['flows']>, reference: string): CalledFlow | undefined {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const file = Object.hasOwn(flows, name) ? readWorkflowFile(flows[name] ?? null) : undefined;
  return file && { ...file, displayName: name };
}

function artifactSource(given: NonNullable<HarnessCase['artifacts']>): ArtifactSource {
  return {
    async findArtifact(_environmentId, kind, name) {
      const content = given[kind]?.[name];
      if (content === undefined) return undefined;
      const text = typeof content === 'string' ? content : content.join('\n');
      return { kind, name, contentType: 'text/plain', content: text };
    },
  };
}
