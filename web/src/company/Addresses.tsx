/** Where somebody is reached beside their mail address: administrators change it, everybody sees their own. */
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useAct } from '../api/act';
import { addressesQuery, type PersonAddress } from '../api/queries';
import type { PersonDetail } from '../api/types';
import { texts } from '../texts';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { toast, toastFailure } from '../ui/toast';
import classes from './Company.module.css';

const CHANNELS = ['slack', 'teams', 'sms'] as const;

export function Addresses({ person, admin }: { person: PersonDetail; admin: boolean }) {
  const words = texts.company;
  const addresses = useQuery(addressesQuery(person.id));
  return (
    <section className={classes.sub}>
      <h2>{words.addresses}</h2>
      {admin && <p className="dim">{words.addressesLead}</p>}
      {addresses.isPending && <LoadingRows rows={3} height={28} gap={10} />}
      {addresses.error && <Failure error={addresses.error} again={() => void addresses.refetch()} />}
      {addresses.data &&
        CHANNELS.map((channel) => {
          const known = addresses.data.find((each) => each.channel === channel);
          // Once saved or removed it begins anew with what is known then.
          return <Address key={`${channel} ${known?.address ?? ''}`} person={person.id} channel={channel} known={known} admin={admin} />;
        })}
    </section>
  );
}

interface Props {
  person: string;
  channel: string;
  known: PersonAddress | undefined;
  admin: boolean;
}

function Address({ person, channel, known, admin }: Props) {
  const words = texts.company;
  const act = useAct();
  const [address, setAddress] = useState(known?.address ?? '');
  const name = words.addressChannels[channel] ?? channel;
  const path = `/people/${encodeURIComponent(person)}/addresses/${channel}`;
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    act.mutate({ method: 'PUT', path, body: { address: address.trim() } }, { onSuccess: () => toast(words.addressSaved) });
  };
  const remove = () => act.mutate({ method: 'DELETE', path }, { onError: toastFailure, onSuccess: () => toast(words.addressRemoved) });
  const changed = address.trim() !== '' && address.trim() !== known?.address;
  return (
    <form onSubmit={save} className={classes.address}>
      <TextInput
        label={name}
        description={known?.stopped ? words.addressStopped : words.addressHints[channel]}
        disabled={!admin}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      {admin && changed && (
        <Button type="submit" variant="default" loading={act.isPending} aria-label={words.saveAddress(name)}>
          {texts.save}
        </Button>
      )}
      {admin && !changed && known && (
        <Button variant="subtle" color="gray" loading={act.isPending} aria-label={words.removeAddress(name)} onClick={remove}>
          {words.remove}
        </Button>
      )}
      {act.error && <Failure error={act.error} quiet />}
    </form>
  );
}
