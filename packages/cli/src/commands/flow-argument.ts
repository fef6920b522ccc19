/** The flow that a command is about. */
export const flowArgument = {
  notation: '<flow>',
  summary: "the flow's name or display name, as `flow list` shows it",
} as const;

/** The run of a flow that a command is about. */
export const runArgument = { notation: '<run>', summary: "the run's name, as `flow runs` shows it" } as const;
