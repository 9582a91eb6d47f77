/** Says all the time that one acts as somebody else, and ends it. */
import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { teamsQuery } from '../api/queries';
import type { PersonRef } from '../api/types';
import { texts } from '../texts';
import { useActAs } from './becoming';
import { teamsOf } from './peopleByTeam';
import classes from './Shell.module.css';

export function ActingBanner({ who, change }: { who: PersonRef; change: () => void }) {
  const teams = useQuery(teamsQuery);
  const names = teamsOf(teams.data ?? [], who.id);
  const act = useActAs();
  return (
    <div className={classes.banner} role="status">
      <span className={classes.bannerText}>
        {texts.actAs.banner}
        <strong>{who.name}</strong>
        {names.length > 0 && ` (${names.join(', ')})`}
      </span>
      <UnstyledButton className={classes.bannerButton} onClick={change}>
        {texts.actAs.open}
      </UnstyledButton>
      <UnstyledButton className={classes.bannerButton} onClick={() => act(null)}>
        {texts.actAs.stop}
      </UnstyledButton>
    </div>
  );
}
