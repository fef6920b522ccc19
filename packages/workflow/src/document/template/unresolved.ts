/** Where a template is deployed, as far as its expressions can ask. */
export type DeploymentPlace = {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
};

/** An expression has no value before the template is deployed, or at all. The message ends a sentence. */
export class Unresolved extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unresolved';
  }
}
