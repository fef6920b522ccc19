import { type Command, environmentOption, formatOption, serverOption } from '../command.ts';
import { flowArgument } from './flow-argument.ts';
import { setFlowState } from './set-flow-state.ts';

export const flowStop: Command = {
  name: 'flow stop',
  summary: 'let the triggers of a flow rest; its runs go on',
  arguments: [flowArgument],
  options: [environmentOption, serverOption, formatOption],
  run: (invocation) => setFlowState(invocation, 'stop'),
};
