import {
  addTool,
  BaseTool,
  Enums,
  PanTool,
  ToolGroupManager,
  ZoomTool,
  type Types,
} from '@cornerstonejs/tools';
import type { CanvasPoint, DrawingTool, PrimaryTool } from '../../ports/display.ts';
import { listenToWheel } from './wheel-zoom.ts';

const { KeyboardBindings, MouseBindings } = Enums;

/** What the tools ask of the view that the pointer is on. */
export interface ToolTarget {
  dragWindow(dx: number, dy: number): void;
  zoomBy(factor: number, at: CanvasPoint): void;
}

const targets = new Map<HTMLDivElement, ToolTarget>();

/** Window and level by dragging: right widens the window, up brightens. */
class WindowTool extends BaseTool {
  static override toolName = 'TandemWindow';
  constructor(props = {}) {
    super(props, { supportedInteractionTypes: ['Mouse', 'Touch'] });
  }
  mouseDragCallback(evt: Types.EventTypes.InteractionEventType) {
    const { element, deltaPoints } = evt.detail;
    const [dx, dy] = deltaPoints.canvas;
    targets.get(element)?.dragWindow(dx, dy);
  }
  touchDragCallback(evt: Types.EventTypes.InteractionEventType) {
    this.mouseDragCallback(evt);
  }
}

const names: Partial<Record<PrimaryTool, string>> &
  Record<Exclude<PrimaryTool, DrawingTool>, string> = {
  window: WindowTool.toolName,
  pan: PanTool.toolName,
  zoom: ZoomTool.toolName,
};

/** Registers the tools; once for the page. */
export const registerTools = (): void => {
  [WindowTool, PanTool, ZoomTool].forEach((tool) => addTool(tool));
};

type Binding = { mouseButton?: number; numTouchPoints?: number; modifierKey?: number };

/** Those that may be held, or stick: none has a meaning of its own on a picture, so a drag does as ever. */
const MODIFIERS = Object.values(KeyboardBindings).filter((key) => typeof key === 'number');

const whateverIsHeld = (bindings: readonly Binding[]): Binding[] =>
  bindings.flatMap((binding) => [
    binding,
    ...MODIFIERS.map((modifierKey) => ({ ...binding, modifierKey })),
  ]);

const bindingsOf = (tool: string, primary: PrimaryTool): Binding[] => {
  const bindings: Binding[] = [];
  if (names[primary] === tool)
    bindings.push({ mouseButton: MouseBindings.Primary }, { numTouchPoints: 1 });
  if (tool === PanTool.toolName) bindings.push({ mouseButton: MouseBindings.Auxiliary });
  if (tool === ZoomTool.toolName)
    bindings.push({ mouseButton: MouseBindings.Secondary }, { numTouchPoints: 2 });
  return bindings;
};

export interface ViewTools {
  setPrimary(tool: PrimaryTool): void;
  dispose(): void;
}

/** The tools of one view: the primary one by choice; middle button pans, right one and wheel zoom. */
export const createViewTools = (
  viewportId: string,
  renderingEngineId: string,
  element: HTMLDivElement,
  target: ToolTarget,
): ViewTools => {
  const id = `tools-${viewportId}`;
  const group = ToolGroupManager.createToolGroup(id);
  if (!group) throw new Error(`A tool group ${id} exists already`);
  const all = Object.values(names);
  all.forEach((name) => group.addTool(name));
  group.addViewport(viewportId, renderingEngineId);
  targets.set(element, target);
  const deafen = listenToWheel(element, (factor, at) => target.zoomBy(factor, at));
  return {
    setPrimary: (primary) => {
      for (const name of all) {
        group.setToolPassive(name, { removeAllBindings: true });
        const bindings = bindingsOf(name, primary);
        if (bindings.length > 0) group.setToolActive(name, { bindings: whateverIsHeld(bindings) });
      }
    },
    dispose: () => {
      deafen();
      targets.delete(element);
      ToolGroupManager.destroyToolGroup(id);
    },
  };
};
