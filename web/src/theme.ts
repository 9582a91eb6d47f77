/** Mantine, dressed in Baton's colours. The tokens themselves are in tokens.css; here they are given to the components. */
import { ActionIcon, Button, createTheme, type CSSVariablesResolver, defaultVariantColorsResolver, Drawer, Menu, Modal, Select, TextInput, Tooltip, type VariantColorsResolver } from '@mantine/core';

/** Filled buttons take their two colours from the tokens: one shade with one text colour cannot be right on both grounds. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const usual = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled') return usual;
  const ground = input.color === 'red' ? 'var(--red)' : 'var(--accent)';
  return {
    ...usual,
    background: ground,
    hover: `color-mix(in srgb, ${ground} 88%, var(--text))`,
    color: 'var(--on-accent)',
  };
};

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, monospace",
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver,
  colors: {
    petrol: ['#eaf6f6', '#d6ecec', '#aed9da', '#82c5c8', '#5cb8bc', '#36989f', '#1d7f87', '#0f6a73', '#0b565e', '#08434a'],
    gray: ['#f8f8f7', '#f2f2f0', '#e9e9e6', '#dededa', '#cfcfca', '#b0b1ad', '#85878a', '#5f6268', '#3d4045', '#1c1d1f'],
    dark: ['#e8e9eb', '#b4b8bf', '#92969e', '#5f636b', '#3a3d43', '#2b2d32', '#222428', '#1a1b1e', '#131416', '#0e0f11'],
  },
  defaultRadius: 6,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    Select: Select.extend({ defaultProps: { size: 'sm' } }),
    Modal: Modal.extend({ defaultProps: { radius: 10, overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 120 } } }),
    Drawer: Drawer.extend({ defaultProps: { overlayProps: { backgroundOpacity: 0.35 }, transitionProps: { duration: 160 } } }),
    // The placeholder is no item, and a menu may have nothing else.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, fz: 'xs' } }),
  },
});

export const variables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'color-mix(in srgb, var(--accent) 88%, var(--text))',
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-2)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-error': 'var(--red)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
  };
  return { variables: {}, light: both, dark: both };
};
