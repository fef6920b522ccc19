import type { ConnectorModel, JsonObject } from '../model.ts';
import { isObject, member } from '../source/reading.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { openapi3Objects } from './structure/openapi3-objects.ts';
import { type OperationView, viewOperation } from './structure/operation-view.ts';
import { type Place, resolvePlace } from './structure/resolve.ts';
import type { Specification } from './structure/shape.ts';
import { swagger2Objects } from './structure/swagger2-objects.ts';
import { type Structure, type StructureNode, walkStructure } from './structure/walk.ts';

/** What a rule looks at: the author's document, walked along its specification, and the model that was read from it. */
export class Subject {
  /** `3.1` stands for it and whatever is later. */
  readonly version: '2.0' | '3.0' | '3.1';
  readonly document: SourceDocument;
  readonly root: JsonObject;
  readonly specification: Specification;
  readonly model: ConnectorModel;
  /** `apiProperties.json`, where there is one. */
  readonly properties: SourceDocument | undefined;
  readonly #structure: Structure;
  #operations: readonly OperationView[] | undefined;
  #byId: ReadonlyMap<string, OperationView> | undefined;
  readonly #derived = new Map<unknown, unknown>();

  private constructor(
    document: SourceDocument,
    root: JsonObject,
    model: ConnectorModel,
    properties: SourceDocument | undefined,
  ) {
    const openapi = member(root, 'openapi');
    this.document = document;
    this.root = root;
    this.model = model;
    this.properties = properties;
    this.version = openapi === undefined ? '2.0' : String(openapi).startsWith('3.0') ? '3.0' : '3.1';
    this.specification = this.version === '2.0' ? swagger2Objects : openapi3Objects;
    this.#structure = walkStructure(root, this.specification, this.version === '3.1');
  }

  /** A description in a version of OpenAPI; other formats are judged by what is written of them. */
  static of(
    document: SourceDocument | undefined,
    model: ConnectorModel,
    properties: SourceDocument | undefined,
  ): Subject | undefined {
    const root = document?.root;
    if (document === undefined || !isObject(root)) return undefined;
    const isOpenApi = ['swagger', 'openapi', 'paths'].some((name) => member(root, name) !== undefined);
    return isOpenApi ? new Subject(document, root, model, properties) : undefined;
  }

  /** Every object of a kind, in document order. */
  nodes(kind: string): readonly StructureNode[] {
    return this.#structure.get(kind) ?? [];
  }

  /** Every object of every kind. */
  *allNodes(): Iterable<StructureNode> {
    for (const nodes of this.#structure.values()) yield* nodes;
  }

  /** Objects that say of what type a value is: schemas, and in 2.0 parameters, their items and headers. */
  *typedNodes(): Iterable<StructureNode> {
    yield* this.nodes('schema');
    if (this.version !== '2.0') return;
    for (const kind of ['parameter', 'items', 'header']) yield* this.nodes(kind);
  }

  get operations(): readonly OperationView[] {
    this.#operations ??= this.nodes('operation').flatMap((node) => viewOperation(this.root, node) ?? []);
    return this.#operations;
  }

  operation(id: string): OperationView | undefined {
    this.#byId ??= new Map(this.operations.toReversed().map((operation) => [operation.id, operation]));
    return id === '' ? undefined : this.#byId.get(id);
  }

  /** What a function makes of this description; made once, for every rule that asks. */
  derive<Result>(make: (subject: Subject) => Result): Result {
    if (!this.#derived.has(make)) this.#derived.set(make, make(this));
    // What is kept under a function is what that function made.
    return this.#derived.get(make) as Result;
  }

  resolve(place: Place): Place | undefined {
    return resolvePlace(this.root, place);
  }
}
