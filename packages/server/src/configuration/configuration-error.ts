/** A variable with a value that it does not take, or a set-up that cannot be right. The message names the variable. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
