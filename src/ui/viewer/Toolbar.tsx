import type { ReactNode } from 'react';
import type { LayoutMode } from './hanging-layout.ts';
import { useViewState } from './use-view.ts';
import type { PrimaryTool, ViewportHandle } from './viewport-port.ts';
import { t } from '../i18n/text.ts';

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
  { tool: 'mark', name: t('Mark'), key: 'M', hint: t('Drag a box around the lesion') },
];

interface ToolbarProps {
  readonly tool: PrimaryTool;
  readonly onToolChange: (tool: PrimaryTool) => void;
  /** The view that presets, inversion and reset go to. */
  readonly view: ViewportHandle | undefined;
  readonly onFit: () => void;
  readonly onReset: () => void;
  readonly layout: LayoutMode;
  readonly onLayoutChange: (layout: LayoutMode) => void;
  readonly enlarged: boolean;
  readonly onEnlargedChange: (enlarged: boolean) => void;
  readonly outlined: boolean;
  readonly onOutlinedChange: (outlined: boolean) => void;
  /** Whether the class-activation maps are shown, and how opaque. */
  readonly explained: boolean;
  readonly onExplainedChange: (explained: boolean) => void;
  readonly opacity: number;
  readonly onOpacityChange: (opacity: number) => void;
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
const ViewActions = ({ view }: { view: ViewportHandle }) => {
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
            {name}
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
        onPress={() => view.oneToOne()}
      />
    </>
  );
};

/** Tools, window presets and layout. */
export const Toolbar = (props: ToolbarProps) => {
  const { tool, view, layout, enlarged } = props;
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
        {view ? <ViewActions view={view} /> : null}
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
        <Action
          name={t('Outlines')}
          hint={t('Show the outlines of the lesions')}
          shortcut="C"
          pressed={props.outlined}
          onPress={() => props.onOutlinedChange(!props.outlined)}
        />
        <Action
          name={t('Why')}
          hint={t(
            'Class-activation map of the selected lesion: orange speaks for malignant, blue against',
          )}
          shortcut="E"
          pressed={props.explained}
          onPress={() => props.onExplainedChange(!props.explained)}
        />
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
        <Action
          name="2 × 2"
          hint={t('CC over MLO, right beside left')}
          pressed={layout === 'grid' && !enlarged}
          onPress={() => props.onLayoutChange('grid')}
        />
        <Action
          name={t('Row')}
          hint={t('All views side by side')}
          pressed={layout === 'row' && !enlarged}
          onPress={() => props.onLayoutChange('row')}
        />
        <Action
          name={t('One')}
          hint={t('The selected view alone, Escape for all')}
          shortcut="Enter"
          pressed={enlarged}
          disabled={!view}
          onPress={() => props.onEnlargedChange(!enlarged)}
        />
      </div>
    </div>
  );
};
