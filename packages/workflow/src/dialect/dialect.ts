/** Which of the products that share the language a definition was written for. They differ in what they do where it says nothing. */
export type Dialect = 'consumption' | 'standard' | 'standardStateless' | 'powerAutomate';

/** What holds where a definition says nothing. */
export type DialectDefaults = {
  /** How many items of a Foreach run at a time. */
  readonly foreachConcurrency: number;
  /** A Foreach within another runs item by item, whatever it says. */
  readonly isNestedForeachSequential: boolean;
  /** How long a run may last; then it ends as `TimedOut`. */
  readonly runDurationMs: number;
  /** How long an Until may go on. */
  readonly untilTimeout: string;
};

const dayMs = 86_400_000;

/**
 * The differences, as "Limits and configuration reference for Azure Logic Apps", its page on loops, and "Limits of automated, scheduled,
 * and instant flows" of Power Automate state them. Whatever is not here is the same everywhere: 60 rounds of an Until, retries four times
 * between 5 and 45 s, 25 runs at a time where a trigger limits them without a number.
 */
export const dialectDefaults: Readonly<Record<Dialect, DialectDefaults>> = {
  consumption: {
    foreachConcurrency: 20,
    isNestedForeachSequential: true,
    runDurationMs: 90 * dayMs,
    untilTimeout: 'PT1H',
  },
  standard: {
    foreachConcurrency: 20,
    isNestedForeachSequential: false,
    runDurationMs: 90 * dayMs,
    untilTimeout: 'PT1H',
  },
  standardStateless: {
    foreachConcurrency: 20,
    isNestedForeachSequential: false,
    runDurationMs: 90 * dayMs,
    // As the designer fills it in.
    untilTimeout: 'PT5M',
  },
  powerAutomate: {
    foreachConcurrency: 1,
    isNestedForeachSequential: true,
    runDurationMs: 30 * dayMs,
    untilTimeout: 'PT1H',
  },
};
