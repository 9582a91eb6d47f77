/** What happens at the steps of a process when nobody acts: each policy in its sentences, with the steps that follow it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { policiesQuery } from '../api/queries';
import type { ProcessDetail } from '../api/types';
import { policySentences } from '../company/policySentences';
import { useNames } from '../company/useNames';
import { texts } from '../texts';
import classes from './Processes.module.css';

export function Policies({ process }: { process: ProcessDetail }) {
  const words = texts.processes;
  const policies = useQuery(policiesQuery);
  const nameOf = useNames();
  const steps = new Map<string, string[]>();
  for (const { id, name, policy } of process.nodes) {
    if (policy) steps.set(policy, [...(steps.get(policy) ?? []), name ?? id]);
  }
  if (steps.size === 0) return <p className="dim">{words.policiesNone}</p>;
  return (
    <dl className={classes.policies}>
      {[...steps].map(([key, names]) => {
        const policy = policies.data?.find((each) => each.key === key);
        return (
          <div key={key}>
            <dt>
              <Link to="/company/$tab" params={{ tab: 'policies' }} className="link">
                {key}
              </Link>
              <span className={classes.kind}>{words.policyOf(names.join(', '))}</span>
            </dt>
            {policy && policySentences(policy.policy, nameOf).map((sentence) => <dd key={sentence}>{sentence}</dd>)}
            {policies.data && !policy && <dd className="late">{words.policyMissing}</dd>}
          </div>
        );
      })}
    </dl>
  );
}
