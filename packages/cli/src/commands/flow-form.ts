import { type FlowForm, flowForms } from '@patchbay/workflow';
import { CommandError } from '../terminal.ts';

/** The form of flows that `--to` names. */
export function flowForm(given: string): FlowForm {
  const form = flowForms.find((known) => known === given);
  if (form !== undefined) return form;
  throw new CommandError(2, `--to is one of ${flowForms.join(', ')}, not "${given}".`);
}
