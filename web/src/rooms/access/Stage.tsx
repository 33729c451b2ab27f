import type { ReactNode } from 'react';
import { BatonMark } from '../../ui/Icon.tsx';
import css from './access.module.css';

export function Stage({
  title,
  question,
  wide,
  children,
  foot,
}: {
  title: string;
  question: ReactNode;
  wide?: boolean;
  children: ReactNode;
  foot?: ReactNode;
}) {
  return (
    <main className={css.stage}>
      <div className={wide ? css.wide : css.box}>
        <div className={css.brand}>
          <BatonMark size={24} /> Baton
        </div>
        <div className={css.card}>
          <h1>{title}</h1>
          <p>{question}</p>
          {children}
        </div>
        {foot && <p className={css.foot}>{foot}</p>}
      </div>
    </main>
  );
}
