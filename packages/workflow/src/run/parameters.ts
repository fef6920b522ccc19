import type { JsonValue, Value } from '@patchbay/expression';
import type { FlowDefinition } from '../contract.ts';
import type { Plan } from '../plan/plan.ts';

/** The parameters of a run by name and by lower-case name: the flow's values over the definition's defaults. */
export function readParameters(plan: Plan, flow: FlowDefinition): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  const put = (name: string, value: JsonValue): void => {
    values.set(name, value);
    values.set(name.toLowerCase(), value);
  };
  put('$connections', describeConnections(flow));
  put('$authentication', {});
  for (const { name, defaultValue } of plan.parameters) {
    if (defaultValue !== undefined && name !== '$connections') put(name, defaultValue);
  }
  for (const [name, value] of Object.entries(flow.parameters)) put(name, value);
  return values;
}

/** `$connections` as Consumption definitions read it, from the flow's own references. */
function describeConnections(flow: FlowDefinition): JsonValue {
  return Object.fromEntries(
    Object.entries(flow.connectionReferences).map(([name, { connectorName, connectionName }]) => [
      name,
      { connectionId: `/connections/${connectionName}`, connectionName, id: `/apis/${connectorName}` },
    ]),
  );
}
