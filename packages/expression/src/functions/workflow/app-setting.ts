import type { EagerFunction } from '../function-definition.ts';

export const appSetting: EagerFunction = {
  kind: 'eager',
  name: 'appsetting',
  parameters: ['string'],
  apply: ([name], scope) => scope.appSetting(name as string),
};
