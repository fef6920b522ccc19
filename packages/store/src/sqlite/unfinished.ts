/** The condition on a row of `run` that has not ended. */
export const unfinished = "status in ('Running', 'Waiting')";
