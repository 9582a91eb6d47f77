/** The sign-in page. The one-time link needs no form: it is only explained here. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useAct } from '../api/act';
import { sessionQuery } from '../api/queries';
import type { Session } from '../api/types';
import { Mark } from '../shell/Mark';
import { texts } from '../texts';
import { Failure } from '../ui/Note';
import { usePageTitle } from '../ui/pageTitle';
import classes from './SignIn.module.css';

export function SignIn() {
  const words = texts.session;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const client = useQueryClient();
  const signIn = useAct<Session>();
  const refused = signIn.error?.status === 401 || signIn.error?.status === 403;
  usePageTitle(words.signIn);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    signIn.mutate(
      { method: 'POST', path: '/session', body: { email, password } },
      {
        onSuccess: (session) => {
          // Whoever was here before may have been somebody else.
          client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
          client.setQueryData(sessionQuery.queryKey, session);
        },
      },
    );
  };

  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Mark size={40} />
        <h1>{words.title}</h1>
        <p className={classes.lead}>{words.lead}</p>
        <form onSubmit={submit} className={classes.form}>
          <TextInput
            label={words.email}
            type="email"
            name="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={words.password}
            name="password"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': words.reveal }}
            required
            withAsterisk={false}
            value={password}
            error={refused ? words.wrong : null}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {signIn.error && !refused && <Failure error={signIn.error} quiet />}
          <Button type="submit" size="sm" loading={signIn.isPending}>
            {words.signIn}
          </Button>
        </form>
        <div className={classes.link}>
          <h2>{words.oneTimeLink}</h2>
          <p className="dim">{words.oneTimeLinkHow}</p>
        </div>
      </div>
    </main>
  );
}
