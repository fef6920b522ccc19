import { compileOperationCall } from './connector-call.ts';
import type { TriggerKind } from './trigger-kind.ts';

/** Is called when there is something to fetch by an operation, which names the one that subscribes (`x-ms-notification`). */
export const openApiConnectionNotification: TriggerKind = {
  type: 'OpenApiConnectionNotification',
  compile: (source, compiler) => {
    const call = compileOperationCall(source, compiler);
    return { watch: { kind: 'notification', subscribe: call, poll: call, isLinked: true } };
  },
};
