import type { Value } from '@patchbay/expression';
import type { Transformer } from '@patchbay/transform';
import { expect, it } from 'vitest';
import type { CodeRequest, FlowDefinition } from '../contract.ts';
import { createEmbeddedDispatcher } from '../engine/embedded-dispatcher.ts';
import { createEngine } from '../engine/engine.ts';
import type { Engine, EngineOptions } from '../engine/engine-contract.ts';
import { InvocationError } from '../failures.ts';
import { createManualClock, eventLoopTurns } from '../test-world/manual-clock.ts';
import { flowOf, never, triggers, type World, world } from '../test-world/test-world.ts';

const transform = (limit?: object): FlowDefinition =>
  flowOf({
    triggers,
    actions: {
      Transform: {
        type: 'Liquid',
        kind: 'JsonToText',
        inputs: { content: {}, map: { source: 'LogicApp', name: 'a.liquid' } },
        ...(limit as Record<string, never> | undefined),
      },
    },
  });

function engineOf(at: World, flow: FlowDefinition, owner: string, change: Partial<EngineOptions>): Engine {
  return createEngine({
    store: at.store,
    clock: at.clock,
    invoker: at.invoker,
    schedules: at.schedules,
    dispatcher: createEmbeddedDispatcher(at.clock, at.store),
    flows: { load: async () => flow },
    ids: { owner, guid: () => 'guid', random: () => 0 },
    artifacts: {
      findArtifact: async (_environment, kind, name) => ({ kind, name, contentType: 'text/plain', content: 'hello' }),
    },
    ...change,
  });
}

/** Answers what it is told to, and remembers what it was asked and told to stop. */
function scripted(answer: Promise<Value>): Transformer & { asked: number; stopped: number } {
  return {
    asked: 0,
    stopped: 0,
    transform(_transformation, signal) {
      this.asked++;
      signal?.addEventListener('abort', () => {
        this.stopped++;
      });
      return answer;
    },
    close: async () => undefined,
  };
}

async function start(engine: Engine, flow: FlowDefinition): Promise<string> {
  const { runs } = await engine.fire({ flow, trigger: 'manual', outputs: {} });
  await eventLoopTurns();
  return runs[0]?.runId ?? '';
}

it('does work again that was under way when its process ended', async () => {
  const at = world();
  const flow = transform();
  const lost = scripted(never);
  // Its clock stands still: it says no more that it lives.
  const first = engineOf(at, flow, 'one', { transformer: lost, clock: createManualClock() });
  const runId = await start(first, flow);
  expect((await at.store.findRun(runId))?.status).toBe('Running');
  const found = scripted(Promise.resolve('hello'));
  const second = engineOf(at, flow, 'two', { transformer: found });
  await second.start();
  await at.clock.advance(60_000);
  expect(await at.store.findRun(runId)).toMatchObject({ status: 'Succeeded' });
  expect(await at.store.listActions(runId)).toMatchObject([{ status: 'Succeeded', outputs: '{"body":"hello"}' }]);
  expect([lost.asked, found.asked]).toEqual([1, 1]);
  await second.drain(0);
});

it('stops work whose run is cancelled, or whose time is up', async () => {
  const at = world();
  const flow = transform();
  const transformer = scripted(never);
  const engine = engineOf(at, flow, 'one', { transformer });
  const cancelled = await start(engine, flow);
  await engine.cancel(cancelled);
  expect(await at.store.findRun(cancelled)).toMatchObject({ status: 'Cancelled' });
  expect(transformer.stopped).toBe(1);
  const short = { ...transform({ limit: { timeout: 'PT5S' } }), revision: 2 };
  const late = await start(engine, short);
  await at.clock.advance(5_000);
  expect(await at.store.listActions(late)).toMatchObject([{ status: 'TimedOut', code: 'ActionTimedOut' }]);
  expect(transformer.stopped).toBe(2);
});

it('gives code what it may see, and takes what it returns or why it fails', async () => {
  const at = world();
  const asked: Omit<CodeRequest, 'signal'>[] = [];
  const flow = flowOf({
    triggers,
    actions: {
      Before: { type: 'Compose', inputs: { n: 1 } },
      Unseen: { type: 'Compose', inputs: 'unseen' },
      Script: {
        type: 'JavaScriptCode',
        inputs: { code: 'return workflowContext.actions.Before.outputs.n' },
        runAfter: { Before: ['Succeeded'], Unseen: ['Succeeded'] },
      },
      File: {
        type: 'CSharpScriptCode',
        inputs: { CodeFile: 'run.csx', explicitDependencies: { actions: ['Before'] } },
        runAfter: { Script: ['Succeeded'] },
      },
    },
  });
  const engine = engineOf(at, flow, 'one', {
    codeRunner: {
      async runCode({ signal: _signal, ...request }) {
        asked.push(request);
        if (request.language === 'csharp') throw new InvocationError('CodeFailed', 'The code failed.');
        return 42;
      },
    },
  });
  const runId = await start(engine, flow);
  expect(await at.store.listActions(runId)).toMatchObject([
    { action: 'Before' },
    { action: 'Unseen' },
    { action: 'Script', status: 'Succeeded', outputs: '{"body":42}' },
    { action: 'File', status: 'Failed', code: 'CodeFailed', error: { message: 'The code failed.' } },
  ]);
  expect(asked).toMatchObject([
    {
      language: 'javascript',
      source: { kind: 'text', text: 'return workflowContext.actions.Before.outputs.n' },
      workflowContext: { actions: { Before: { outputs: { n: 1 } } }, trigger: { name: 'manual' } },
      environmentId: 'env',
      action: 'Script',
      timeoutMs: 5_000,
    },
    { language: 'csharp', source: { kind: 'file', name: 'run.csx' }, action: 'File' },
  ]);
  expect(asked.map((one) => Object.keys((one.workflowContext as { readonly actions: object }).actions))).toEqual([
    ['Before'],
    ['Before'],
  ]);
});
