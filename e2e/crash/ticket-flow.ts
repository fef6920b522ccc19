/** The flow that is killed: pure work between calls that must not be repeated, one of them in a loop. */
export function ticketFlow(upstreamOrigin: string): object {
  const call = (step: string, runAfter: object): object => ({
    type: 'Http',
    inputs: {
      method: 'POST',
      uri: `${upstreamOrigin}/steps`,
      headers: { 'content-type': 'application/json' },
      body: { ticket: "@triggerBody()['ticket']", step },
      retryPolicy: { type: 'fixed', count: 90, interval: 'PT5S' },
    },
    runAfter,
  });
  return {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: {},
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    actions: {
      Open: call('open', {}),
      Note: {
        type: 'Compose',
        inputs: "@concat(triggerBody()['ticket'], ' opened')",
        runAfter: { Open: ['Succeeded'] },
      },
      Count: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'count', type: 'integer', value: 0 }] },
        runAfter: { Note: ['Succeeded'] },
      },
      Parts: {
        type: 'Foreach',
        foreach: '@createArray(1, 2, 3)',
        actions: {
          Part: call("@{concat('part-', item())}", {}),
          Counted: {
            type: 'IncrementVariable',
            inputs: { name: 'count', value: 1 },
            runAfter: { Part: ['Succeeded'] },
          },
        },
        runAfter: { Count: ['Succeeded'] },
      },
      Close: call('close', { Parts: ['Succeeded'] }),
      Result: { type: 'Compose', inputs: "@variables('count')", runAfter: { Close: ['Succeeded'] } },
    },
    outputs: {},
  };
}

/** Every step that a finished ticket has taken. */
export const ticketSteps: readonly string[] = ['open', 'part-1', 'part-2', 'part-3', 'close'];
