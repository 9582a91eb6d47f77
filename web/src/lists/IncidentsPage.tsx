/** Open incidents of all cases, the most urgent first, narrowed as the address says. */
import { getRouteApi, Link } from '@tanstack/react-router';
import { useLivePages } from '../api/live';
import { incidentsQuery } from '../api/tower';
import { texts } from '../texts';
import { Ago, Due } from '../time/When';
import { Person } from '../ui/Avatar';
import { itemsOf, ListPage } from './ListPage';
import { without } from './listSearch';
import classes from './Lists.module.css';

const route = getRouteApi('/incidents');

export function IncidentsPage() {
  const words = texts.lists;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const incidents = useLivePages(incidentsQuery(search));
  return (
    <ListPage
      list="incidents"
      title={words.incidents}
      empty={words.noIncidents}
      emptyHow={words.noIncidentsHow}
      search={search}
      drop={(name) => void navigate({ search: without(search, name), replace: true })}
      rows={incidents}
      head={[words.incident, words.case, words.holder, words.since, words.due]}
    >
      {itemsOf(incidents).map((incident) => (
        <tr key={incident.id}>
          <td className={classes.main}>
            <span className={classes.kind} data-severity={incident.severity}>
              {texts.tower.needs.why(incident.kind)}
            </span>
            <span className={classes.message}>{incident.suggestion}</span>
          </td>
          <td>
            <Link to="/cases/$key" params={{ key: incident.caseKey }} className={classes.open}>
              <span className="key">{incident.caseKey}</span> {incident.caseTitle}
            </Link>
          </td>
          <td>{incident.holder ? <Person name={incident.holder.name} id={incident.holder.id} /> : texts.none}</td>
          <td>
            <Ago at={incident.raisedAt} />
          </td>
          <td>
            <Due at={incident.dueAt} overdue={incident.overdue} />
          </td>
        </tr>
      ))}
    </ListPage>
  );
}
