import { useEnvironment } from '../shell/environment.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { LimitsCard } from './limits-card.tsx';
import { RetentionCard } from './retention-card.tsx';
import { VariablesCard } from './variables-card.tsx';

/** What holds for everything in an environment. */
export function EnvironmentPage() {
  const { name, displayName } = useEnvironment();
  return (
    <div className="page">
      <PageHead title={displayName === '' ? 'Environment' : displayName}>
        What definitions of this environment refer to, how much may go out on each of its connections, and how long runs
        are kept.
      </PageHead>
      <VariablesCard environment={name} />
      <LimitsCard environment={name} />
      <RetentionCard environment={name} />
    </div>
  );
}
