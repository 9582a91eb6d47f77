/** Which cases need the reader, why, who has them, and the one act that helps: done by one press, or opened filled in. */
import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '../api/act';
import type { Need } from '../api/tower';
import { texts } from '../texts';
import { Ago } from '../time/When';
import { Person } from '../ui/Avatar';
import { toast, toastFailure } from '../ui/toast';
import { GiveTo } from './GiveTo';
import classes from './Tower.module.css';

export function NeedsYou({ needs }: { needs: Need[] }) {
  const words = texts.tower.needs;
  const [giving, setGiving] = useState<Need | null>(null);
  if (needs.length === 0) {
    return (
      <p className={classes.calm}>
        <CircleCheck size={16} aria-hidden="true" />
        <span>
          <b>{words.none}</b> {words.noneHow}{' '}
          <Link to="/cases" className="link">
            {words.toCases}
          </Link>
        </span>
      </p>
    );
  }
  return (
    <>
      <ul className={classes.needs}>
        {needs.map((need) => (
          <NeedRow key={need.caseKey} need={need} give={() => setGiving(need)} />
        ))}
      </ul>
      {giving && <GiveTo need={giving} close={() => setGiving(null)} />}
    </>
  );
}

function NeedRow({ need, give }: { need: Need; give: () => void }) {
  const words = texts.tower.needs;
  const act = useAct();
  const navigate = useNavigate();
  const press = () => {
    if (need.act.what === 'OPEN') {
      void navigate({ to: '/cases/$key', params: { key: need.caseKey } });
    } else if (need.act.what === 'OFFER') {
      give();
    } else if (need.act.method !== null && need.act.path !== null) {
      act.mutate(
        { method: need.act.method, path: need.act.path, ...(need.act.body ? { body: need.act.body } : {}) },
        { onSuccess: () => toast(words.done, need.caseKey), onError: toastFailure },
      );
    }
  };
  return (
    <li className={classes.need} data-why={need.why}>
      <span className={classes.needDot} aria-hidden="true" />
      <div className={classes.needCase}>
        <Link to="/cases/$key" params={{ key: need.caseKey }} className={classes.needTitle}>
          {need.caseTitle ?? need.process.name}
        </Link>
        <span className={classes.needStep}>
          <span className="key">{need.caseKey}</span>
          {need.step && ` · ${need.step}`}
        </span>
      </div>
      <div className={classes.needWhy}>
        <span>{words.why(need.kind)}</span>
        <span className={classes.needSince}>
          <Ago at={need.why === 'OVERDUE' || need.why === 'AT_RISK' ? (need.due ?? need.since) : need.since} />
        </span>
      </div>
      <div className={classes.needHolder}>{need.holder ? <Person name={need.holder.name} id={need.holder.id} /> : texts.none}</div>
      <Button
        variant={need.act.what === 'OPEN' ? 'default' : 'light'}
        size="compact-sm"
        loading={act.isPending}
        onClick={press}
        data-act={need.act.what}
      >
        {words.act(need.act.what, need.act.person?.name.split(' ')[0] ?? '')}
      </Button>
    </li>
  );
}
