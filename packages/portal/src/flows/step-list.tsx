import type { ReactNode } from 'react';
import type { StepNode } from './step-tree.ts';

/** Steps as a tree of buttons; `mark` and `note` say what a run made of each. */
export function StepList(props: {
  readonly steps: readonly StepNode[];
  readonly selected: string | undefined;
  readonly onSelect: (name: string) => void;
  readonly mark?: (name: string) => ReactNode;
  readonly note?: (name: string) => string;
}) {
  return (
    <ul className="steps">
      {props.steps.map((step) => (
        <li key={step.name}>
          <button
            type="button"
            className="step"
            aria-pressed={props.selected === step.name}
            onClick={() => props.onSelect(step.name)}
          >
            {props.mark?.(step.name)}
            <span className="name">{step.name.replaceAll('_', ' ')}</span>
            <span className="type">{props.note?.(step.name) ?? step.type}</span>
          </button>
          {step.branches.map((branch) => (
            <div key={branch.title}>
              {branch.title !== '' && <div className="branch">{branch.title}</div>}
              <StepList {...props} steps={branch.steps} />
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
