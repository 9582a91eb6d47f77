/** Every step the case has entered, as a table: the exact record beside the time line's story. */
import { useLive } from '../api/live';
import { stepsQuery } from '../api/queries';
import { TitledList } from '../export/TitledList';
import { nodeType, texts } from '../texts';
import { duration } from '../time/time';
import { Moment, useNow } from '../time/When';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import page from './CasePage.module.css';
import classes from './Steps.module.css';

export function Steps({ caseKey }: { caseKey: string }) {
  const words = texts.case;
  const steps = useLive(stepsQuery(caseKey));
  const now = useNow();
  const columns = words.stepColumns;
  return (
    <section>
      <TitledList title={words.steps} list="steps" query={{ key: caseKey }} id="steps" className={page.sectionTitle} />
      {steps.isPending && <LoadingRows rows={5} height={18} gap={14} />}
      {steps.error && !steps.data && <Failure error={steps.error} again={() => void steps.refetch()} />}
      {steps.data?.length === 0 && <p className="dim">{words.noSteps}</p>}
      {steps.data && steps.data.length > 0 && (
        <div className={classes.scroll} role="region" aria-labelledby="steps" tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{columns.step}</th>
                <th scope="col">{columns.type}</th>
                <th scope="col">{columns.state}</th>
                <th scope="col">{columns.holder}</th>
                <th scope="col">{columns.entered}</th>
                <th scope="col" className={classes.number}>
                  {columns.took}
                </th>
              </tr>
            </thead>
            <tbody>
              {steps.data.map((step) => (
                <tr key={step.id} data-state={step.state}>
                  <td className={classes.name}>{step.name}</td>
                  <td>{nodeType(step.type)}</td>
                  <td data-state>{words.stepState[step.state]}</td>
                  <td>{step.holder?.name ?? step.party?.name ?? texts.none}</td>
                  <td data-head={columns.entered}>
                    <Moment at={step.enteredAt} />
                  </td>
                  <td className={classes.number} data-head={columns.took}>
                    {duration((step.leftAt ? Date.parse(step.leftAt) : now) - Date.parse(step.enteredAt))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
