import { Badge } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  CircleRegular,
  ClockRegular,
  DismissCircleFilled,
  SubtractCircleRegular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';

type Look = {
  readonly color: 'success' | 'danger' | 'informative' | 'warning' | 'subtle';
  readonly icon: ReactElement;
};

const looks: Readonly<Record<string, Look>> = {
  Succeeded: {
    color: 'success',
    icon: <CheckmarkCircleFilled color="var(--colorStatusSuccessForeground1)" fontSize={18} />,
  },
  Failed: { color: 'danger', icon: <DismissCircleFilled color="var(--colorStatusDangerForeground1)" fontSize={18} /> },
  TimedOut: {
    color: 'danger',
    icon: <DismissCircleFilled color="var(--colorStatusDangerForeground1)" fontSize={18} />,
  },
  Running: { color: 'informative', icon: <ClockRegular fontSize={18} /> },
  Waiting: { color: 'informative', icon: <ClockRegular fontSize={18} /> },
  Cancelled: { color: 'warning', icon: <SubtractCircleRegular fontSize={18} /> },
  Skipped: { color: 'subtle', icon: <SubtractCircleRegular color="var(--colorNeutralForeground4)" fontSize={18} /> },
};
const other: Look = { color: 'subtle', icon: <CircleRegular color="var(--colorNeutralForeground4)" fontSize={18} /> };

export function RunStatus({ status }: { readonly status: string }) {
  return (
    <Badge appearance="tint" color={(looks[status] ?? other).color}>
      {status}
    </Badge>
  );
}

/** The same as a sign, for lists; its name is read out. */
export function StatusMark({ status }: { readonly status: string }) {
  return (
    <span title={status} role="img" aria-label={status} style={{ display: 'inline-flex' }}>
      {(looks[status] ?? other).icon}
    </span>
  );
}
