import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from './codes.ts';
import { describeError, type ErrorDescription } from './describe-error.ts';

/** Which form an error takes: problem details (RFC 9457), the compatible surface's object, or a small page for people. */
export type ErrorForm = 'problem' | 'compatible' | 'page';

/** The form by the route that was asked for; where no route answers, by the folder of the address. */
export function errorFormOf(request: FastifyRequest): ErrorForm {
  const { form } = (request.routeOptions.config ?? {}) as { readonly form?: ErrorForm };
  if (form !== undefined && form !== 'page') return form;
  if (request.url.startsWith('/api/')) return 'problem';
  if (/^\/(providers|apim|workflows|contents)\//i.test(request.url)) return 'compatible';
  return form === 'page' || request.headers.accept?.includes('text/html') === true ? 'page' : 'problem';
}

/** Failures that an administrator has to look at. */
const ours: ReadonlySet<string> = new Set<ErrorCode>(['InternalError', 'StoreFull', 'StoreUnwritable']);
const retryAfterSeconds = 30;

/** The one place that turns an error into an answer. */
export function handleError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const described = describeError(error);
  if (ours.has(described.code)) {
    request.log.error(
      { err: error, requestId: request.id, method: request.method, route: request.routeOptions.url },
      'request failed',
    );
  } else {
    request.log.info(
      { code: described.code, requestId: request.id, method: request.method, route: request.routeOptions.url },
      described.message,
    );
  }
  sendError(request, reply, described);
}

function sendError(request: FastifyRequest, reply: FastifyReply, error: ErrorDescription): void {
  reply.code(error.status);
  // The rest of a body that is too long is read and dropped, so that the caller gets to read the answer.
  if (error.code === 'BodyTooLarge') reply.removeHeader('connection');
  if (error.code === 'StoreFull' || error.code === 'StoreUnwritable') reply.header('retry-after', retryAfterSeconds);
  if (error.status === 401) reply.header('www-authenticate', 'Bearer');
  switch (errorFormOf(request)) {
    case 'problem':
      reply.type('application/problem+json').send(JSON.stringify(problem(error)));
      return;
    case 'compatible':
      reply.type('application/json; charset=utf-8').send(JSON.stringify(compatible(error)));
      return;
    case 'page':
      reply.type('text/html; charset=utf-8').send(errorPage(error));
      return;
  }
}

function problem({ code, title, status, message, members }: ErrorDescription): object {
  return { type: `urn:patchbay:error:${code}`, title, status, detail: message, code, ...members };
}

function compatible({ code, message, members }: ErrorDescription): object {
  const { findings } = members;
  return { error: { code, message, ...(Array.isArray(findings) && { details: findings }) } };
}

function errorPage({ status, title, message }: ErrorDescription): string {
  const heading = escapeHtml(title);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${heading} – Patchbay</title><link rel="stylesheet" href="/signin/style.css"></head>
<body><main><h1>${heading}</h1><p>${escapeHtml(message)}</p><p>${status} ${STATUS_CODES[status] ?? ''}</p><p><a href="/">Back to Patchbay</a></p></main></body></html>`;
}

/** A text that stands for itself in HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: { readonly [character: string]: string } = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
