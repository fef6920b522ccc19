import type { ConnectorModel } from '../../model.ts';
import { Writing } from '../writing.ts';
import { componentNames } from './component-names.ts';

/** A model being written as OpenAPI 3.1, with the names of its components there. */
export class ModernWriting extends Writing {
  readonly schemaNames: ReadonlyMap<string, string>;
  readonly schemeNames: ReadonlyMap<string, string>;

  constructor(model: ConnectorModel) {
    super(model);
    this.schemaNames = componentNames(model.schemas.keys());
    this.schemeNames = componentNames(model.securitySchemes.keys());
  }
}
