/** A short list of what to try first, beside the pages. It ticks itself off, can be put away and taken out again. */
import { ActionIcon } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { Check, ChevronDown, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Act } from '../api/act';
import { processesQuery } from '../api/queries';
import { PUBLISH } from '../designer/usePublish';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { after, read, TOURS, write, type Happening, type Progress, type Tour } from './firstSteps';
import classes from './FirstSteps.module.css';

export interface FirstSteps {
  progress: Progress | null;
  change: (progress: Progress) => void;
}

/** Kept by the shell, which also offers in its menu to take them out again. */
export function useFirstSteps(): FirstSteps {
  const tour = useTour();
  const [kept, setKept] = useState(read);
  const progress = kept ?? (tour === null ? null : { tour, done: [], dismissed: false });
  const change = (to: Progress) => {
    setKept(to);
    write(to);
  };
  useHappenings((happening) => {
    if (progress === null) return;
    const next = after(progress, happening);
    if (next !== progress) change(next);
  });
  return { progress, change };
}

/** In a demo for everybody; for the administrator of an installation in which there is no process yet. */
function useTour(): Tour | null {
  const { demo, person } = useSession();
  const processes = useQuery({ ...processesQuery, enabled: !demo && person.admin });
  if (demo) return 'demo';
  return processes.data?.length === 0 ? 'empty' : null;
}

function useHappenings(tell: (happening: Happening) => void) {
  const client = useQueryClient();
  const address = useRouterState({ select: ({ resolvedLocation }) => (resolvedLocation ? resolvedLocation.pathname + resolvedLocation.searchStr : '') });
  const current = useRef(tell);
  useEffect(() => {
    current.current = tell;
  });
  useEffect(() => {
    if (address !== '') current.current({ went: address });
  }, [address]);
  useEffect(
    () =>
      client.getMutationCache().subscribe(({ type, mutation }) => {
        if (type !== 'updated' || mutation?.state.status !== 'success') return;
        const act = mutation.state.variables as Partial<Act> | undefined;
        if (act?.path !== undefined) current.current({ did: `${act.method} ${act.path}` });
        else if (mutation.options.mutationKey === PUBLISH) current.current({ did: 'POST /processes' });
      }),
    [client],
  );
}

export function FirstStepsPanel({ progress, change }: { progress: Progress; change: (progress: Progress) => void }) {
  const words = texts.firstSteps;
  const steps = TOURS[progress.tour];
  const [open, setOpen] = useState(true);
  const done = steps.filter((step) => progress.done.includes(step.id)).length;
  const next = steps.find((step) => !progress.done.includes(step.id));
  if (progress.dismissed) return null;
  return (
    <section className={classes.panel} aria-label={words.title} data-open={open || undefined}>
      <div className={classes.head}>
        <button type="button" className={classes.title} aria-expanded={open} onClick={() => setOpen(!open)}>
          <span>{words.title}</span>
          <span className={classes.count} role="status">{words.count(done, steps.length)}</span>
          <ChevronDown size={14} aria-hidden="true" />
        </button>
        <ActionIcon size="sm" aria-label={words.dismiss} onClick={() => change({ ...progress, dismissed: true })}>
          <X size={14} />
        </ActionIcon>
      </div>
      <ol className={classes.steps}>
        {steps.map((step) => {
          const ticked = progress.done.includes(step.id);
          const said = words[progress.tour][step.id] ?? { what: step.id, how: '' };
          return (
            <li key={step.id} data-done={ticked || undefined} data-next={step === next || undefined}>
              <span className={classes.tick} aria-hidden="true">
                {ticked && <Check size={11} strokeWidth={3} />}
              </span>
              <span>
                {ticked ? said.what : <Link to={step.to}>{said.what}</Link>}
                {ticked && <span className="hidden"> ({words.isDone})</span>}
                {step === next && <span className={classes.how}>{said.how}</span>}
              </span>
            </li>
          );
        })}
      </ol>
      {next === undefined && <p className={classes.end}>{words.allDone}</p>}
    </section>
  );
}
