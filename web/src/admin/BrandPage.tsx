/** How people outside see the organisation: name, colour and logo of their page and mails, and how long their links live. */
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useAct } from '../api/act';
import { brandQuery, type Brand } from '../api/admin';
import { texts } from '../texts';
import { admin } from '../texts/admin';
import { LoadingRows } from '../ui/Loading';
import { Failure } from '../ui/Note';
import { toast } from '../ui/toast';
import classes from './Admin.module.css';

const COLOUR = /^#[0-9a-fA-F]{6}$/;
const LINK_DAYS = 30;

export function BrandPage() {
  const brand = useQuery(brandQuery);
  if (brand.data) return <Edit brand={brand.data} />;
  return brand.error ? <Failure error={brand.error} again={() => void brand.refetch()} /> : <LoadingRows rows={5} height={32} gap={14} />;
}

function Edit({ brand }: { brand: Brand }) {
  const words = admin.brand;
  const saving = useAct();
  const [fields, setFields] = useState(brand);
  const set = (change: Partial<Brand>) => setFields({ ...fields, ...change });
  const right = fields.colour === '' || COLOUR.test(fields.colour);
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    const body = { ...fields, name: fields.name.trim(), colour: fields.colour || null, logo: fields.logo?.trim() || null };
    saving.mutate({ method: 'PUT', path: '/brand', body }, { onSuccess: () => toast(words.saved) });
  };
  return (
    <>
      <p className={classes.lead}>{words.lead}</p>
      <div className={classes.brand}>
        <form onSubmit={save} className={classes.brandForm}>
          <TextInput label={words.name} maxLength={100} value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} />
          <TextInput
            label={words.colour}
            description={words.colourHint}
            error={right ? null : words.colourWrong}
            value={fields.colour}
            leftSection={<span className={classes.swatch} style={right ? { background: fields.colour } : {}} aria-hidden="true" />}
            onChange={(event) => set({ colour: event.currentTarget.value })}
          />
          <TextInput label={words.logo} description={words.logoHint} type="url" value={fields.logo ?? ''} onChange={(event) => set({ logo: event.currentTarget.value })} />
          <NumberInput
            label={words.linkDays}
            description={words.linkDaysHint}
            size="sm"
            min={1}
            max={366}
            allowDecimal={false}
            value={fields.linkDays}
            onChange={(value) => set({ linkDays: Number(value) || LINK_DAYS })}
          />
          {saving.error && <Failure error={saving.error} quiet />}
          <Button type="submit" size="sm" loading={saving.isPending} disabled={fields.name.trim() === '' || !right}>
            {texts.save}
          </Button>
        </form>
        <Preview brand={fields} />
      </div>
    </>
  );
}

function Preview({ brand }: { brand: Brand }) {
  const words = admin.brand;
  const colour = COLOUR.test(brand.colour) ? brand.colour : undefined;
  return (
    <figure className={classes.preview}>
      <figcaption>{words.preview}</figcaption>
      <div aria-hidden="true" style={colour === undefined ? {} : { borderTopColor: colour }}>
        <b>{brand.name}</b>
        <span>{words.previewTask}</span>
        <span className={classes.previewButton} style={colour === undefined ? {} : { background: colour }}>
          {words.previewButton}
        </span>
      </div>
    </figure>
  );
}
