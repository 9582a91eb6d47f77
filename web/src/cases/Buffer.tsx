/** Whether the case will make it: due − now − what is still to do, with every term, so that a person can check the sum. */
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { BufferView } from '../api/types';
import { texts } from '../texts';
import { duration } from '../time/time';
import { Moment } from '../time/When';
import page from './CasePage.module.css';
import classes from './Buffer.module.css';

export function Buffer({ of }: { of: BufferView }) {
  const words = texts.buffer;
  const [shown, setShown] = useState(false);
  const least = of.steps.toSorted((a, b) => a.left.seconds - b.left.seconds)[0];
  if (!least) return null;
  return (
    <section>
      <h2 className={page.sectionTitle}>{words.title}</h2>
      <p className={classes.left} data-negative={of.negative || undefined}>
        {of.negative ? words.short(duration(-of.left.seconds * 1000)) : words.left(duration(of.left.seconds * 1000))}
      </p>
      <p className="dim">
        {words.if} <Moment at={least.usedUpAt} />.
      </p>
      <button type="button" className={classes.more} aria-expanded={shown} onClick={() => setShown(!shown)}>
        <ChevronRight size={14} aria-hidden="true" data-open={shown || undefined} /> {words.sum}
      </button>
      {shown && (
        <table className={classes.sum}>
          <tbody>
            <tr>
              <th scope="row">{words.untilDue}</th>
              <td>
                <Moment at={of.due} />
              </td>
              <td>{duration(Math.max(0, Date.parse(of.due) - Date.parse(of.now)))}</td>
            </tr>
            {least.terms.map((term) => (
              <tr key={`${term.node} ${term.from}`}>
                <th scope="row">{term.name}</th>
                <td>{words.takes(duration(term.takes.seconds * 1000), term.workingTime)}</td>
                <td>− {duration(term.elapsed.seconds * 1000)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {words.title}
              </th>
              <td>{(of.negative ? '− ' : '') + duration(Math.abs(least.left.seconds) * 1000)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  );
}
