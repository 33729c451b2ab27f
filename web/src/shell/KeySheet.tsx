import { Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { Kbd } from '../ui/Page.tsx';
import { registeredKeys, setSingleKeys, singleKeysOn } from './keys.ts';
import { modKey } from '../ui/screen-size.ts';
import css from './shell.module.css';

const names: Record<string, string> = { Enter: '↵', Escape: 'esc' };

/** `?`: the keys that work on this screen right now. */
export default function KeySheet({ close }: { close: () => void }) {
  const [keys] = useState(registeredKeys);
  const [on, setOn] = useState(singleKeysOn);
  const groups = [...new Set(keys.map((key) => key.group ?? 'This screen'))];
  return (
    <Modal opened onClose={close} title="Keys" size="lg" data-overlay-open>
      <div className={css.keySheet}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {keys
                .filter((key) => (key.group ?? 'This screen') === group)
                .map((key) => (
                  <li key={key.key}>
                    {key.label}
                    <span>
                      {key.key.split(' ').map((part) => (
                        <Kbd key={part}>{names[part] ?? part}</Kbd>
                      ))}
                    </span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
        <section>
          <h3>Always</h3>
          <ul>
            <li>
              Search and commands <Kbd>{modKey}K</Kbd>
            </li>
          </ul>
        </section>
      </div>
      <Switch
        label="Single keys are on (turn them off if you dictate or type with switches)"
        checked={on}
        onChange={(event) => {
          setOn(event.currentTarget.checked);
          setSingleKeys(event.currentTarget.checked);
        }}
      />
    </Modal>
  );
}
