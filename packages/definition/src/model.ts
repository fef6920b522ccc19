/**
 * The model of a connector: what every source format is read into and every later stage reads from. Pure types, no
 * behaviour. Nothing downstream looks at a raw document again.
 */

/** A JSON value as it stands in a document. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. Keys are own properties only; read them with `Object.hasOwn` when the key is a stranger's. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** A connector: a described API plus what a person supplies to connect to it. */
export type ConnectorModel = {
  readonly info: ConnectorInfo;
  readonly server: ServerModel;
  /** Actions and triggers in document order. */
  readonly operations: readonly OperationModel[];
  /** Shared schemas by name; a {@link SchemaModel} of kind `reference` names one of these. May be recursive. */
  readonly schemas: ReadonlyMap<string, SchemaModel>;
  /** Security schemes by name, in document order. */
  readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
  /** The connector-wide security requirement: alternatives (OR) of scheme names used together (AND). */
  readonly security: readonly SecurityRequirement[];
  /** What a person supplies when creating a connection, in display order. */
  readonly connectionParameters: readonly ConnectionParameter[];
  /** Alternative sets of connection parameters (multi-authentication); empty when there is only one way. */
  readonly connectionParameterSets: readonly ConnectionParameterSet[];
  /** Policy template instances, as written; interpreted by the connector runtime. */
  readonly policies: readonly PolicyInstance[];
  /** Operations that run custom code. */
  readonly scriptOperations: readonly string[];
  /** `x-ms-*` and other extensions of the document root. */
  readonly extensions: JsonObject;
};

export type ConnectorInfo = {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly contact?: { readonly name?: string; readonly url?: string; readonly email?: string };
  /** `#rrggbb` */
  readonly iconBrandColor?: string;
  readonly publisher?: string;
  readonly stackOwner?: string;
  readonly capabilities: readonly string[];
  readonly extensions: JsonObject;
};

/** Where the API lives: `{schemes[0]}://{host}{basePath}`. */
export type ServerModel = {
  /** In order of preference; `https` when the document names none. */
  readonly schemes: readonly ('http' | 'https')[];
  /** `host` or `host:port`; empty when the document names none. */
  readonly host: string;
  /** Begins with `/` and does not end with one, or is empty. */
  readonly basePath: string;
};

export type HttpMethod = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch';

/** `important`, `advanced` and `internal` as the author wrote them (any case), else `normal`. */
export type Visibility = 'normal' | 'important' | 'advanced' | 'internal';

export type OperationModel = {
  readonly operationId: string;
  readonly method: HttpMethod;
  /** The path template below the base path, e.g. `/loans/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  /** Every parameter but the body, path-item parameters merged in, in document order. */
  readonly parameters: readonly ParameterModel[];
  readonly body?: BodyModel;
  readonly responses: readonly ResponseModel[];
  /** Media types the operation sends, in order; empty when undeclared. */
  readonly consumes: readonly string[];
  /** Media types the operation answers with, in order; empty when undeclared. */
  readonly produces: readonly string[];
  /** Overrides the connector's when present; `[]` means no security. */
  readonly security?: readonly SecurityRequirement[];
  readonly trigger?: TriggerModel;
  readonly extensions: JsonObject;
  /** JSON pointer into the source document. */
  readonly pointer: string;
};

export type TriggerModel = {
  /** How the trigger hears of events: by calling again, or by being called. */
  readonly kind: 'polling' | 'webhook';
  /** `single`: one object an event; `batch`: an array of them. */
  readonly batch: boolean;
  readonly hint?: string;
  /** For a webhook: what the service sends to the callback URL. */
  readonly notification?: {
    readonly description: string;
    readonly schema?: SchemaModel;
    readonly headers: readonly HeaderModel[];
  };
  /** For a webhook: path (property names from the body's root) of the property that takes the callback URL. */
  readonly callbackUrlPath?: readonly string[];
};

export type ParameterLocation = 'path' | 'query' | 'header' | 'formData';

/** `csv` joins with a comma, `ssv` a space, `tsv` a tab, `pipes` a bar; `multi` repeats the name (query and form only). */
export type CollectionFormat = 'csv' | 'ssv' | 'tsv' | 'pipes' | 'multi';

export type ParameterModel = {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  readonly schema: SchemaModel;
  /** How an array is written; absent when the value is not an array. */
  readonly collectionFormat?: CollectionFormat;
  /** For a path parameter: whether its value is percent-encoded once or twice (`x-ms-url-encoding`). */
  readonly urlEncoding: 'single' | 'double';
  /** The label a form shows (`x-ms-summary`), else the name. */
  readonly summary: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly default?: JsonValue;
  readonly allowEmptyValue: boolean;
  readonly extensions: JsonObject;
  readonly pointer: string;
};

/** A whole-document body (`in: body`). Form bodies are parameters with `in: formData`. */
export type BodyModel = {
  /** The body parameter's name: callers give the value under it, whole or flattened as `name/property`. */
  readonly name: string;
  readonly required: boolean;
  readonly schema: SchemaModel;
  readonly summary: string;
  readonly description: string;
  readonly visibility: Visibility;
  readonly default?: JsonValue;
  readonly extensions: JsonObject;
  readonly pointer: string;
};

export type ResponseModel = {
  /** An HTTP status as text, or `default`. */
  readonly status: string;
  readonly description: string;
  readonly schema?: SchemaModel;
  readonly headers: readonly HeaderModel[];
  readonly extensions: JsonObject;
};

export type HeaderModel = { readonly name: string; readonly description: string; readonly schema: SchemaModel };

/** A schema: a value's shape. Recursion is only through `reference`. */
export type SchemaModel =
  | ({ readonly kind: 'reference'; readonly name: string } & SchemaAnnotations)
  | ({
      readonly kind: 'object';
      readonly properties: ReadonlyMap<string, SchemaModel>;
      readonly required: readonly string[];
      /** `true`: anything more is allowed; `false`: nothing is; a schema: what more must look like. */
      readonly additionalProperties: boolean | SchemaModel;
    } & SchemaAnnotations)
  | ({
      readonly kind: 'array';
      readonly items: SchemaModel;
      readonly collectionFormat?: CollectionFormat;
    } & SchemaAnnotations)
  | ({ readonly kind: 'string' | 'integer' | 'number' | 'boolean' | 'null' | 'file' } & SchemaAnnotations)
  | ({ readonly kind: 'allOf' | 'oneOf' | 'anyOf'; readonly members: readonly SchemaModel[] } & SchemaAnnotations)
  /** No type was stated: any value. */
  | ({ readonly kind: 'any' } & SchemaAnnotations);

export type SchemaAnnotations = {
  readonly title?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly format?: string;
  readonly visibility?: Visibility;
  readonly default?: JsonValue;
  readonly enum?: readonly JsonValue[];
  readonly nullable?: boolean;
  readonly readOnly?: boolean;
  /** Keywords that bound a value (`minimum`, `maxLength`, `pattern`, `minItems`…) and JSON Schema keywords the model has no member for. */
  readonly constraints?: JsonObject;
  readonly extensions?: JsonObject;
};

/** Scheme name → scopes (empty unless OAuth). All of one requirement apply together. */
export type SecurityRequirement = ReadonlyMap<string, readonly string[]>;

export type SecurityScheme =
  | { readonly kind: 'apiKey'; readonly in: 'header' | 'query'; readonly name: string; readonly extensions: JsonObject }
  | { readonly kind: 'basic'; readonly extensions: JsonObject }
  | {
      readonly kind: 'oauth2';
      readonly flow: string;
      readonly authorizationUrl?: string;
      readonly tokenUrl?: string;
      readonly scopes: ReadonlyMap<string, string>;
      readonly extensions: JsonObject;
    };

export type ConnectionParameter = {
  readonly name: string;
  readonly type:
    | 'string'
    | 'securestring'
    | 'int'
    | 'bool'
    | 'oauthSetting'
    | 'gatewaySetting'
    | 'managedIdentity'
    | 'object'
    | 'connection';
  readonly displayName: string;
  readonly description: string;
  readonly tooltip: string;
  readonly required: boolean;
  readonly hidden: boolean;
  /** Whether the form shows the value as typed; `false` masks it. */
  readonly clearText: boolean;
  readonly tabIndex: number;
  readonly default?: JsonValue;
  readonly allowedValues: readonly { readonly text: string; readonly value: JsonValue }[];
  /** The entry as written (OAuth settings, gateway settings, metadata…), with secrets as written. */
  readonly source: JsonObject;
};

export type ConnectionParameterSet = {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly allowSharing: boolean;
  readonly parameters: readonly ConnectionParameter[];
};

export type PolicyInstance = {
  readonly templateId: string;
  readonly title: string;
  readonly parameters: JsonObject;
};
