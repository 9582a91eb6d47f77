/** What of a case is open at this moment: incidents, tasks, and what is waited for. */
import { Button } from '@mantine/core';
import { Clock, Cog, Mail, TriangleAlert } from 'lucide-react';
import { useAct } from '../api/act';
import { useLive } from '../api/live';
import { taskQuery } from '../api/queries';
import type { CaseDetail, Incident, Task } from '../api/types';
import { useTaskActs } from '../inbox/useTaskActs';
import { useMe } from '../session/session';
import { inWords, texts } from '../texts';
import { Ago, Due, Moment } from '../time/When';
import { Person } from '../ui/Avatar';
import { toast, toastFailure } from '../ui/toast';
import { stopsWork } from './standing';
import classes from './CasePage.module.css';

export function Incidents({ of }: { of: CaseDetail }) {
  if (of.incidents.length === 0) return null;
  return (
    <section aria-label={texts.case.incidents} className={classes.incidents}>
      {of.incidents.map((incident) => (
        <OneIncident key={incident.id} incident={incident} />
      ))}
    </section>
  );
}

function OneIncident({ incident }: { incident: Incident }) {
  const act = useAct();
  const retry = () =>
    act.mutate(
      {
        method: 'POST',
        path: `/cases/${encodeURIComponent(incident.caseKey)}/incidents/${encodeURIComponent(incident.id)}/resolution`,
        body: {},
      },
      { onError: toastFailure, onSuccess: () => toast(texts.case.retried) },
    );
  return (
    <div className={classes.incident}>
      <TriangleAlert size={16} aria-hidden="true" className={classes.incidentIcon} />
      <div>
        <p>
          <strong>{incident.name}</strong>{' '}
          <span className="dim">
            {inWords(incident.kind)}, {texts.case.raised} <Ago at={incident.raisedAt} />
          </span>
        </p>
        <p className={classes.incidentText}>{incident.message}</p>
      </div>
      <Button variant="default" loading={act.isPending} onClick={retry}>
        {stopsWork(incident.kind) ? texts.case.retry : texts.case.closeIncident}
      </Button>
    </div>
  );
}

export function OpenTasks({ tasks, open }: { tasks: readonly Task[]; open: (task: string) => void }) {
  return (
    <section>
      <h2 className={classes.sectionTitle}>{texts.case.tasks}</h2>
      <ul>
        {tasks.map((task) => (
          <OpenTask key={task.id} task={task} open={() => open(task.id)} />
        ))}
      </ul>
    </section>
  );
}

function OpenTask({ task, open }: { task: Task; open: () => void }) {
  const me = useMe();
  const acts = useTaskActs(task, { claimed: open });
  const mine = task.claimedBy?.id === me.id;
  const next = useLive(taskQuery(task.id)).data?.ifNobodyActs[0];
  return (
    <li className={classes.task}>
      <div className={classes.taskWhat}>
        <button type="button" className={classes.taskName} onClick={open}>
          {task.name}
        </button>
        <span className={classes.taskFacts}>
          {task.party?.name}
          {task.dueAt && (
            <>
              {' · '}
              <Due at={task.dueAt} overdue={task.overdue} />
            </>
          )}
        </span>
        {next && (
          <span className={classes.taskFacts}>
            {texts.handoff.ifNobodyActs}: {next.text} <Moment at={next.at} />
          </span>
        )}
      </div>
      <span className={classes.taskHolder}>
        {task.claimedBy ? (
          <Person name={task.claimedBy.name} id={task.claimedBy.id} />
        ) : (
          <span className="dim">{texts.task.unclaimed}</span>
        )}
      </span>
      <span className={classes.taskActs}>
        {task.mayClaim && (
          <Button variant="default" loading={acts.busy} onClick={acts.claim}>
            {task.offeredTo ? texts.task.accept : texts.task.claim}
          </Button>
        )}
        {!task.mayClaim && (
          <Button variant={mine ? 'filled' : 'default'} onClick={open}>
            {mine ? texts.task.work : texts.task.view}
          </Button>
        )}
      </span>
    </li>
  );
}

export function Waiting({ of }: { of: CaseDetail }) {
  const words = texts.case;
  if (of.timers.length + of.awaited.length + of.jobs.length === 0) {
    return (
      <section>
        <h2 className={classes.sectionTitle}>{words.waiting}</h2>
        <p className="dim">{words.noWaiting}</p>
      </section>
    );
  }
  return (
    <section>
      <h2 className={classes.sectionTitle}>{words.waiting}</h2>
      <ul className={classes.waiting}>
        {of.jobs.map((job) => (
          <li key={job.id}>
            <Cog size={15} aria-hidden="true" />
            <span>
              {job.name ?? job.type}
              <span className={classes.waitingFact}>
                {job.type} · {words.retriesLeft(job.retries)}
              </span>
            </span>
          </li>
        ))}
        {of.awaited.map((each) => (
          <li key={`${each.node} ${each.message} ${each.key ?? ''}`}>
            <Mail size={15} aria-hidden="true" />
            <span>
              {each.name}
              <span className={classes.waitingFact}>
                {words.awaits(each.message)} {each.key ? words.awaitsKey(each.key) : ''}
              </span>
            </span>
          </li>
        ))}
        {of.timers.map((timer) => (
          <li key={timer.id}>
            <Clock size={15} aria-hidden="true" />
            <span>
              {timer.name}
              <span className={classes.waitingFact}>
                <Ago at={timer.dueAt} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
