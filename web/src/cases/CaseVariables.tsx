/** The variables of a case, and below them those that only a step sees. */
import { useLive } from '../api/live';
import { variablesQuery } from '../api/queries';
import type { CaseDetail } from '../api/types';
import { TitledList } from '../export/TitledList';
import { texts } from '../texts';
import { VariableTree } from './Variables';
import classes from './CasePage.module.css';

export function CaseVariables({ of }: { of: CaseDetail }) {
  const scopes = useLive(variablesQuery(of.key));
  const inner = (scopes.data ?? []).filter((scope) => scope.step !== 0 && Object.keys(scope.variables).length > 0);
  const whole = scopes.data?.find((scope) => scope.step === 0)?.variables ?? of.variables;
  return (
    <section>
      <TitledList title={texts.case.variables} list="variables" query={{ key: of.key }} className={classes.sectionTitle} />
      {Object.keys(whole).length === 0 ? <p className="dim">{texts.case.noVariables}</p> : <VariableTree variables={whole} />}
      {inner.map((scope) => (
        <div key={scope.step} className={classes.scope}>
          <h3>{texts.case.ofStep(scope.name ?? scope.node ?? String(scope.step))}</h3>
          <VariableTree variables={scope.variables} />
        </div>
      ))}
    </section>
  );
}
