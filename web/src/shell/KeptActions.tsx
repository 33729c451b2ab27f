import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { forget } from '../api/hooks.ts';
import { keptNow, sendKept, takeBackKept, whenKeptChanges } from '../api/kept.ts';
import { useSession } from '../api/session.ts';
import { Chip } from '../ui/Page.tsx';
import { plural, useFormat } from '../ui/format.ts';
import { toast } from '../ui/toast.tsx';
import css from './kept.module.css';

const againMs = 15_000;

/** What was done without a line and waits for it; sent by itself, and until then it can be taken back. Nothing while nothing waits. */
export function KeptActions() {
  const { user } = useSession();
  const client = useQueryClient();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const all = useSyncExternalStore(whenKeptChanges, keptNow);
  const mine = all.filter((one) => one.userId === user.id);
  const waiting = mine.filter((one) => !one.refused);
  const hasWaiting = waiting.length > 0;
  useEffect(() => {
    const go = () =>
      void sendKept(user.id).then((sent) => {
        if (sent === 0) return;
        toast({ message: `${sent} ${plural(sent, 'action')} sent.`, tone: 'good' });
        forget(client, ['/v1/leads', '/v1/queue', '/v1/nurture', '/v1/loop', '/v1/scoreboard', '/v1/reports']);
      }, () => undefined);
    go();
    window.addEventListener('online', go);
    const timer = hasWaiting ? setInterval(go, againMs) : undefined;
    return () => {
      window.removeEventListener('online', go);
      clearInterval(timer);
    };
  }, [client, user.id, hasWaiting]);
  if (mine.length === 0) return null;
  const refused = mine.length - waiting.length;
  return (
    <section className={css.kept} aria-label="Waiting for the line" data-refused={refused > 0 || undefined}>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {hasWaiting && `${waiting.length} ${plural(waiting.length, 'action')} ${plural(waiting.length, 'waits', 'wait')} for the line`}
        {hasWaiting && refused > 0 && ', '}
        {refused > 0 && `${refused} could not be done`}
        <span aria-hidden>{isOpen ? ' ▴' : ' ▾'}</span>
      </button>
      {isOpen && (
        <ul>
          {mine.map((one) => (
            <li key={one.key}>
              <span>
                {one.words} <span className="dim">{format.when(one.at)}</span>
                {one.refused && <b>{one.refused}</b>}
              </span>
              <Chip
                onClick={() =>
                  void takeBackKept(one.key).then(() => forget(client, ['/v1/leads', '/v1/queue']))
                }
              >
                {one.refused ? 'Let go' : 'Take back'}
              </Chip>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
