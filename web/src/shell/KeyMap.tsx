/** Which key does what. */
import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import { texts } from '../texts';
import classes from './Shell.module.css';

export function KeyMap() {
  return (
    <>
      {texts.keys.groups.map((group) => (
        <section key={group.name} className={classes.keyGroup}>
          <h2>{group.name}</h2>
          <dl className={classes.keyList}>
            {group.keys.map(([keys, meaning]) => (
              <Fragment key={keys}>
                <dt>
                  {keys.split(' ').map((key) => (
                    <Kbd key={key} size="sm">
                      {key}
                    </Kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
