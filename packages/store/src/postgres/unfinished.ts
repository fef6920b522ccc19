/** The statuses of a run, or of an action, that has not ended. */
export const unfinished = ['Running', 'Waiting'] as const;
