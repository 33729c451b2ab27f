import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useLocation } from '@tanstack/react-router';
import { Icon } from './Icon.tsx';
import css from './layout.module.css';
import { A } from './Link.tsx';

export const Stack = ({ children, gap }: { children: ReactNode; gap?: number }) => (
  <div className={css.stack} style={gap === undefined ? undefined : { gap }}>
    {children}
  </div>
);

/** A main column and a narrower one beside it (`even`: two alike); one under the other where there is no room. */
export const Split = ({ children, even }: { children: ReactNode; even?: boolean }) => (
  <div className={css.split} data-even={even || undefined}>
    {children}
  </div>
);

export const Row = ({ children, end, between }: { children: ReactNode; end?: boolean; between?: boolean }) => (
  <div className={css.row} data-end={end || undefined} data-between={between || undefined}>
    {children}
  </div>
);

/** Two columns of fields; `<Wide>` takes both. */
export const FormGrid = ({ children }: { children: ReactNode }) => <div className={css.form}>{children}</div>;
export const Wide = ({ children }: { children: ReactNode }) => <div className={css.wide}>{children}</div>;

/** The main thing over the quiet thing, in one cell of a list. */
export const TwoLines = ({ children }: { children: ReactNode }) => (
  <span className={css.twoLines} data-two-lines>
    {children}
  </span>
);

/** A mail address that, where it is too long for its place, breaks behind the @ and not before its last letter. */
export function breakable(text: string): ReactNode {
  const at = text.indexOf('@') + 1;
  return at === 0 ? (
    text
  ) : (
    <>
      {text.slice(0, at)}
      <wbr />
      {text.slice(at)}
    </>
  );
}

/** What is known, label and value; what is unknown is left out. */
export function FactList({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className={css.facts}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
        .map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{typeof value === 'string' ? breakable(value) : value}</dd>
          </div>
        ))}
    </dl>
  );
}

export interface Tab {
  to: string;
  label: string;
  count?: ReactNode;
  urgent?: boolean;
  /** Begins with it also counts as here. */
  under?: boolean;
}

/** For a strip that scrolls sideways where not all fits: the one that is open (aria-current) is never out of sight. */
export function useOpenInSight(here: string): RefObject<HTMLElement | null> {
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    const open = strip.current?.querySelector<HTMLElement>('[aria-current]');
    if (strip.current && open) strip.current.scrollLeft = open.offsetLeft - (strip.current.clientWidth - open.offsetWidth) / 2;
  }, [here]);
  return strip;
}

/** The parts of one screen, each with its own address. */
export function Tabs({ tabs, label }: { tabs: Tab[]; label: string }) {
  const here = useLocation({ select: (location) => location.pathname + location.searchStr });
  const path = here.split('?')[0] as string;
  const others = tabs.map((tab) => tab.to);
  const strip = useOpenInSight(here);
  /** Further filters in the address don't leave the tab. */
  const isUnder = (to: string) => {
    const [own, query] = to.split('?') as [string, string];
    const asked = new URLSearchParams(here.split('?')[1]);
    return own === path && [...new URLSearchParams(query)].every(([name, value]) => asked.get(name) === value);
  };
  return (
    <nav ref={strip} className={css.tabs} aria-label={label}>
      {tabs.map((tab) => {
        const current =
          (tab.to.includes('?') && isUnder(tab.to)) ||
          (!tab.to.includes('?') &&
            !others.some((to) => to.includes('?') && isUnder(to)) &&
            (path === tab.to || (tab.under && path.startsWith(`${tab.to}/`))));
        return (
          <A key={tab.to} to={tab.to} aria-current={current ? 'page' : undefined}>
            {tab.label}
            {tab.count !== undefined && <span data-urgent={tab.urgent || undefined}>{tab.count}</span>}
          </A>
        );
      })}
    </nav>
  );
}

/** Text to take away: an address, a snippet, a token. */
export function CopyField({ value, label, lines }: { value: string; label: string; lines?: boolean }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <div className={css.copy} data-lines={lines || undefined}>
      <code tabIndex={0} aria-label={label}>
        {value}
      </code>
      <button type="button" onClick={() => void copyText(value).then(setCopied)} aria-label={`Copy: ${label}`}>
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </button>
    </div>
  );
}

/** Without https (a house on the local net) the clipboard interface is absent: fall back to a selection. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

/** A sentence in a frame: what was noticed, what follows. */
export const Note = ({ tone, children }: { tone?: 'warn' | 'good' | 'bad'; children: ReactNode }) => (
  <div data-prose className={css.note} data-tone={tone}>
    {children}
  </div>
);

/** The way back to the list a page belongs to. */
export const Back = ({ to, children }: { to: string; children: ReactNode }) => (
  <A to={to} style={{ display: 'inline-flex', alignItems: 'center', gap: 2, fontSize: 12, fontWeight: 500 }}>
    <Icon name="back" size={14} /> {children}
  </A>
);
