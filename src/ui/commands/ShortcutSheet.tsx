import { useState } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { t } from '../../i18n/phrases/text.ts';
import type { Command } from '../../commands/command.ts';
import { byGroup, matching } from '../../commands/command-list.ts';
import { KeyCaps } from './KeyCaps.tsx';

/** Keys that a mark answers to while it has the focus; it handles them itself. */
const markKeys = (): readonly Command[] =>
  (
    [
      [
        'move',
        t('Move the mark by one pixel'),
        ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
      ],
      ['far', t('Move the mark by ten pixels'), ['Shift+ArrowLeft']],
      ['size', t('Make the mark wider, narrower, higher or lower'), ['Ctrl+ArrowRight']],
      ['size-far', t('Resize the mark by ten pixels'), ['Ctrl+Shift+ArrowRight']],
      ['remove', t('Remove the mark from this view'), ['Delete']],
    ] as const
  ).map(([id, title, keys]) => ({
    id: `mark.${id}`,
    group: t('A mark with the focus'),
    title,
    keys,
    run: () => undefined,
  }));

/** Every key of the page under its heading, with a field that narrows the list. */
export const ShortcutSheet = (props: { commands: readonly Command[]; onClose: () => void }) => {
  const [typed, setTyped] = useState('');
  const withKeys = [...props.commands, ...markKeys()].filter(({ keys = [] }) => keys.length > 0);
  const groups = byGroup(matching(withKeys, typed));
  return (
    <Dialog title={t('Keyboard shortcuts')} className="shortcut-sheet" onClose={props.onClose}>
      <input
        type="text"
        data-first-focus
        aria-label={t('Filter the shortcuts')}
        placeholder={t('Filter the shortcuts')}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
      />
      <div className="shortcut-groups" tabIndex={0} role="group" aria-label={t('Shortcuts')}>
        <div className="shortcut-columns">
          {groups.map(({ group, commands }) => (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {commands.map(({ id, title, hint, keys = [] }) => (
                  <div key={id} title={hint}>
                    <dt>{title}</dt>
                    <dd>
                      <KeyCaps keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        {groups.length === 0 && <p role="status">{t('Nothing matches.')}</p>}
      </div>
    </Dialog>
  );
};
