import { expect, it } from 'vitest';
import { judgesStatus } from './judges-status.ts';

it.each([
  ["@equals(triggers().code, 'InternalServerError')", true],
  ["@or(equals(trigger()?['code'], 'OK'), false)", true],
  ["@equals(triggerOutputs()['statusCode'], 201)", true],
  ['@equals(trigger().outputs.statusCode, 201)', true],
  ["@equals(triggerOutputs()?['statusCode'], 202)", true],
  ["@equals(triggerBody()?['statuscode'], 8)", false],
  ["@equals(triggerOutputs()?['body/statuscode'], 8)", false],
  ["@equals(triggerOutputs()?['body']?['code'], 'a')", false],
])('tells of %s whether it judges the status: %s', (condition, expected) => {
  expect(judgesStatus(condition)).toBe(expected);
});
