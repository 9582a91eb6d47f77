/** One case: where it stands in a sentence and in the drawing, what is open, what happened, what it carries. */
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../api/client';
import { useLive } from '../api/live';
import { caseQuery } from '../api/queries';
import type { CaseDetail } from '../api/types';
import { Diagram } from '../diagram/Diagram';
import { marksOf } from '../diagram/marks';
import { CaseRoom } from '../room/CaseRoom';
import { texts } from '../texts';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { usePageTitle } from '../ui/pageTitle';
import { Appointments } from './Appointments';
import { Buffer } from './Buffer';
import { CaseHead, Interludes } from './CaseHead';
import { Incidents, OpenTasks, Waiting } from './CaseNow';
import { CaseVariables } from './CaseVariables';
import { CustodyBar } from './CustodyBar';
import { Outside } from './Outside';
import { Steps } from './Steps';
import { TaskDrawer } from './TaskDrawer';
import { Undos } from './Undos';
import classes from './CasePage.module.css';

const route = getRouteApi('/cases/$key');

export function CasePage() {
  const { key } = route.useParams();
  const one = useLive(caseQuery(key));
  usePageTitle(one.data?.title ? `${key} ${one.data.title}` : key);
  const lost = one.error instanceof ApiError && one.error.status === 404;
  if (one.data && !lost) return <Case key={key} one={one.data} stale={one.isError} />;
  return (
    <div className={classes.page}>
      <div>
        <Link to="/cases" className="link">
          {texts.case.back}
        </Link>
        <h1>{key}</h1>
      </div>
      {one.isPending && <LoadingRows rows={9} height={36} gap={16} />}
      {one.error && <Failure error={one.error} {...(lost ? {} : { again: () => void one.refetch() })} />}
    </div>
  );
}

function Case({ one, stale }: { one: CaseDetail; stale: boolean }) {
  const [task, setTask] = useState<string | null>(null);
  return (
    <div className={classes.page}>
      {stale && (
        <p role="status" className={classes.stale}>
          {texts.errors.stale}
        </p>
      )}
      <CaseHead one={one} />
      <Interludes one={one} />
      <Undos of={one} />
      <Incidents of={one} />
      {one.state === 'open' && one.tasks.length > 0 && <OpenTasks tasks={one.tasks} open={setTask} />}
      <Diagram process={one.process} marks={marksOf(one)} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <CaseRoom of={one} />
          <CaseVariables of={one} />
        </div>
        <div className={classes.aside}>
          {one.buffer && <Buffer of={one.buffer} />}
          <CustodyBar caseKey={one.key} />
          <Outside of={one} />
          <Appointments of={one} />
          {one.state === 'open' && <Waiting of={one} />}
        </div>
      </div>
      <Steps caseKey={one.key} />
      <TaskDrawer id={task} close={() => setTask(null)} />
    </div>
  );
}
