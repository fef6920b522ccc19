import { useQuery } from '@tanstack/react-query';
import { listEnvironments } from '../api/environments.ts';

/** The environment that the portal shows: the default one. */
export function useEnvironment(): { readonly name: string; readonly displayName: string } {
  const { data } = useQuery({ queryKey: ['environments'], queryFn: listEnvironments, staleTime: 60_000 });
  const chosen = data?.find((environment) => environment.properties.isDefault === true) ?? data?.[0];
  return { name: chosen?.name ?? '~default', displayName: chosen?.properties.displayName ?? '' };
}
