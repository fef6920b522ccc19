import { CredentialError } from '@patchbay/credential';
import { DispatchError } from '@patchbay/dispatch';
import { StoreError } from '@patchbay/store';
import { ConfigurationError } from './configuration/configuration-error.ts';

/** How a start that failed ends: what a person reads, and the exit code. */
export type StartFailure = { readonly message: string; readonly exitCode: 1 | 2 };

/** What happened and what to do about it; 2 when the configuration is wrong, else 1. Only what is nobody's doing shows a stack. */
export function describeStartFailure(error: unknown): StartFailure {
  if (error instanceof ConfigurationError) return { message: error.message, exitCode: 2 };
  if (error instanceof StoreError || error instanceof CredentialError || error instanceof DispatchError)
    return { message: error.message, exitCode: 1 };
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1 };
  const message = describeSystemError(error as NodeJS.ErrnoException & { readonly address?: string });
  return { message: message ?? error.stack ?? error.message, exitCode: 1 };
}

/** The refusals of the operating system that a person can do something about (errno(3)). */
function describeSystemError(
  error: NodeJS.ErrnoException & { readonly address?: string; readonly port?: number },
): string | undefined {
  const { code, path, address, port } = error;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${address} is in use. Stop what listens there, or choose another port: PORT=4320 npm start`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${address}. Set HOST to one that it has.`;
    case 'EACCES':
    case 'EPERM':
      return path === undefined
        ? `This user may not listen on port ${port} of ${address}. Choose one above 1023 with PORT.`
        : `${path} cannot be written: this user has no permission. Give it, or choose another data folder with PATCHBAY_DATA.`;
    case 'EROFS':
      return `${path} cannot be written: the file system is read-only. Choose another data folder with PATCHBAY_DATA.`;
    case 'ENOSPC':
      return `The disk is full${path === undefined ? '' : `: ${path} could not be written`}. Make room and start again.`;
    default:
      return undefined;
  }
}
