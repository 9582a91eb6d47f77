/** What keeps the process from being published, each with the way to where it is. */
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { design } from '../texts/design';
import { Failure } from '../ui/Note';
import classes from './Designer.module.css';
import type { Checked } from './useChecked';

export function Problems({ checked, select }: { checked: Checked; select: (element: string) => void }) {
  const words = design.problems;
  const { problems, checking, error } = checked;
  return (
    <section className={classes.problems} aria-label={words.title} aria-live="polite">
      <h2>
        {words.title}
        {checking && <span className="dim"> {words.checking}</span>}
      </h2>
      {Boolean(error) && <Failure error={error} quiet />}
      {problems?.length === 0 && (
        <p className={classes.fine}>
          <CircleCheck size={15} aria-hidden="true" /> {words.none}
        </p>
      )}
      <ul>
        {(problems ?? []).map((problem, place) => (
          // The same may be wrong twice in one place.
          <li key={`${place} ${problem.reason}`}>
            <TriangleAlert size={14} aria-hidden="true" />
            <span>
              {problem.element !== null && (
                <button type="button" className={classes.where} onClick={() => select(problem.element ?? '')}>
                  {problem.element}
                </button>
              )}{' '}
              {problem.reason}
              <span className={classes.file}>
                {' '}
                {problem.file}
                {problem.line > 0 && `:${problem.line}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
