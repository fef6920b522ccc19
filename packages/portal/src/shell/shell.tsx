import { Badge, Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Spinner } from '@fluentui/react-components';
import {
  FlowRegular,
  PersonRegular,
  PlugConnectedRegular,
  PuzzlePieceRegular,
  SettingsRegular,
} from '@fluentui/react-icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { type Account, readSession, signOut } from '../api/session.ts';
import { useEnvironment } from './environment.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { Failed } from './states.tsx';
import { Welcome } from './welcome.tsx';

/** The frame around every page; in front of it, the door. */
export function Shell() {
  const session = useQuery({ queryKey: ['session'], queryFn: readSession, staleTime: 60_000 });
  if (session.isPending) {
    return (
      <div className="welcome">
        <Spinner label="Opening Patchbay" />
      </div>
    );
  }
  if (session.isError) {
    return (
      <div className="welcome">
        <Failed error={session.error} onRetry={() => session.refetch()} />
      </div>
    );
  }
  return session.data === null ? <Welcome /> : <Frame account={session.data} />;
}

const places = [
  { to: '/connectors', label: 'Connectors', icon: <PuzzlePieceRegular fontSize={20} /> },
  { to: '/connections', label: 'Connections', icon: <PlugConnectedRegular fontSize={20} /> },
  { to: '/flows', label: 'Flows', icon: <FlowRegular fontSize={20} /> },
  { to: '/environment', label: 'Environment', icon: <SettingsRegular fontSize={20} /> },
] as const;

function Frame({ account }: { readonly account: Account }) {
  const environment = useEnvironment();
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="shell-header">
        <Link to="/flows" className="shell-brand">
          <img src="/favicon.svg" alt="" width={26} height={26} />
          Patchbay
        </Link>
        {environment.displayName !== '' && (
          <Badge appearance="outline" color="informative">
            {environment.displayName}
          </Badge>
        )}
        <span className="spacer" />
        <AccountMenu account={account} />
      </header>
      <nav className="shell-nav" aria-label="Places">
        {places.map(({ to, label, icon }) => (
          <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }}>
            {icon}
            {label}
          </Link>
        ))}
      </nav>
      <main className="shell-main" id="main">
        <Outlet />
      </main>
    </div>
  );
}

function AccountMenu({ account }: { readonly account: Account }) {
  const queryClient = useQueryClient();
  const [isPasswordOpen, setPasswordOpen] = useState(false);
  const leave = async (): Promise<void> => {
    await signOut();
    queryClient.clear();
    window.location.assign('/');
  };
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<PersonRegular />}>
            {account.displayName}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem disabled>{`${account.email}, ${account.role}`}</MenuItem>
            <MenuItem onClick={() => setPasswordOpen(true)}>
              {account.hasPassword ? 'Change password' : 'Set a password'}
            </MenuItem>
            <MenuItem onClick={() => void leave()}>Sign out</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      <PasswordDialog isOpen={isPasswordOpen} onClose={() => setPasswordOpen(false)} />
    </>
  );
}
