import type { ReactNode } from 'react';
import { TISSUE_PRESET } from '../../../core/display/grey/tissue-window.ts';
import { t } from '../../../i18n/phrases/text.ts';
import type { LayoutMode, Time } from '../layout/hanging-layout.ts';
import { Item, ToolMenu } from './ToolMenu.tsx';
import { useViewState } from '../view/use-view.ts';
import { presetText } from '../view/view-labels.ts';
import { LAYOUT_KEYS, layoutName, LINK_KEYS, linkName } from './viewer-commands.ts';
import type { PrimaryTool, ViewportHandle } from '../../../ports/display.ts';
import type { Links } from '../../../ports/storage.ts';

const tools = (): readonly { tool: PrimaryTool; name: string; key: string; hint: string }[] => [
  {
    tool: 'window',
    name: t('Window'),
    key: 'W',
    hint: t('Drag right to widen the window, up to brighten'),
  },
  {
    tool: 'pan',
    name: t('Pan'),
    key: 'P',
    hint: t('Drag to move the picture (or the middle button)'),
  },
  {
    tool: 'zoom',
    name: t('Zoom'),
    key: 'Z',
    hint: t('Drag to zoom (or the wheel, or the right button)'),
  },
  {
    tool: 'mark',
    name: t('Mark'),
    key: 'M',
    hint: t('Click on the lesion, or drag a box around it'),
  },
];

interface ToolbarProps {
  readonly tool: PrimaryTool;
  readonly onToolChange: (tool: PrimaryTool) => void;
  /** The view that presets, inversion and reset go to. */
  readonly view: ViewportHandle | undefined;
  readonly onFit: () => void;
  readonly onReset: () => void;
  readonly onStep: (direction: 1 | -1) => void;
  readonly onOneToOne: () => void;
  readonly layout: LayoutMode;
  /** Layouts that would show something. */
  readonly layoutsThere: readonly LayoutMode[];
  readonly onLayoutChange: (layout: LayoutMode) => void;
  readonly enlarged: boolean;
  readonly onEnlargedChange: (enlarged: boolean) => void;
  readonly times: Time | 'both';
  readonly hasPrior: boolean;
  readonly onTimesToggle: (times: Exclude<Time, 'current'> | 'both') => void;
  readonly links: Links;
  readonly onLinkToggle: (link: keyof Links) => void;
  readonly sharpened: boolean;
  readonly onSharpenedChange: (sharpened: boolean) => void;
  readonly outlined: boolean;
  readonly onOutlinedChange: (outlined: boolean) => void;
  readonly overlaysHidden: boolean;
  readonly onOverlaysHiddenChange: (hidden: boolean) => void;
  /** Whether the class-activation maps are shown, and how opaque. */
  readonly explained: boolean;
  readonly onExplainedChange: (explained: boolean) => void;
  readonly opacity: number;
  readonly onOpacityChange: (opacity: number) => void;
  readonly fullScreen: boolean;
  readonly onFullScreenToggle: () => void;
  /** Further groups of tools. */
  readonly children?: ReactNode;
}

const Action = (props: {
  name: string;
  hint: string;
  shortcut?: string;
  pressed?: boolean;
  disabled?: boolean;
  onPress: () => void;
  children?: ReactNode;
}) => (
  <button
    type="button"
    title={props.shortcut ? `${props.hint} (${props.shortcut})` : props.hint}
    aria-keyshortcuts={props.shortcut}
    aria-pressed={props.pressed}
    disabled={props.disabled}
    onClick={props.onPress}
  >
    {props.name}
  </button>
);

/** What acts on the picture in the active view. */
const ViewActions = ({ view, onOneToOne }: { view: ViewportHandle; onOneToOne: () => void }) => {
  const { presets, preset, inverted, sop } = useViewState(view);
  return (
    <>
      <select
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
            {presetText(name)}
          </option>
        ))}
      </select>
      <Action
        name={t('Invert')}
        hint={t('Invert the grey scale of this view')}
        shortcut="I"
        pressed={inverted}
        onPress={() => view.invert(!inverted)}
      />
      <Action
        name="1:1"
        hint={t('One image pixel to one screen pixel')}
        shortcut="O"
        onPress={onOneToOne}
      />
    </>
  );
};

/** Puts the window over the breast tissue, where the image has one. */
export const toTissueWindow = (view: ViewportHandle): void => {
  const at = view.state().presets.indexOf(TISSUE_PRESET);
  if (at >= 0) view.setVoiPreset(at);
};

const LookMenu = (props: ToolbarProps) => (
  <ToolMenu name={t('Look')} hint={t('Ways to look closer')} disabled={!props.view}>
    {() => (
      <>
        <Item
          name={t('Next part of the breast')}
          hint={t('Steps over the breast at one image pixel to one screen pixel, or as zoomed')}
          shortcut="Q"
          onPress={() => props.onStep(1)}
        />
        <Item
          name={t('Previous part of the breast')}
          shortcut="Shift+Q"
          onPress={() => props.onStep(-1)}
        />
        <Item
          name={t('Window over the breast tissue')}
          shortcut="T"
          onPress={() => props.view && toTissueWindow(props.view)}
        />
        <Item
          name={t('Sharpen the picture on screen')}
          hint={t('For display only: scores and measurements use the stored values')}
          shortcut="S"
          pressed={props.sharpened}
          onPress={() => props.onSharpenedChange(!props.sharpened)}
        />
      </>
    )}
  </ToolMenu>
);

const ShowMenu = (props: ToolbarProps) => (
  <ToolMenu name={t('Show')} hint={t('What stands on the pictures')}>
    {() => (
      <>
        <Item
          name={t('Outlines')}
          hint={t('Show the outlines of the lesions')}
          shortcut="C"
          pressed={props.outlined}
          onPress={() => props.onOutlinedChange(!props.outlined)}
        />
        <Item
          name={t('Why')}
          hint={t(
            'Class-activation map of the selected lesion: orange speaks for malignant, blue against',
          )}
          shortcut="E"
          pressed={props.explained}
          onPress={() => props.onExplainedChange(!props.explained)}
        />
        <Item
          name={t('Hide marks and labels')}
          shortcut="H"
          pressed={props.overlaysHidden}
          onPress={() => props.onOverlaysHiddenChange(!props.overlaysHidden)}
        />
      </>
    )}
  </ToolMenu>
);

const LayoutMenu = (props: ToolbarProps) => (
  <ToolMenu
    name={props.enlarged ? t('One view') : layoutName(props.layout)}
    hint={t('Layout')}
    disabled={!props.view}
  >
    {(close) => (
      <>
        {LAYOUT_KEYS.map(({ mode, key }) => (
          <Item
            key={mode}
            name={layoutName(mode)}
            shortcut={key}
            pressed={props.layout === mode && !props.enlarged}
            disabled={!props.layoutsThere.includes(mode)}
            onPress={() => {
              props.onLayoutChange(mode);
              close();
            }}
          />
        ))}
        <Item
          name={t('One view')}
          hint={t('The selected view alone, Escape for all')}
          shortcut="Enter"
          pressed={props.enlarged}
          onPress={() => {
            props.onEnlargedChange(!props.enlarged);
            close();
          }}
        />
        <hr />
        {(
          [
            ['both', t('Current over prior'), 'K'],
            ['prior', t('Prior in place of current'), 'Shift+K'],
          ] as const
        ).map(([times, name, key]) => (
          <Item
            key={times}
            name={name}
            hint={props.hasPrior ? name : t('No earlier study of this patient is open')}
            shortcut={key}
            pressed={props.times === times}
            disabled={!props.hasPrior}
            onPress={() => {
              props.onTimesToggle(times);
              close();
            }}
          />
        ))}
      </>
    )}
  </ToolMenu>
);

const LinkMenu = ({ links, onLinkToggle }: ToolbarProps) => (
  <ToolMenu name={t('Link')} hint={t('What the views do together')}>
    {() =>
      (['zoom', 'pan', 'window'] as const).map((link) => (
        <Item
          key={link}
          name={linkName(link)}
          shortcut={LINK_KEYS[link]}
          pressed={links[link]}
          onPress={() => onLinkToggle(link)}
        />
      ))
    }
  </ToolMenu>
);

/** Tools, window presets and layout. */
export const Toolbar = (props: ToolbarProps) => {
  const { tool, view } = props;
  return (
    <div className="viewer-toolbar" role="toolbar" aria-label={t('Viewer')}>
      <div role="group" aria-label={t('Tool')}>
        {tools().map(({ tool: each, name, key, hint }) => (
          <Action
            key={each}
            name={name}
            hint={hint}
            shortcut={key}
            pressed={tool === each}
            onPress={() => props.onToolChange(each)}
          />
        ))}
      </div>
      <div role="group" aria-label={t('Picture')}>
        {view ? <ViewActions view={view} onOneToOne={props.onOneToOne} /> : null}
        <Action
          name={t('Fit')}
          hint={t('Fit all views at one scale')}
          shortcut="F"
          onPress={props.onFit}
        />
        <Action
          name={t('Reset')}
          hint={t('Window, inversion, zoom and position of this view as opened')}
          shortcut="R"
          disabled={!view}
          onPress={props.onReset}
        />
        <LookMenu {...props} />
        <ShowMenu {...props} />
        {props.explained ? (
          <input
            type="range"
            min={0.1}
            max={1}
            step={0.1}
            aria-label={t('Opacity of the class-activation map')}
            value={props.opacity}
            onChange={(e) => props.onOpacityChange(Number(e.target.value))}
          />
        ) : null}
      </div>
      <div role="group" aria-label={t('Layout')}>
        <LayoutMenu {...props} />
        <LinkMenu {...props} />
        <Action
          name={t('Full screen')}
          hint={t('The pictures alone on the whole screen')}
          shortcut="Shift+F"
          pressed={props.fullScreen}
          onPress={props.onFullScreenToggle}
        />
      </div>
      {props.children}
    </div>
  );
};
