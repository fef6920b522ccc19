import { Button } from '@fluentui/react-components';

/** What a person sees who is not signed in. */
export function Welcome() {
  const here = `${window.location.pathname}${window.location.search}`;
  return (
    <main className="welcome">
      <div className="state">
        <img src="/favicon.svg" alt="" width={56} height={56} />
        <h1 style={{ margin: 0 }}>Patchbay</h1>
        <p>Connectors for the APIs you have, used by the flows you need, on your own machine.</p>
        <Button appearance="primary" size="large" as="a" href={`/signin?return=${encodeURIComponent(here)}`}>
          Sign in
        </Button>
        <p>The first time, use the one-time link that the server printed when it started.</p>
      </div>
    </main>
  );
}
