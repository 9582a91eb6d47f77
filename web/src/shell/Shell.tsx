/** The frame: navigation at the left (at the bottom on a phone), who I am, and the page. */
import { Drawer, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Building2, ChevronsUpDown, Inbox, Keyboard, KeyRound, Layers, ListChecks, LogOut, Mails, Rows3, Scale, Search, ShieldCheck, SunMoon, TowerControl, UserRoundSearch, Workflow } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/act';
import { useLive, useNews } from '../api/live';
import { overviewQuery, sessionQuery } from '../api/queries';
import { useMe, useSession } from '../session/session';
import { texts } from '../texts';
import { Avatar } from '../ui/Avatar';
import { useKeys } from '../ui/keys';
import { toastFailure } from '../ui/toast';
import { SearchBox } from '../search/SearchBox';
import searchClasses from '../search/SearchBox.module.css';
import { useSearch } from '../search/useSearch';
import { ActAs } from './ActAs';
import { ActingBanner } from './ActingBanner';
import { setDensity, useDensity } from './appearance';
import { FirstStepsPanel, useFirstSteps } from './FirstSteps';
import { KeyMap } from './KeyMap';
import { Mark } from './Mark';
import classes from './Shell.module.css';

export function Shell({ children }: { children: ReactNode }) {
  const session = useSession();
  const [choosing, setChoosing] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const navigate = useNavigate();
  const search = useSearch({
    showKeys: () => setKeysShown(true),
    actAs: session.demo ? () => setChoosing(true) : null,
    admin: session.person.admin,
    outbox: session.person.admin || session.demo,
  });
  useNews();
  const first = useFirstSteps();
  const small = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });
  useKeys({
    'g t': () => void navigate({ to: '/tower' }),
    'g i': () => void navigate({ to: '/inbox' }),
    'g c': () => void navigate({ to: '/cases' }),
    'g p': () => void navigate({ to: '/processes' }),
    'g l': () => void navigate({ to: '/ledger' }),
    'g o': () => void navigate({ to: '/company' }),
    'g a': () => void navigate({ to: '/admin' }),
    '?': () => setKeysShown(true),
    '/': search.open,
    f: () => document.querySelector<HTMLInputElement>('input[data-page-search]')?.focus(),
  });
  const steps = first.progress && <FirstStepsPanel progress={first.progress} change={first.change} />;
  const account = (
    <Account
      actAs={() => setChoosing(true)}
      showKeys={() => setKeysShown(true)}
      {...(first.progress?.dismissed ? { resume: () => first.progress && first.change({ ...first.progress, dismissed: false }) } : {})}
    />
  );
  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {texts.skipToContent}
      </a>
      <nav className={classes.side} aria-label={texts.nav.label}>
        <div className={classes.brand}>
          <Mark />
          <span className={classes.product}>{texts.product}</span>
          <span className={classes.organisation}>{session.organisation.name}</span>
        </div>
        <UnstyledButton className={searchClasses.open} onClick={search.open}>
          <Search size={14} aria-hidden="true" />
          <span>{texts.search.title}</span>
          <span aria-hidden="true">Ctrl K</span>
        </UnstyledButton>
        <Navigation search={search.open} />
        {!small && steps}
        <div className={classes.account}>{account}</div>
      </nav>
      <div className={classes.page}>
        {session.actingAs && <ActingBanner who={session.actingAs} change={() => setChoosing(true)} />}
        {small && steps}
        <main id="content" className={classes.content} tabIndex={-1}>
          {children}
        </main>
      </div>
      <SearchBox opened={search.opened} close={search.close} commands={search.commands} goTo={search.goTo} />
      {session.demo && <ActAs opened={choosing} close={() => setChoosing(false)} />}
      <Drawer
        opened={keysShown}
        onClose={() => setKeysShown(false)}
        title={texts.keys.title}
        position="right"
        size="20rem"
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        <KeyMap />
      </Drawer>
    </div>
  );
}

const PLACES = [
  { to: '/tower', name: texts.nav.tower, Icon: TowerControl },
  { to: '/inbox', name: texts.nav.inbox, Icon: Inbox },
  { to: '/cases', name: texts.nav.cases, Icon: Layers },
  { to: '/processes', name: texts.nav.processes, Icon: Workflow },
  { to: '/ledger', name: texts.nav.ledger, Icon: Scale },
  { to: '/company', name: texts.nav.company, Icon: Building2 },
  { to: '/outbox', name: texts.nav.outbox, Icon: Mails },
  { to: '/admin', name: texts.nav.admin, Icon: ShieldCheck },
] as const;

/** On a phone they are in the account's menu: four places fit at the bottom of the screen. */
const SECONDARY: ReadonlySet<string> = new Set(['/ledger', '/company', '/outbox', '/admin']);

function usePlaces() {
  const { demo, person } = useSession();
  return PLACES.filter(({ to }) => person.admin || (to === '/outbox' ? demo : to !== '/admin'));
}

function Navigation({ search }: { search: () => void }) {
  const overview = useLive(overviewQuery);
  const places = usePlaces();
  return (
    <div className={classes.nav}>
      <UnstyledButton className={`${classes.place} ${classes.onPhone}`} onClick={search}>
        <Search size={16} strokeWidth={1.8} aria-hidden="true" />
        <span>{texts.search.short}</span>
      </UnstyledButton>
      {places.map(({ to, name, Icon }) => (
        <Link key={to} to={to} className={classes.place} activeOptions={{ includeSearch: false }} data-secondary={SECONDARY.has(to) || undefined}>
          <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
          <span>{name}</span>
          {to === '/inbox' && (overview.data?.myTasks ?? 0) > 0 && (
            <span className={classes.count}>{overview.data?.myTasks}</span>
          )}
        </Link>
      ))}
    </div>
  );
}

const COLOURS = ['auto', 'light', 'dark'] as const;

function Account({ actAs, showKeys, resume }: { actAs: () => void; showKeys: () => void; resume?: () => void }) {
  const density = useDensity();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const words = texts.appearance;
  const nextColours = COLOURS[(COLOURS.indexOf(colorScheme) + 1) % COLOURS.length] ?? 'auto';
  const { demo, person } = useSession();
  const places = usePlaces().filter(({ to }) => SECONDARY.has(to));
  const me = useMe();
  const client = useQueryClient();
  const signOut = useAct();
  const navigate = useNavigate();
  const leave = () =>
    signOut.mutate(
      { method: 'DELETE', path: '/session' },
      {
        onError: toastFailure,
        onSuccess: () => {
          client.setQueryData(sessionQuery.queryKey, null);
          client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
        },
      },
    );
  return (
    <Menu position="top-start" width={220} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.me}>
          <Avatar name={me.name} id={me.id} large />
          <span className={classes.meName}>
            <span>{me.name}</span>
            <span className={classes.meMail}>{person.email}</span>
          </span>
          <span className="hidden">{texts.session.menu}</span>
          <ChevronsUpDown size={14} aria-hidden="true" className={classes.meMore} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map(({ to, name, Icon }) => (
          <Menu.Item key={to} className={classes.onPhone ?? ''} leftSection={<Icon size={15} />} onClick={() => void navigate({ to })}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider className={classes.onPhone ?? ''} />
        {demo && (
          <Menu.Item leftSection={<UserRoundSearch size={15} />} onClick={actAs}>
            {texts.actAs.open}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<KeyRound size={15} />} onClick={() => void navigate({ to: '/tokens' })}>
          {texts.session.tokens}
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={15} />} onClick={showKeys}>
          {texts.session.keys}
        </Menu.Item>
        {resume && (
          <Menu.Item leftSection={<ListChecks size={15} />} onClick={resume}>
            {texts.firstSteps.resume}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Rows3 size={15} />}
          closeMenuOnClick={false}
          onClick={() => setDensity(density === 'compact' ? 'comfortable' : 'compact')}
        >
          {words.densityIs(words.density[density])}
        </Menu.Item>
        <Menu.Item leftSection={<SunMoon size={15} />} closeMenuOnClick={false} onClick={() => setColorScheme(nextColours)}>
          {words.colours[colorScheme]}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={15} />} onClick={leave}>
          {texts.session.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
