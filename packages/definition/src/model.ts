/**
 * The model of a connector: what every source format is read into and every later stage reads from. Pure types, no
 * behaviour. Nothing downstream looks at a raw document again.
 */

import type { SoapBinding, XmlTypes } from './soap-binding.ts';

export type {
  Occurrence,
  SoapBinding,
  SoapMessage,
  SoapVersion,
  XmlAttributeUse,
  XmlComplexType,
  XmlElementUse,
  XmlName,
  XmlParticle,
  XmlSimpleType,
  XmlTypes,
  XmlTypeUse,
} from './soap-binding.ts';

/** A JSON value as it stands in a document. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. Keys are own properties only; read them with `Object.hasOwn` when the key is a stranger's. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** A connector: a described API plus what a person supplies to connect to it. */
export type ConnectorModel = {
  readonly info: ConnectorInfo;
  readonly server: ServerModel;
  /** Other addresses that the description names, with what may be filled in. The first one named is {@link server}. */
  readonly otherServers: readonly ServerAlternative[];
  /** Actions and triggers in document order. */
  readonly operations: readonly OperationModel[];
  /** Calls that the API makes to its users, by name: what webhook triggers can be made of. */
  readonly webhooks: readonly WebhookModel[];
  readonly tags: readonly TagModel[];
  readonly externalDocs?: ExternalDocs;
  /** Shared schemas by name; a {@link SchemaModel} of kind `reference` names one of these. May be recursive. */
  readonly schemas: ReadonlyMap<string, SchemaModel>;
  /** The XML types that operations' SOAP bindings refer to; absent when there are none. */
  readonly xmlTypes?: XmlTypes;
  /** Security schemes by name, in document order. */
  readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
  /** The connector-wide security requirement: alternatives (OR) of scheme names used together (AND). */
  readonly security: readonly SecurityRequirement[];
  /** What a person supplies when creating a connection, in display order. */
  readonly connectionParameters: readonly ConnectionParameter[];
  /** Alternative sets of connection parameters (multi-authentication); empty when there is only one way. */
  readonly connectionParameterSets: readonly ConnectionParameterSet[];
  /** What `connectionParameterSets` says besides the sets, as written. */
  readonly connectionParameterSetsAbout?: JsonObject;
  /** Policy template instances, as written; interpreted by the connector runtime. */
  readonly policies: readonly PolicyInstance[];
  /** Operations that run custom code. */
  readonly scriptOperations: readonly string[];
  /** Members of `apiProperties.json` that the model has no place for, as written. */
  readonly furtherProperties?: JsonObject;
  /** Extensions of the object that holds the paths, and by path those of path items that hold no operation. */
  readonly pathsExtensions?: JsonObject;
  /** `x-ms-*` and other extensions of the document root. */
  readonly extensions: JsonObject;
};

export type ConnectorInfo = {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly contact?: {
    readonly name?: string;
    readonly url?: string;
    readonly email?: string;
    readonly extensions?: JsonObject;
  };
  readonly license?: { readonly name: string; readonly url?: string; readonly extensions?: JsonObject };
  readonly termsOfService?: string;
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

/** An address with `{variables}`, as written (OpenAPI 3, Server Object). */
export type ServerAlternative = {
  readonly url: string;
  readonly description: string;
  readonly variables: ReadonlyMap<
    string,
    { readonly default: string; readonly enum: readonly string[]; readonly description: string }
  >;
};

export type TagModel = {
  readonly name: string;
  readonly description: string;
  /** A short title (OpenAPI 3.2, as the next two). */
  readonly summary?: string;
  /** The name of the tag that this one stands below. */
  readonly parent?: string;
  /** What the tag is for: `nav`, `badge`, `audience` or a word of the author's. */
  readonly kind?: string;
  readonly externalDocs?: ExternalDocs;
  readonly extensions?: JsonObject;
};

export type ExternalDocs = { readonly url: string; readonly description: string; readonly extensions?: JsonObject };

/** Lower case: what OpenAPI names, or any other token where a description allows it. */
export type HttpMethod = string;

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
  readonly externalDocs?: ExternalDocs;
  /** The absolute address below which the path stands, where the operation has its own. */
  readonly serverUrl?: string;
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
  /** How the operation's JSON becomes a SOAP message and back; absent for plain HTTP. */
  readonly soap?: SoapBinding;
  readonly extensions: JsonObject;
  /** Extensions of the path item, which the operations of one path share; what {@link trigger} says is not among them. */
  readonly pathExtensions?: JsonObject;
  /** Extensions of the object that holds the responses. */
  readonly responsesExtensions?: JsonObject;
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
    readonly extensions?: JsonObject;
  };
  /** For a webhook: path (property names from the body's root) of the property that takes the callback URL. */
  readonly callbackUrlPath?: readonly string[];
  /** For a webhook: how what the service sends is signed (`x-patchbay-webhook-signature`). */
  readonly signature?: WebhookSignature;
  /** For a webhook: where an event's own id is (`x-patchbay-event-id`): `{"header": "X-Event-Id"}` or `{"property": "data.id"}`. */
  readonly eventId?: { readonly kind: 'header' | 'property'; readonly name: string };
  /** For a webhook: when its subscription ends unless it is renewed (`x-patchbay-subscription-expiry`). */
  readonly expiry?: SubscriptionExpiry;
  /** For polling: which member of an item says which item it is (`x-patchbay-item-id`), e.g. `id` or `meta.id`. */
  readonly itemId?: string;
};

/** Where the answer to a subscription says when it ends (a header field, or a property such as `data.expires`), or after how long it does. */
export type SubscriptionExpiry =
  | { readonly kind: 'header' | 'property'; readonly name: string }
  | { readonly kind: 'seconds'; readonly seconds: number };

/** Without a rule it could not be read, and nothing passes for signed. */
export type WebhookSignature = { readonly source: JsonValue; readonly rule?: WebhookSignatureRule };

export type WebhookSignatureRule = {
  /** The header field that holds the signature, or several with commas or spaces between. */
  readonly header: string;
  /** Of `t=…,v1=…`: the name before a signature. */
  readonly field?: string;
  readonly algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  /** Stands before the signature, e.g. `sha256=`. */
  readonly prefix: string;
  /**
   * Where the secret is: a parameter of the connection; a property (`a/b`) of the body that subscribes, for which one is made; or a header field
   * of a first request, which is answered with the same.
   */
  readonly secret: { readonly kind: 'connectionParameter' | 'bodyProperty' | 'handshakeHeader'; readonly name: string };
  /** How the secret is written: as it is, or as bytes in base64, after `whsec_` where that stands. */
  readonly secretEncoding: 'text' | 'base64';
  /** The header field by which an event is known, where the scheme says so. */
  readonly eventIdHeader?: string;
  /** What is signed: text with `{body}` (the bytes as they came), `{timestamp}`, `{url}`, `{method}` and `{header.name}`. */
  readonly content: string;
  readonly timestamp?: { readonly header?: string; readonly field?: string; readonly toleranceSeconds: number };
};

/** A call that the API makes when something happens (OpenAPI 3, `webhooks` and `callbacks`). */
export type WebhookModel = {
  readonly name: string;
  readonly method: HttpMethod;
  readonly summary: string;
  readonly description: string;
  /** What the API sends. */
  readonly schema?: SchemaModel;
  readonly headers: readonly HeaderModel[];
  /** How the API is told where to call: the operation, and the path of the body property or the parameter that takes the URL. */
  readonly subscription?: {
    readonly operationId: string;
    readonly in: 'body' | 'query' | 'header' | 'path';
    readonly path: readonly string[];
  };
  readonly extensions: JsonObject;
  readonly pointer: string;
};

export type ParameterLocation = 'path' | 'query' | 'header' | 'formData' | 'cookie';

/**
 * How a value is written where {@link CollectionFormat} cannot say it (OpenAPI 3, Style Values; RFC 6570). `content`: the value as a
 * document of a media type.
 */
export type ParameterStyle =
  | {
      readonly kind:
        | 'simple'
        | 'label'
        | 'matrix'
        | 'form'
        | 'spaceDelimited'
        | 'pipeDelimited'
        | 'deepObject'
        /** Pairs of a Cookie header without percent-encoding (OpenAPI 3.2). */
        | 'cookie';
      readonly explode: boolean;
      /** Reserved characters (RFC 3986 §2.2) go out as they are. */
      readonly allowReserved: boolean;
    }
  | { readonly kind: 'content'; readonly mediaType: string }
  /** The document is the whole query string, without the parameter's name (OpenAPI 3.2, `in: querystring`). */
  | { readonly kind: 'querystring'; readonly mediaType: string };

/** `csv` joins with a comma, `ssv` a space, `tsv` a tab, `pipes` a bar; `multi` repeats the name (query and form only). */
export type CollectionFormat = 'csv' | 'ssv' | 'tsv' | 'pipes' | 'multi';

export type ParameterModel = {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  /** What the value looks like. Labels, visibility and extensions of the parameter are its own, not its schema's. */
  readonly schema: SchemaModel;
  /** How an array is written; absent when the value is not an array. */
  readonly collectionFormat?: CollectionFormat;
  /** Takes the place of {@link collectionFormat}. */
  readonly style?: ParameterStyle;
  /** For a part of a multipart form: its media type and its own headers. */
  readonly part?: { readonly contentType?: string; readonly headers: readonly HeaderModel[] };
  readonly deprecated?: boolean;
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
  /** How many of the operation's parameters are shown before it; last when absent. */
  readonly position?: number;
  readonly extensions: JsonObject;
  readonly pointer: string;
};

export type ResponseModel = {
  /** An HTTP status as text, a class of them (`2XX`), or `default`. */
  readonly status: string;
  readonly description: string;
  readonly schema?: SchemaModel;
  readonly headers: readonly HeaderModel[];
  /** Examples by media type. */
  readonly examples?: JsonObject;
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
  readonly writeOnly?: boolean;
  readonly deprecated?: boolean;
  /** Which member of a `oneOf` or `anyOf` a value is, told by one of its properties; values by shared schema name. */
  readonly discriminator?: { readonly propertyName: string; readonly mapping: ReadonlyMap<string, string> };
  /** Keywords that bound a value (`minimum`, `maxLength`, `pattern`, `minItems`…) and JSON Schema keywords the model has no member for. */
  readonly constraints?: JsonObject;
  readonly extensions?: JsonObject;
};

/** Scheme name → scopes (empty unless OAuth). All of one requirement apply together. */
export type SecurityRequirement = ReadonlyMap<string, readonly string[]>;

export type SecurityScheme = (
  | { readonly kind: 'apiKey'; readonly in: 'header' | 'query' | 'cookie'; readonly name: string }
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer'; readonly format?: string }
  /** Another scheme of the IANA registry of HTTP authentication schemes, lower case. */
  | { readonly kind: 'http'; readonly scheme: string }
  | (OAuthFlow & {
      readonly kind: 'oauth2';
      /** Flows that the description offers besides, in its order. */
      readonly otherFlows: readonly OAuthFlow[];
      /** Where the server publishes its metadata (RFC 8414; OpenAPI 3.2). */
      readonly metadataUrl?: string;
    })
  | { readonly kind: 'openIdConnect'; readonly discoveryUrl: string }
  | { readonly kind: 'mutualTls' }
) & { readonly description: string; readonly extensions: JsonObject };

/** One way to a token, by its Swagger 2.0 name: `accessCode`, `implicit`, `password`, `application`, or OpenAPI 3.2's `device`. */
export type OAuthFlow = {
  readonly flow: string;
  readonly authorizationUrl?: string;
  readonly tokenUrl?: string;
  readonly refreshUrl?: string;
  /** For `device` (RFC 8628 §3.1). */
  readonly deviceAuthorizationUrl?: string;
  readonly scopes: ReadonlyMap<string, string>;
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
  /** The set as written, but its parameters. */
  readonly source: JsonObject;
};

export type PolicyInstance = {
  readonly templateId: string;
  readonly title: string;
  readonly parameters: JsonObject;
  /** Members besides these, as written. */
  readonly further?: JsonObject;
};
