import type { PolicyTemplate } from '../policy.ts';

/** Tells that the connection's credential is refused, when the API answers with a status. */
export const setConnectionStatusToUnauthenticated: PolicyTemplate = {
  templateId: 'setconnectionstatustounauthenticated',
  compile: (values) => {
    const statusCode = Number(values.text('statusCode'));
    return {
      on: 'response',
      apply: (message, { onUnauthenticated }) => {
        if (message.statusCode === statusCode) onUnauthenticated?.();
        return message;
      },
    };
  },
};
