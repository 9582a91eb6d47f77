/** In whose court the ball is, and what each has to do against a usual day: lists with a bar, every number opening its list. */
import type { Counted, Court, Tower } from '../api/tower';
import { texts } from '../texts';
import { duration } from '../time/time';
import { Ago } from '../time/When';
import { Person } from '../ui/Avatar';
import { Count } from './Count';
import { useFirst } from './More';
import classes from './Tower.module.css';

export function Courts({ of, name }: { of: Court[]; name: string }) {
  const words = texts.tower.courts;
  const { rows, more } = useFirst(of);
  const most = Math.max(1, ...of.map((court) => court.count));
  return (
    <section aria-label={name} className={classes.half}>
      <h3>{name}</h3>
      {of.length === 0 ? (
        <p className="dim">{words.none}</p>
      ) : (
        <>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{words.who}</th>
                  <th scope="col" className={classes.number}>
                    {words.cases}
                  </th>
                  <th scope="col" className={classes.number}>
                    {words.oldest}
                  </th>
                  <th scope="col" className={classes.number}>
                    {words.held}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((court) => (
                  <CourtRow key={court.party?.key ?? court.person?.id} court={court} most={most} />
                ))}
              </tbody>
            </table>
          {more}
        </>
      )}
    </section>
  );
}

function CourtRow({ court, most }: { court: Court; most: number }) {
  const name = court.party?.name ?? court.person?.name ?? texts.none;
  return (
    <tr>
      <td>
        {court.person ? <Person name={court.person.name} id={court.person.id} /> : name}
        <span className={classes.bar} style={{ width: `${(court.count / most) * 100}%` }} />
      </td>
      <td className={classes.number}>
        <Count of={court} what={name} />
      </td>
      <td className={classes.number}>
        <Count of={court} what={name} className={classes.rate}>
          <Ago at={court.oldest} />
        </Count>
      </td>
      <td className={classes.number}>
        <Count of={court} what={name} className={classes.rate}>
          {duration((court.held.seconds * 1000) / Math.max(1, court.steps))}
        </Count>
      </td>
    </tr>
  );
}

interface Loaded extends Counted {
  usual: number;
  key: string;
  name: string;
  isPerson: boolean;
}

export function Loads({ tower }: { tower: Tower }) {
  const words = texts.tower.load;
  const people: Loaded[] = tower.personLoads.map((load) => ({ ...load, key: load.person.id, name: load.person.name, isPerson: true }));
  const teams: Loaded[] = tower.teamLoads.map((load) => ({ ...load, key: load.team.key, name: load.team.name, isPerson: false }));
  return (
    <div className={classes.halves}>
      <LoadTable name={words.people} of={people} />
      <LoadTable name={words.teams} of={teams} />
    </div>
  );
}

function LoadTable({ name, of }: { name: string; of: Loaded[] }) {
  const words = texts.tower.load;
  const { rows, more } = useFirst(of);
  return (
    <section aria-label={`${texts.tower.sections.load}: ${name}`} className={classes.half}>
      <h3>{name}</h3>
      {of.length === 0 ? (
        <p className="dim">{words.none}</p>
      ) : (
        <>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{words.who}</th>
                <th scope="col" className={classes.number}>
                  {words.tasks}
                </th>
                <th scope="col" className={classes.number}>
                  {words.usual}
                </th>
                <th scope="col" className={classes.gaugeHead}>
                  {words.share}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((load) => (
                <tr key={load.key}>
                  <td>{load.isPerson ? <Person name={load.name} id={load.key} /> : load.name}</td>
                  <td className={classes.number}>
                    <Count of={load} what={load.name} />
                  </td>
                  <td className={classes.number}>{load.usual}</td>
                  <td>
                    <Count of={load} what={load.name} className={classes.gaugeLink}>
                      <Gauge share={load.count / Math.max(1, load.usual)} />
                    </Count>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {more}
        </>
      )}
    </section>
  );
}

/** Full is a usual day; what is more goes on in red. */
function Gauge({ share }: { share: number }) {
  return (
    <span className={classes.gauge} data-over={share > 1 || undefined}>
      <span className={classes.gaugeLine} aria-hidden="true">
        <span style={{ width: `${Math.min(1, share) * 100}%` }} />
      </span>
      <span className={classes.gaugeShare}>{Math.round(share * 100)} %</span>
    </span>
  );
}
