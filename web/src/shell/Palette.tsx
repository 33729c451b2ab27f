import { Modal } from '@mantine/core';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { may, useSession } from '../api/session.ts';
import { useGo } from './address.ts';
import { finders, navEntries, standsFor, type Hit } from './rooms.ts';
import css from './shell.module.css';
import type { Overlay } from './Shell.tsx';

/**
 * One box for everything: people, companies, leads by name, phone or mail, and every screen. Not a chunk of its own: people type on
 * right after the slash, and what they type must find the box there.
 */
export function Palette({ close, show, canAdd }: { close: () => void; show: (overlay: Overlay) => void; canAdd: boolean }) {
  const session = useSession();
  const go = useGo();
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // Whatever just closed may still hand the cursor back to where it was: a letter always finds the box.
    const onLetter = (event: globalThis.KeyboardEvent) => {
      if (event.key.length === 1 && !event.metaKey && !event.ctrlKey && document.activeElement !== box.current) box.current?.focus();
    };
    box.current?.focus();
    window.addEventListener('keydown', onLetter, true);
    return () => window.removeEventListener('keydown', onLetter, true);
  }, []);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [found, setFound] = useState<Hit[]>([]);
  const [searching, setSearching] = useState(false);
  const query = text.trim();
  useEffect(() => {
    if (query.length < 2) {
      setFound([]);
      setSearching(false);
      return;
    }
    const stop = new AbortController();
    setSearching(true);
    const timer = setTimeout(() => {
      const asked = finders
        .filter((finder) => may(session, finder.may))
        .map((finder) => finder.find(query, stop.signal).catch(() => [] as Hit[]));
      void Promise.all(asked).then((lists) => {
        if (stop.signal.aborted) return;
        setFound(lists.flat());
        setSearching(false);
      });
    }, 140);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, session]);
  const hits = useMemo(() => {
    const word = query.toLowerCase();
    const places: Hit[] = navEntries
      .filter((entry) => standsFor(session, entry) && (!word || entry.label.toLowerCase().includes(word)))
      .map((entry) => ({ group: 'Go to', title: entry.label, detail: entry.goKey ? `g ${entry.goKey}` : '', to: entry.to }));
    const doings: Hit[] = [
      ...(canAdd ? [{ group: 'Do', title: 'Add a lead', detail: 'n', run: () => show('lead') }] : []),
      { group: 'Do', title: 'Show the keys', detail: '?', run: () => show('keys') },
    ].filter((hit) => !word || hit.title.toLowerCase().includes(word));
    return [...found, ...places, ...doings];
  }, [found, query, session, show, canAdd]);
  useEffect(() => setAt(0), [query, found]);
  useEffect(() => void document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' }), [at, id]);
  const pick = (hit: Hit | undefined) => {
    if (!hit) return;
    if (hit.run) hit.run();
    else {
      close();
      go(hit.to as string);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt(Math.max(0, Math.min(hits.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      pick(hits[at]);
    }
  };
  return (
    <Modal opened onClose={close} withCloseButton={false} padding={0} size={560} yOffset="9vh" aria-label="Search" data-overlay-open>
      <input
        className={css.paletteInput}
        data-autofocus
        ref={box}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={hits[at] ? `${id}-${at}` : undefined}
        aria-label="Search people, companies, phones, receipts or pages"
        placeholder="Search people, companies, phones…"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="Results" className={css.paletteList}>
        {hits.map((hit, index) => [
          hit.group !== hits[index - 1]?.group && (
            <li key={hit.group} role="presentation">
              {hit.group}
            </li>
          ),
          <li
            key={`${hit.group}-${hit.to ?? hit.title}-${index}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => pick(hit)}
            onPointerMove={() => setAt(index)}
          >
            <span className={css.hitText}>{hit.title}</span>
            <span className={`dim ${css.hitText}`}>{hit.detail}</span>
          </li>,
        ])}
        {hits.length === 0 && (
          <li role="presentation">
            {searching ? 'Looking…' : `Nothing found for “${query}”. Try part of a name, a mail address or the last digits of a phone.`}
          </li>
        )}
      </ul>
    </Modal>
  );
}
