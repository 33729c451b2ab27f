export { A } from './Link.tsx';
export { Page, PageTitle, RecordPage, Card, Stat, Stats, EmptyState, ErrorNote, Skeleton, SkeletonRows, Chip, Kbd } from './Page.tsx';
export { VerdictBadge, GradeBadge, Badge } from './Badge.tsx';
export { ReasonBars, type Reason } from './ReasonBars.tsx';
export { Timeline, type TimelineEntry } from './Timeline.tsx';
export { Money, Duration, When, Count } from './Values.tsx';
export { ConfirmButton } from './ConfirmButton.tsx';
export { FormDialog } from './FormDialog.tsx';
export { Progress, DueBar } from './Progress.tsx';
export { VirtualTable, type Column } from './VirtualTable.tsx';
export { FilterBar, type FilterSpec } from './FilterBar.tsx';
export { DataTable, type DataColumn } from './DataTable.tsx';
export { toast, toastKept } from './toast.tsx';
export { Icon } from './Icon.tsx';
export { MoneyInput } from './MoneyInput.tsx';
export {
  Stack,
  Split,
  Row,
  FormGrid,
  Wide,
  TwoLines,
  FactList,
  Tabs,
  breakable,
  useOpenInSight,
  CopyField,
  Note,
  Back,
  type Tab,
} from './Layout.tsx';
