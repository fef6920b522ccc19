import { ConnectorError } from '@patchbay/connector';
import { CredentialError } from '@patchbay/credential';
import { EgressError } from '@patchbay/egress';
import { StoreError } from '@patchbay/store';
import { DefinitionError, EngineStoppedError } from '@patchbay/workflow';
import { type ErrorCode, errorCodes, isErrorCode } from './codes.ts';
import { PlatformError } from './platform-error.ts';

/** An error as the HTTP surfaces tell it. */
export type ErrorDescription = {
  readonly status: number;
  readonly code: ErrorCode;
  readonly title: string;
  readonly message: string;
  readonly members: { readonly [name: string]: unknown };
};

const unforeseen = 'The server failed to answer; its log says why.';

/** Any thrown value as what a caller may know of it; what nobody foresaw becomes `InternalError` without its text. */
export function describeError(error: unknown): ErrorDescription {
  if (error instanceof PlatformError) return description(error.code, error.message, error.members);
  if (error instanceof ConnectorError) return description(connectorCode(error), error.message);
  if (error instanceof EgressError) return description(codeOfRoom(error.code, 'BadGateway'), error.message);
  if (error instanceof CredentialError)
    return description(codeOfRoom(error.code, 'ConnectionIncomplete'), error.message);
  if (error instanceof DefinitionError) {
    return description('InvalidDefinition', error.message, { findings: error.findings });
  }
  if (error instanceof StoreError) return describeStoreError(error);
  if (error instanceof EngineStoppedError) return description('NotReady', 'The server is stopping.');
  return describeFrameworkError(error) ?? description('InternalError', unforeseen);
}

/** Who asks need not know where the database is; the log says it. */
function describeStoreError({ code }: StoreError): ErrorDescription {
  switch (code) {
    case 'store-full':
      return description(
        'StoreFull',
        'The disk of the server is full, so nothing new is taken. Nothing that was accepted is lost. Try again once there is room.',
      );
    case 'store-unwritable':
      return description(
        'StoreUnwritable',
        'The database of the server cannot be written, so nothing new is taken. Nothing that was accepted is lost. Try again later.',
      );
    default:
      return description('InternalError', unforeseen);
  }
}

/** A code of a room below in the form of the HTTP surfaces: `address-refused` → `AddressRefused`. */
export function codeOfRoom(code: string, fallback: ErrorCode): ErrorCode {
  const converted = toSurfaceForm(code);
  if (converted === 'Failed') return fallback;
  return isErrorCode(converted) ? converted : fallback;
}

/** `address-refused` → `AddressRefused`. */
export function toSurfaceForm(code: string): string {
  return code.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase());
}

function connectorCode(error: ConnectorError): ErrorCode {
  if (error.code === 'transport-failed') return codeOfRoom(error.evidence ?? '', 'BadGateway');
  return codeOfRoom(error.code, 'BadGateway');
}

type FrameworkError = {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly validation?: unknown;
  readonly message: string;
};

/** What Fastify itself refuses: bodies too large, media types, malformed JSON, failed validation, rate limits. */
function describeFrameworkError(error: unknown): ErrorDescription | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode, validation, message } = error as Error & FrameworkError;
  if (Array.isArray(validation)) {
    const errors = validation.map(describeIssue);
    return description(
      'InvalidRequest',
      `The request is not valid: ${errors.map((one) => `${one.pointer || '/'} ${one.message}`).join('; ')}.`,
      { errors },
    );
  }
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return description(
        'BodyTooLarge',
        'The request body is longer than this server reads (PATCHBAY_MAX_BODY_BYTES). Send less, or ask the administrator to raise the limit.',
      );
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return description(
        'UnsupportedMediaType',
        'This address does not take the media type of the body. Send application/json.',
      );
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return description('InvalidRequest', 'The body is empty although its media type is JSON.');
    default:
      break;
  }
  if (statusCode === 429) return description('TooManyAttempts', message);
  if (statusCode === 413) return description('BodyTooLarge', 'The request body is longer than this server reads.');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return description('InvalidRequest', `The request cannot be read: ${message}`);
  return undefined;
}

function describeIssue(issue: unknown): { readonly pointer: string; readonly message: string } {
  const { instancePath, message } = issue as { readonly instancePath?: string; readonly message?: string };
  return { pointer: instancePath ?? '', message: message ?? 'is not valid' };
}

function description(code: ErrorCode, message: string, members: ErrorDescription['members'] = {}): ErrorDescription {
  const { status, title } = errorCodes[code];
  return { code, status, title, message, members };
}
