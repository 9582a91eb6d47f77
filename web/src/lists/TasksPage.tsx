/** Everybody's open tasks, narrowed as the address says. One's own work is done in the inbox. */
import { getRouteApi, Link } from '@tanstack/react-router';
import { useLivePages } from '../api/live';
import { allTasksQuery } from '../api/tower';
import { texts } from '../texts';
import { Ago, Due } from '../time/When';
import { Person } from '../ui/Avatar';
import { itemsOf, ListPage } from './ListPage';
import { without } from './listSearch';
import classes from './Lists.module.css';

const route = getRouteApi('/tasks');

export function TasksPage() {
  const words = texts.lists;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tasks = useLivePages(allTasksQuery(search));
  return (
    <ListPage
      list="tasks"
      title={words.tasks}
      empty={words.noTasks}
      emptyHow={words.noTasksHow}
      search={search}
      drop={(name) => void navigate({ search: without(search, name), replace: true })}
      rows={tasks}
      head={[words.task, words.case, words.holder, words.since, words.due]}
    >
      {itemsOf(tasks).map((task) => (
        <tr key={task.id}>
          <td className={classes.main}>{task.name}</td>
          <td>
            <Link to="/cases/$key" params={{ key: task.caseKey }} className={classes.open}>
              <span className="key">{task.caseKey}</span> {task.caseTitle}
            </Link>
          </td>
          <td>
            {task.offeredTo ? (
              <Person name={task.offeredTo.name} id={task.offeredTo.id} />
            ) : task.claimed && task.holder ? (
              <Person name={task.holder.name} id={task.holder.id} />
            ) : (
              <span className="dim">{task.party?.name ?? texts.none}</span>
            )}
          </td>
          <td>
            <Ago at={task.openedAt} />
          </td>
          <td>{task.dueAt ? <Due at={task.dueAt} overdue={task.overdue} /> : <span className="dim">{texts.none}</span>}</td>
        </tr>
      ))}
    </ListPage>
  );
}
