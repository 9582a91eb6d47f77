/** The search field of a page (`f` goes to it). What is typed is handed on a moment after the last key. */
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { useState } from 'react';

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  className?: string | undefined;
  /** As high as fields with a label above them. */
  tall?: boolean;
}

export const TYPING_MS = 250;

export function SearchField({ label, placeholder, value, onChange, className, tall = false }: Props) {
  const [typed, setTyped] = useState({ text: value, from: value });
  const later = useDebouncedCallback(onChange, TYPING_MS);
  // The address changed by something else than this field: show what it says now.
  if (typed.from !== value) setTyped({ text: value.trim() === typed.text.trim() ? typed.text : value, from: value });
  return (
    <TextInput
      className={className ?? ''}
      size={tall ? 'sm' : 'xs'}
      type="search"
      data-page-search
      aria-label={label}
      placeholder={placeholder}
      leftSection={<Search size={14} />}
      value={typed.text}
      onChange={(event) => {
        setTyped({ ...typed, text: event.currentTarget.value });
        later(event.currentTarget.value);
      }}
    />
  );
}
