import { positionIn, type TemplateProblem } from '@patchbay/expression';

/** What is wrong with a text, and where in it. */
export function describeProblem({ message, offset }: TemplateProblem, text: string): string {
  if (offset === undefined) return message;
  const { line, column } = positionIn(text, offset);
  const where = text.includes('\n') ? `at line ${line} and column ${column}` : `at column ${column}`;
  return `${message} It stands ${where} of the text.`;
}
