/** Where in a call a policy acts: on the request, on the answer, or on an answer that tells of a failure. */
export type PolicySection = 'request' | 'response' | 'failure';

/** What a parameter of a policy holds. */
export type PolicyParameterKind =
  /** Text with references. */
  | 'template'
  /** A reference to a place in a body. */
  | 'path'
  /** Steps below another path; empty, or the word `null`, for none. */
  | 'sub-path'
  /** Text as it is. */
  | 'text'
  | 'integer'
  /** An object of templates. */
  | 'templates'
  | { readonly oneOf: readonly string[] };

/** A policy template of the ecosystem: what an instance of it must and may say. */
export type PolicyTemplateSpec = {
  /** Lower case; instances write it in any. */
  readonly templateId: string;
  readonly title: string;
  /** The first is meant when an instance does not say. */
  readonly sections: readonly PolicySection[];
  readonly parameters: {
    readonly [name: string]: { readonly isRequired: boolean; readonly kind: PolicyParameterKind };
  };
};
