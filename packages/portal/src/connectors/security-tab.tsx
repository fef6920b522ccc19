import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeClient, getSecurity, type OAuthClient, type Security, separateRedirectUrl } from '../api/security.ts';
import { CopyButton } from '../shell/copy-button.tsx';
import { Failed, Loading } from '../shell/states.tsx';

/** How a connector signs in at its API, and what its identity provider has to know. */
export function SecurityTab({ connector }: { readonly connector: string }) {
  const security = useQuery({ queryKey: ['security', connector], queryFn: () => getSecurity(connector) });
  if (security.isPending) return <Loading rows={4} />;
  if (security.isError) return <Failed error={security.error} onRetry={() => security.refetch()} />;
  const { schemes, clients } = security.data;
  return (
    <>
      {clients.map((client) => (
        <ClientCard key={`${client.parameterSet} ${client.parameter}`} connector={connector} client={client} />
      ))}
      <ul className="card padded" style={{ listStyle: 'none', margin: 0 }}>
        {schemes.length === 0 && <li className="muted">The API asks for no credential.</li>}
        {schemes.map((scheme) => (
          <li key={scheme.name}>
            <span className="mono">{scheme.name}</span> {describeScheme(scheme)}
          </li>
        ))}
      </ul>
    </>
  );
}

const schemeTitles: { readonly [kind: string]: string } = {
  apiKey: 'API key',
  basic: 'user name and password',
  bearer: 'access token',
  oauth2: 'OAuth 2.0',
  openIdConnect: 'OpenID Connect',
  mutualTls: 'client certificate',
};

function describeScheme({ kind, key, in: place }: Security['schemes'][number]): string {
  const title = schemeTitles[kind] ?? kind;
  return key === undefined ? title : `${title} in the ${place} “${key}”`;
}

function ClientCard({ connector, client }: { readonly connector: string; readonly client: OAuthClient }) {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['security', connector] });
  const separate = useMutation({ mutationFn: () => separateRedirectUrl(connector), onSuccess: refresh });
  const { title, parameterSet, scopes, redirectUrl, redirectMode } = client;
  return (
    <section className="card padded form" aria-label={`Sign-in with ${title}`} style={{ maxWidth: 'none' }}>
      <h2 style={{ margin: 0, fontSize: 16 }}>{parameterSet === '' ? title : `${title} – ${parameterSet}`}</h2>
      <dl className="facts">
        <dt>Redirect URL</dt>
        <dd>
          <span className="mono">{redirectUrl}</span> <CopyButton text={redirectUrl} label="Copy the redirect URL" />
        </dd>
        <dt>Scopes</dt>
        <dd>{scopes.length === 0 ? 'none' : scopes.join(', ')}</dd>
      </dl>
      {redirectMode === 'Global' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>This connector shares its redirect URL with others</MessageBarTitle>
            It takes no new connections with it. Give it one of its own, then register that with the identity provider.
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" disabled={separate.isPending} onClick={() => separate.mutate()}>
              Use a redirect URL of its own
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {separate.isError && <Failed error={separate.error} />}
      <ClientForm connector={connector} client={client} onSaved={refresh} />
    </section>
  );
}

function ClientForm(props: {
  readonly connector: string;
  readonly client: OAuthClient;
  readonly onSaved: () => Promise<unknown>;
}) {
  const { connector, client, onSaved } = props;
  const [clientId, setClientId] = useState(client.clientId);
  const [secret, setSecret] = useState('');
  const save = useMutation({
    mutationFn: () => changeClient(connector, client, { clientId, ...(secret !== '' && { clientSecret: secret }) }),
    onSuccess: async () => {
      setSecret('');
      await onSaved();
    },
  });
  const kept = client.secretReference ?? 'A secret is kept. Leave this empty to keep it.';
  return (
    <div className="form">
      <Field label="Client ID" hint="As the identity provider has registered this connector.">
        <Input value={clientId} autoComplete="off" onChange={(_, { value }) => setClientId(value)} />
      </Field>
      <Field
        label="Client secret"
        hint={client.hasSecret ? kept : 'Sealed, and never shown again. @environmentVariables("name") refers to one.'}
      >
        <Input
          type="password"
          autoComplete="new-password"
          value={secret}
          onChange={(_, { value }) => setSecret(value)}
        />
      </Field>
      {save.isError && <Failed error={save.error} />}
      <div className="actions">
        <Button
          appearance="primary"
          disabled={save.isPending || (clientId === client.clientId && secret === '')}
          onClick={() => save.mutate()}
        >
          Save
        </Button>
      </div>
    </div>
  );
}
