import { useNavigate } from '@tanstack/react-router';
import { createFlow } from '../api/flows.ts';
import { useEnvironment } from '../shell/environment.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { FlowForm } from './flow-form.tsx';

export function NewFlowPage() {
  const { name: environment } = useEnvironment();
  const navigate = useNavigate();
  return (
    <div className="page">
      <PageHead title="New flow">
        A definition, an ARM resource or template, a Standard project, a flow package or a solution: as text or as a
        file; several files come in one zip archive.
      </PageHead>
      <FlowForm
        saveLabel="Deploy"
        save={(flow) => createFlow(environment, flow)}
        onSaved={({ name }) => navigate({ to: '/flows/$id', params: { id: name } })}
        onCancel={() => navigate({ to: '/flows' })}
      />
    </div>
  );
}
