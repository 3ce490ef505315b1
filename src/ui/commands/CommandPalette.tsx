import { message } from '../../core/message/message.ts';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { say, t } from '../../i18n/phrases/text.ts';
import type { Command } from '../../commands/command.ts';
import { byGroup, matching } from '../../commands/command-list.ts';
import { KeyCaps } from './KeyCaps.tsx';

/** Where a key takes the choice in a list; undefined for keys that do not move it. */
const movedTo = (key: string, from: number, length: number): number | undefined => {
  if (length === 0) return undefined;
  if (key === 'ArrowDown') return (from + 1) % length;
  if (key === 'ArrowUp') return (from + length - 1) % length;
  if (key === 'PageDown') return Math.min(from + 8, length - 1);
  return key === 'PageUp' ? Math.max(from - 8, 0) : undefined;
};

interface ListProps {
  readonly list: string;
  readonly commands: readonly Command[];
  readonly chosen: Command | undefined;
  readonly onRun: (command: Command) => void;
}

const optionId = (list: string, { id }: Command): string => `${list}-${id}`;

const CommandList = ({ list, commands, chosen, onRun }: ListProps) => {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    element.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div ref={element} id={list} role="listbox" aria-label={t('Commands')} className="command-list">
      {byGroup(commands).map((group) => (
        <div key={group.group} role="group" aria-label={group.group}>
          <div className="command-group" aria-hidden="true">
            {group.group}
          </div>
          {group.commands.map((command) => (
            <div
              key={command.id}
              id={optionId(list, command)}
              role="option"
              aria-selected={command === chosen}
              className="command"
              onClick={() => onRun(command)}
            >
              <span>{command.title}</span>
              <span className="command-hint">{command.hint}</span>
              <KeyCaps keys={command.keys ?? []} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
};

/** Everything that can be done now, found by typing a part of its name. */
export const CommandPalette = (props: { commands: readonly Command[]; onClose: () => void }) => {
  const { commands, onClose } = props;
  const list = useId();
  const [typed, setTyped] = useState('');
  // The command, not its place: the list changes under it while views open or engines start.
  const [chosenId, setChosenId] = useState<string>();
  const found = byGroup(matching(commands, typed)).flatMap((group) => group.commands);
  const at = Math.max(
    found.findIndex(({ id }) => id === chosenId),
    0,
  );
  const chosen = found[at];
  const run = (command: Command) => {
    onClose();
    // After the dialog is gone and has given the focus back.
    setTimeout(command.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = movedTo(event.key, at, found.length);
    if (next !== undefined) setChosenId(found[next]?.id);
    else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) run(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t('Commands')} className="command-palette" onClose={onClose}>
      <input
        type="text"
        role="combobox"
        data-first-focus
        autoComplete="off"
        spellCheck={false}
        aria-label={t('What to do')}
        placeholder={t('Type a part of a command, choose with the arrow keys')}
        aria-expanded="true"
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={chosen && optionId(list, chosen)}
        value={typed}
        onChange={(e) => {
          setTyped(e.target.value);
          setChosenId(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      <CommandList {...{ list, chosen }} commands={found} onRun={run} />
      <p role="status" className={found.length === 0 ? 'fine' : 'unseen'}>
        {found.length === 0
          ? t('Nothing matches.')
          : say(message('count.commands', { count: found.length }))}
      </p>
    </Dialog>
  );
};
