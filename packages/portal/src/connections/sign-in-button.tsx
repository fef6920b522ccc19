import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { askSignIn, beginSignIn, type SignInStart } from '../api/connections.ts';
import { Failed } from '../shell/states.tsx';

/** Leaves for the identity provider, or shows the code for another device and waits for it. */
export function SignIn({ connection, isConnected }: { readonly connection: string; readonly isConnected: boolean }) {
  const begin = useMutation({
    mutationFn: () => beginSignIn(connection),
    onSuccess: (start) => {
      if (start.kind === 'browser') window.location.assign(start.url);
    },
  });
  return (
    <>
      <div className="actions">
        <Button
          appearance={isConnected ? 'secondary' : 'primary'}
          disabled={begin.isPending}
          onClick={() => begin.mutate()}
        >
          {isConnected ? 'Sign in again' : 'Sign in'}
        </Button>
      </div>
      {begin.isError && <Failed error={begin.error} />}
      {begin.data?.kind === 'device' && <DeviceCode connection={connection} start={begin.data} onDone={begin.reset} />}
    </>
  );
}

function DeviceCode(props: {
  readonly connection: string;
  readonly start: Extract<SignInStart, { kind: 'device' }>;
  readonly onDone: () => void;
}) {
  const { connection, start, onDone } = props;
  const queryClient = useQueryClient();
  const asked = useQuery({
    queryKey: ['device', start.ticket],
    queryFn: async () => {
      const answer = await askSignIn(connection, start.ticket);
      if (answer.isConnected) {
        await queryClient.invalidateQueries({ queryKey: ['connections'] });
        onDone();
      }
      return answer;
    },
    refetchInterval: start.intervalSeconds * 1000,
    retry: false,
  });
  if (asked.isError) return <Failed error={asked.error} />;
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{`Enter the code ${start.userCode}`}</MessageBarTitle>
        on{' '}
        <a href={start.url} target="_blank" rel="noreferrer">
          {new URL(start.url).host}
        </a>{' '}
        and sign in. This page goes on by itself.
      </MessageBarBody>
    </MessageBar>
  );
}
