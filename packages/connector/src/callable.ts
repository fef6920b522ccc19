import type { OperationModel } from '@patchbay/definition';
import type { Bind } from './bind-operation.ts';
import type { ReadAnswer } from './decode-result.ts';
import type { OperationPolicies } from './policies/operation-policies.ts';
import type { ExpiryRules } from './sign-in/expiry-rules.ts';

/** What a call needs of its compiled operation. */
export type Callable = {
  readonly model: OperationModel;
  /** Where the operation lives; its path stands below. Empty when the definition names no host. */
  readonly baseUrl: string;
  readonly bind: Bind;
  readonly readAnswer: ReadAnswer;
  readonly policies: () => OperationPolicies | undefined;
  readonly expiryRules: ExpiryRules;
  /** Names of connection parameters whose values must not be seen. */
  readonly isSecret: (name: string) => boolean;
};
