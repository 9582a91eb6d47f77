/** A process drawn, with where a case is in it. bpmn-js is large, so it comes only when a diagram is on the screen. */
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Component, lazy, Suspense, type ReactNode } from 'react';
import { bpmnQuery } from '../api/queries';
import { texts } from '../texts';
import { Empty, Failure } from '../ui/Note';
import type { Marks } from './marks';
import classes from './Diagram.module.css';

const Drawing = lazy(() => import('./Drawing'));

interface Props {
  process: { key: string; name: string; version: number };
  marks: Marks;
}

export function Diagram({ process, marks }: Props) {
  const bpmn = useQuery(bpmnQuery(process.key, process.version));
  return (
    <div className={classes.frame}>
      {bpmn.isPending && <Waiting />}
      {bpmn.error && <Failure error={bpmn.error} again={() => void bpmn.refetch()} />}
      {bpmn.data !== undefined && <Drawn key={`${process.key} ${process.version}`} xml={bpmn.data} name={process.name} marks={marks} />}
    </div>
  );
}

/** A process that is at hand, also one that was never published. */
export function DraftDiagram(props: { xml: string; name: string; marks: Marks }) {
  return (
    <div className={classes.frame}>
      <Drawn key={props.xml} {...props} />
    </div>
  );
}

function Drawn(props: { xml: string; name: string; marks: Marks }) {
  return (
    <DrawingBroken>
      <Suspense fallback={<Waiting />}>
        <Drawing {...props} />
      </Suspense>
    </DrawingBroken>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label={texts.diagram.loading} className={classes.waiting}>
      <Skeleton height="100%" />
    </div>
  );
}

/** A drawing that fails must not take the page with it. */
class DrawingBroken extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (this.state.broken) return <Empty title={texts.diagram.broken}>{texts.diagram.brokenHow}</Empty>;
    return this.props.children;
  }
}
