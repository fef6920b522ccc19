/** A store may be loaded from another copy of this module: the code decides as well as the class. */
export function isKind(error: unknown, kind: new (text: string) => Error, code: string): boolean {
  return error instanceof kind || (error instanceof Error && (error as { readonly code?: unknown }).code === code);
}
