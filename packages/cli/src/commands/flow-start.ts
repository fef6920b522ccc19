import { type Command, environmentOption, formatOption, serverOption } from '../command.ts';
import { flowArgument } from './flow-argument.ts';
import { setFlowState } from './set-flow-state.ts';

export const flowStart: Command = {
  name: 'flow start',
  summary: 'let the triggers of a flow fire',
  arguments: [flowArgument],
  options: [environmentOption, serverOption, formatOption],
  run: (invocation) => setFlowState(invocation, 'start'),
};
