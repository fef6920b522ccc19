import { compile } from '@patchbay/connector';
import type { ConnectorModel, OperationModel } from '@patchbay/definition';
import { type Answerer, refusal } from '../message.ts';
import { answerOf } from './answer-of.ts';
import { basePathsOf, pathsBelow } from './base-paths.ts';
import { type CheckRequest, compileCheck } from './check-request.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/**
 * Answers as the definition says: a request that is not one of its operations, or not a valid one, is refused with every reason; a
 * valid one gets the first good answer that is described. The same request always gets the same answer.
 */
export function createAnswerer(model: ConnectorModel): Answerer {
  const connector = compile(model);
  const basePaths = basePathsOf(model);
  const checks = new Map<OperationModel, CheckRequest>();
  const checkOf = (operation: OperationModel): CheckRequest => {
    const check = checks.get(operation) ?? compileCheck(model, operation);
    checks.set(operation, check);
    return check;
  };
  return async (request) => {
    const paths = pathsBelow(basePaths, request.path);
    for (const path of paths) {
      const operation = connector.match(request.method, path)?.model;
      if (operation === undefined) continue;
      if (operation.soap !== undefined) {
        return refusal(501, 'SoapNotMocked', `${operation.operationId} speaks SOAP, which is not mocked.`);
      }
      const problems = checkOf(operation)({ ...request, path });
      if (problems.length === 0) return answerOf(model, operation);
      const message = `The request is not what ${operation.operationId} takes: ${problems.map((one) => one.message).join(' ')}`;
      return refusal(400, 'RequestInvalid', message, { operationId: operation.operationId, problems });
    }
    const allowed = methods.filter((method) => paths.some((path) => connector.match(method, path) !== undefined));
    const asked = `${request.method} ${request.path}`;
    if (allowed.length === 0) {
      return refusal(404, 'OperationNotFound', `The definition has no path that ${asked} belongs to.`);
    }
    const allow = allowed.join(', ').toUpperCase();
    const answer = refusal(405, 'MethodNotAllowed', `The definition does not have ${asked}, but ${allow}.`);
    return { ...answer, headers: { ...answer.headers, allow } };
  };
}
