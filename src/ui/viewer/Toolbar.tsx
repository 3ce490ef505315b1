import type { ReactNode } from 'react';
import type { LayoutMode } from './hanging-layout.ts';
import { useViewState } from './use-view.ts';
import type { PrimaryTool, ViewportHandle } from './viewport-port.ts';

const TOOLS: readonly { tool: PrimaryTool; name: string; key: string; hint: string }[] = [
  {
    tool: 'window',
    name: 'Window',
    key: 'W',
    hint: 'Drag right to widen the window, up to brighten',
  },
  { tool: 'pan', name: 'Pan', key: 'P', hint: 'Drag to move the picture (or the middle button)' },
  {
    tool: 'zoom',
    name: 'Zoom',
    key: 'Z',
    hint: 'Drag to zoom (or the wheel, or the right button)',
  },
  { tool: 'mark', name: 'Mark', key: 'M', hint: 'Drag a box around the lesion' },
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
        aria-label="Window preset"
        title="Window presets of this image"
        disabled={sop === null}
        value={preset ?? 'hand'}
        onChange={(e) => view.setVoiPreset(Number(e.target.value))}
      >
        {preset === null ? (
          <option value="hand" disabled>
            By hand
          </option>
        ) : null}
        {presets.map((name, i) => (
          <option key={i} value={i}>
            {name}
          </option>
        ))}
      </select>
      <Action
        name="Invert"
        hint="Invert the grey scale of this view"
        shortcut="I"
        pressed={inverted}
        onPress={() => view.invert(!inverted)}
      />
      <Action
        name="1:1"
        hint="One image pixel to one screen pixel"
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
    <div className="viewer-toolbar" role="toolbar" aria-label="Viewer">
      <div role="group" aria-label="Tool">
        {TOOLS.map(({ tool: each, name, key, hint }) => (
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
      <div role="group" aria-label="Picture">
        {view ? <ViewActions view={view} /> : null}
        <Action name="Fit" hint="Fit all views at one scale" shortcut="F" onPress={props.onFit} />
        <Action
          name="Reset"
          hint="Window, inversion, zoom and position of this view as opened"
          shortcut="R"
          disabled={!view}
          onPress={props.onReset}
        />
        <Action
          name="Outlines"
          hint="Show the outlines of the lesions"
          shortcut="C"
          pressed={props.outlined}
          onPress={() => props.onOutlinedChange(!props.outlined)}
        />
        <Action
          name="Why"
          hint="Class-activation map of the selected lesion: orange speaks for malignant, blue against"
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
            aria-label="Opacity of the class-activation map"
            value={props.opacity}
            onChange={(e) => props.onOpacityChange(Number(e.target.value))}
          />
        ) : null}
      </div>
      <div role="group" aria-label="Layout">
        <Action
          name="2 × 2"
          hint="CC over MLO, right beside left"
          pressed={layout === 'grid' && !enlarged}
          onPress={() => props.onLayoutChange('grid')}
        />
        <Action
          name="Row"
          hint="All views side by side"
          pressed={layout === 'row' && !enlarged}
          onPress={() => props.onLayoutChange('row')}
        />
        <Action
          name="One"
          hint="The selected view alone, Escape for all"
          shortcut="Enter"
          pressed={enlarged}
          disabled={!view}
          onPress={() => props.onEnlargedChange(!enlarged)}
        />
      </div>
    </div>
  );
};
