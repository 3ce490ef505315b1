import { useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import {
  type CommandEntry,
  isEnabled,
  titleOf,
  type ToolbarSlot,
} from '../../../commands/command.ts';
import type { CommandContext } from '../../../commands/context.ts';
import { COMMANDS } from '../../../commands/table.ts';
import { viewIn } from '../../../commands/viewer-commands.ts';
import { t, tData } from '../../../i18n/phrases/text.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { useCommandContext } from '../../commands/command-context.ts';
import { LanguageChoice } from '../../commands/CommandCentre.tsx';
import { inWords } from '../../commands/words.ts';
import { useViewState } from '../view/use-view.ts';
import { hasIcon, Icon } from './icons.tsx';
import { Item, ToolMenu } from './ToolMenu.tsx';

const nothing = () => () => undefined;

/** Draws anew when something changes that a command may ask for: stores, and the active view's grey. */
export const useChanges = (context: CommandContext): void => {
  useStore(context.viewer);
  useStore(context.settings);
  useStore(context.studies);
  useStore(context.loupe, ({ mode, inverted }) => `${mode} ${inverted}`);
  useStore(context.measurements, (s) => s.shown);
  useStore(context.slices, ({ mode, playing }) => `${mode} ${playing}`);
  const view = viewIn(context);
  useSyncExternalStore(
    useCallback((listener) => (view ? view.onChange(listener) : nothing()), [view]),
    // Not the state itself: a pan makes a new one and changes no button.
    () => (view ? `${view.state().sop} ${view.state().inverted}` : ''),
  );
};

/** What it is and how it is done: "Invert (I)", and on the next line what more there is to say. */
const tooltip = (entry: CommandEntry, name: string): string =>
  [
    entry.keys?.[0] ? `${name} (${entry.keys[0]})` : name,
    ...(entry.hint ? [inWords(entry.hint)] : []),
  ].join('\n');

export const CommandButton = (props: { entry: CommandEntry; context: CommandContext }) => {
  const { entry, context } = props;
  const name = inWords(titleOf(entry, context));
  const drawn = hasIcon(entry.id);
  return (
    <button
      type="button"
      className={drawn ? 'icon-button' : undefined}
      data-command={entry.id}
      aria-label={drawn ? name : undefined}
      title={tooltip(entry, name)}
      aria-keyshortcuts={entry.keys?.join(' ')}
      aria-pressed={entry.pressed?.(context)}
      disabled={!isEnabled(entry, context)}
      onClick={() => entry.run(context)}
    >
      {drawn ? <Icon name={entry.id} /> : entry.id === 'page.keys' ? '?' : name}
    </button>
  );
};

export const commandsIn = (slot: ToolbarSlot): readonly CommandEntry[] =>
  COMMANDS.filter(({ toolbar }) => toolbar === slot);

type SlotProps = { readonly slot: ToolbarSlot; readonly context: CommandContext };

const Buttons = ({ slot, context }: SlotProps) =>
  commandsIn(slot).map((entry) => <CommandButton key={entry.id} {...{ entry, context }} />);

type MenuSlot = Extract<ToolbarSlot, 'measure' | 'look' | 'show' | 'sequence' | 'link'>;

const CLOSES: ReadonlySet<string> = new Set(['viewer.hanging-sequence', 'viewer.flicker']);

/** A group that unfolds; it shows which of its tools is in the hand. */
const Menu = ({ slot, context }: { slot: MenuSlot; context: CommandContext }) => {
  const entries = commandsIn(slot);
  const inHand =
    slot === 'measure' && entries.find((e) => hasIcon(e.id) && e.pressed?.(context))?.id;
  return (
    <ToolMenu name={inWords(`toolbar.${slot}`)} icon={inHand || slot} pressed={Boolean(inHand)}>
      {(close) =>
        entries.map((entry) => (
          <Item
            key={entry.id}
            name={inWords(titleOf(entry, context))}
            hint={entry.hint && inWords(entry.hint)}
            shortcut={entry.keys?.[0] ?? ''}
            pressed={entry.pressed?.(context)}
            disabled={!isEnabled(entry, context)}
            onPress={() => {
              entry.run(context);
              // Of switches and steps one may want several; a tool, a dialog or a flicker is what one came for.
              if (slot === 'measure' || CLOSES.has(entry.id)) close();
            }}
          />
        ))
      }
    </ToolMenu>
  );
};

const Presets = ({ view }: { view: ViewportHandle }) => {
  const { presets, preset, sop } = useViewState(view);
  return (
    <select
      className="presets"
      aria-label={t('Window preset')}
      title={t('Window presets of this image')}
      disabled={sop === null}
      value={preset ?? 'hand'}
      onChange={(e) => view.setVoiPreset(Number(e.target.value))}
    >
      {preset === null ? (
        <option value="hand" disabled>
          {t('By hand')}
        </option>
      ) : null}
      {presets.map((name, i) => (
        <option key={i} value={i}>
          {tData(name)}
        </option>
      ))}
    </select>
  );
};

/** How opaque the class-activation map is, while one is shown. */
const MapOpacity = () => {
  const { viewer } = useCommandContext();
  const opacity = useStore(viewer, (s) => s.opacity);
  const isMapped = useStore(viewer, (s) => s.mapped);
  if (!isMapped) return null;
  return (
    <input
      className="map-opacity"
      type="range"
      min={0.1}
      max={1}
      step={0.1}
      aria-label={t('Opacity of the class-activation map')}
      value={opacity}
      onChange={(e) => viewer.setState({ opacity: Number(e.target.value) })}
    />
  );
};

/** The one row over the page: every command that the table gives a place here, and the window presets. */
export const Toolbar = () => {
  const context = useCommandContext();
  useChanges(context);
  const view = viewIn(context);
  const hasPrior = commandsIn('compare').some((entry) => isEnabled(entry, context));
  const group = (slot: ToolbarSlot, children: React.ReactNode) => (
    <div role="group" aria-label={inWords(`toolbar.${slot}`)} data-slot={slot}>
      {children}
    </div>
  );
  return (
    <div className="viewer-toolbar" role="toolbar" aria-label={inWords('toolbar.viewer')}>
      {group('patients', <Buttons slot="patients" context={context} />)}
      {group(
        'tools',
        <>
          <Buttons slot="tools" context={context} />
          <Menu slot="measure" context={context} />
        </>,
      )}
      {group(
        'picture',
        <>
          {view ? <Presets view={view} /> : null}
          <Buttons slot="picture" context={context} />
          <Menu slot="look" context={context} />
          <Menu slot="show" context={context} />
        </>,
      )}
      {group(
        'hanging',
        <>
          <Buttons slot="hanging" context={context} />
          <Menu slot="sequence" context={context} />
          <Menu slot="link" context={context} />
          <Buttons slot="screen" context={context} />
        </>,
      )}
      {hasPrior ? group('compare', <Buttons slot="compare" context={context} />) : null}
      <MapOpacity />
      {group(
        'page',
        <>
          <Buttons slot="page" context={context} />
          <LanguageChoice />
          <Buttons slot="lesions" context={context} />
        </>,
      )}
    </div>
  );
};
