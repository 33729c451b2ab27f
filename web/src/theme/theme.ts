import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const blue: MantineColorsTuple = [
  '#e6f0fb',
  '#d3e4f7',
  '#a7c9ee',
  '#78abe4',
  '#5093dc',
  '#2f7fd3',
  '#0a66c2',
  '#0a5cb0',
  '#084e96',
  '#063f7a',
];

/** The library's dark greys, tuned to our dark surface. */
const dark: MantineColorsTuple = [
  '#e9ecef',
  '#b8c0c9',
  '#98a2ad',
  '#5b646e',
  '#2f363d',
  '#262c33',
  '#1c2126',
  '#171b1f',
  '#12161a',
  '#0d1013',
];

/** Mantine draws controls; our tokens (tokens.css) decide how they look, so both themes stay in one file. */
export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, monospace",
  colors: { blue, dark },
  primaryColor: 'blue',
  primaryShade: { light: 6, dark: 5 },
  defaultRadius: 7,
  radius: { xs: '4px', sm: '6px', md: '7px', lg: '9px', xl: '12px' },
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  shadows: { xs: 'none', sm: 'none', md: 'var(--overlay-shadow)', lg: 'var(--overlay-shadow)', xl: 'var(--overlay-shadow)' },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Modal: { defaultProps: { radius: 'lg', closeButtonProps: { 'aria-label': 'Close' }, overlayProps: { backgroundOpacity: 0.32 }, transitionProps: { duration: 90 } } },
    Popover: { defaultProps: { shadow: 'md', radius: 'lg', transitionProps: { duration: 80 } } },
    Menu: { defaultProps: { shadow: 'md', radius: 'lg', transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 80 } } },
  },
});

export const resolveTokens: CSSVariablesResolver = () => {
  const ours = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-2)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-anchor': 'var(--action-ink)',
    '--mantine-color-error': 'var(--overdue)',
    '--mantine-primary-color-filled': 'var(--action-strong)',
  };
  return { variables: {}, light: ours, dark: ours };
};
