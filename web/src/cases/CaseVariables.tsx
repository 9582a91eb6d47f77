/** The variables of a case, and below them those that only a step sees; on demand with who set each to what, and when. */
import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '../api/live';
import { journalQuery, variablesQuery } from '../api/queries';
import type { CaseDetail } from '../api/types';
import { TitledList } from '../export/TitledList';
import { texts } from '../texts';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { VariableTree } from './Variables';
import { variableHistory } from './variableHistory';
import classes from './CasePage.module.css';

export function CaseVariables({ of }: { of: CaseDetail }) {
  const scopes = useLive(variablesQuery(of.key));
  const inner = (scopes.data ?? []).filter((scope) => scope.step !== 0 && Object.keys(scope.variables).length > 0);
  const [told, setTold] = useState(false);
  const journal = useLive({ ...journalQuery(of.key, useQueryClient()), enabled: told });
  const history = told && journal.data ? variableHistory(journal.data.entries) : undefined;
  const whole = scopes.data?.find((scope) => scope.step === 0)?.variables ?? of.variables;
  return (
    <section>
      <div className={classes.variablesHead}>
        <TitledList title={texts.case.variables} list="variables" query={{ key: of.key }} className={classes.sectionTitle} />
        <Switch
          size="xs"
          label={texts.variables.history}
          checked={told}
          onChange={(event) => setTold(event.currentTarget.checked)}
        />
      </div>
      {told && journal.isPending && <LoadingRows rows={2} height={14} />}
      {told && journal.error && !journal.data && <Failure error={journal.error} again={() => void journal.refetch()} />}
      {Object.keys(whole).length === 0 ? <p className="dim">{texts.case.noVariables}</p> : <VariableTree variables={whole} history={history?.get(0)} />}
      {inner.map((scope) => (
        <div key={scope.step} className={classes.scope}>
          <h3>{texts.case.ofStep(scope.name ?? scope.node ?? String(scope.step))}</h3>
          <VariableTree variables={scope.variables} history={history?.get(scope.step)} />
        </div>
      ))}
    </section>
  );
}
