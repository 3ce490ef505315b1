import macro from '@kitware/vtk.js/macros.js';
import vtkOpenGLImageMapper from '@kitware/vtk.js/Rendering/OpenGL/ImageMapper.js';
import vtkOpenGLTexture from '@kitware/vtk.js/Rendering/OpenGL/Texture.js';
import vtkTextureConstants from '@kitware/vtk.js/Rendering/OpenGL/Texture/Constants.js';
import { drawnRows, drawnSize, type Size } from './drawn-size.ts';

const { Filter } = vtkTextureConstants;

/** Bytes that are handed to the graphics process at a time. */
const STRIP = 2 ** 20;

type Values = Uint8Array | Int8Array | Uint16Array | Int16Array | Float32Array;

/** What vtk says of an image when it asks for its texture. */
interface Upload {
  readonly width: number;
  readonly height: number;
  readonly numComps: number;
  readonly dataType: string;
  readonly data: Values;
}

/** What of a texture's inner state is used here. */
interface Model {
  readonly context: WebGL2RenderingContext;
  readonly internalFormat: number;
  readonly format: number;
  readonly openGLDataType: number;
  minificationFilter: number;
  /** What a stored value is more by in the texture than it is. */
  raised: number;
}

/** What of a texture is used here. */
interface Texture {
  activate(): void;
  deactivate(): void;
  create2DFromRaw(upload: Omit<Upload, 'data'> & { readonly data: null }): boolean;
  create2DFilterableFromRaw(upload: Upload): void;
  getShiftAndScale(): { readonly shift: number; readonly scale: number };
}

const withLevels = new WeakMap<WebGL2RenderingContext, Map<number, boolean>>();

/** Whether the device makes mip levels of textures of the format that is bound; asked once. */
const canHaveLevels = (
  gl: WebGL2RenderingContext,
  { internalFormat, format, openGLDataType }: Model,
) => {
  const known = withLevels.get(gl) ?? new Map<number, boolean>();
  withLevels.set(gl, known);
  const before = known.get(internalFormat);
  if (before !== undefined) return before;
  // Makes 32-bit float textures renderable, which mip levels of such a texture need.
  gl.getExtension('EXT_color_buffer_float');
  while (gl.getError() !== gl.NO_ERROR);
  const bound = gl.getParameter(gl.TEXTURE_BINDING_2D) as WebGLTexture | null;
  const trial = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, trial);
  gl.texImage2D(gl.TEXTURE_2D, 0, internalFormat, 2, 2, 0, format, openGLDataType, null);
  gl.generateMipmap(gl.TEXTURE_2D);
  const possible = gl.getError() === gl.NO_ERROR;
  gl.deleteTexture(trial);
  gl.bindTexture(gl.TEXTURE_2D, bound);
  known.set(internalFormat, possible);
  return possible;
};

/** Longest side of a texture, texels. */
const largestTexture = (gl: WebGL2RenderingContext): number =>
  gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;

/** A place for one strip in the form that the texture takes; undefined where it takes the values as they are. */
const scratchFor = (
  { data }: Upload,
  { context, openGLDataType }: Model,
  isReduced: boolean,
  length: number,
) => {
  if (openGLDataType === context.FLOAT)
    return data instanceof Float32Array && !isReduced ? undefined : new Float32Array(length);
  if (openGLDataType === context.UNSIGNED_BYTE)
    return isReduced ? new Uint8Array(length) : undefined;
  return data instanceof Int16Array || isReduced ? new Uint16Array(length) : undefined;
};

/**
 * Hands the values over strip by strip, so that neither process needs room for a second image; of an image
 * that is larger than its texture, the means.
 */
const uploadStrips = (model: Model, upload: Upload, size: Size): void => {
  const { context: gl, format, openGLDataType, raised } = model;
  const { data: pixels, width: columns, height: rows } = upload;
  const { width, height } = size;
  const isReduced = width < columns || height < rows;
  const most = Math.max(1, Math.floor(STRIP / (width * pixels.BYTES_PER_ELEMENT)));
  const scratch = scratchFor(upload, model, isReduced, most * width);
  // Means are rounded where the texture holds whole numbers.
  const half = isReduced && openGLDataType !== gl.FLOAT ? 0.5 : 0;
  for (let top = 0; top < height; top += most) {
    const count = Math.min(most, height - top);
    let strip = isReduced
      ? drawnRows({ pixels, columns, rows }, size, top, count)
      : pixels.subarray(top * width, (top + count) * width);
    if (scratch) {
      const values = scratch.subarray(0, strip.length);
      const more = raised + half;
      if (more === 0) values.set(strip);
      else for (let i = 0; i < strip.length; i++) values[i] = (strip[i] as number) + more;
      strip = values;
    }
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, top, width, count, format, openGLDataType, strip);
  }
};

/**
 * The texture of a single-channel image, other than vtk makes it in three ways. It is filled in
 * strips, where vtk converts the whole image to floats and hands that over at once: two buffers of
 * twice the pixels' size, one of which the browser keeps. It has mip levels and trilinear
 * minification, where vtk samples bilinearly and a mammogram fitted to the screen would skip most
 * of its pixels: fine calcifications flicker and noise is exaggerated. And what the shader makes of
 * 16-bit textures is the stored value, where vtk is off by up to one; signed values lie in unsigned
 * textures, raised, because signed ones have no mip levels. An image that is larger than the device's
 * largest texture is made smaller, where vtk would draw black.
 */
const extend = (publicAPI: Texture, model: Model, initial: object) => {
  (vtkOpenGLTexture as unknown as { extend: typeof extend }).extend(publicAPI, model, {
    ...initial,
    resizable: true,
  });
  model.raised = 0;
  const createFilterable = publicAPI.create2DFilterableFromRaw;
  publicAPI.create2DFilterableFromRaw = (upload) => {
    if (upload.numComps !== 1) return createFilterable(upload);
    const { numComps } = upload;
    const { width, height } = drawnSize(upload, largestTexture(model.context));
    const create = (dataType: string) =>
      publicAPI.create2DFromRaw({ width, height, numComps, dataType, data: null });
    model.raised = 0;
    create(upload.dataType);
    if (model.openGLDataType === model.context.SHORT) {
      model.raised = 2 ** 15;
      create('Uint16Array');
    }
    publicAPI.activate();
    uploadStrips(model, upload, { width, height });
    if (canHaveLevels(model.context, model)) {
      model.context.generateMipmap(model.context.TEXTURE_2D);
      model.minificationFilter = Filter.LINEAR_MIPMAP_LINEAR;
    }
    publicAPI.deactivate();
  };
  const shiftAndScale = publicAPI.getShiftAndScale;
  publicAPI.getShiftAndScale = () =>
    model.openGLDataType === model.context.UNSIGNED_SHORT
      ? { shift: -model.raised, scale: 2 ** 16 - 1 }
      : shiftAndScale();
};

const newStoredTexture = macro.newInstance(
  extend as unknown as Parameters<typeof macro.newInstance>[0],
  'StoredTexture',
) as () => Texture;

/** What draws a part of the scene, and what makes such nodes. */
interface ViewNode {
  setMyFactory(factory: NodeFactory): void;
}
interface NodeFactory {
  createNode(part: { getClassName(): string; isDeleted(): boolean }): ViewNode | null;
}
interface ImageNode extends ViewNode {
  getShaderTemplate(shaders: { Fragment: string }, ...rest: unknown[]): void;
}

/**
 * What draws an image from a stored texture. vtk does not say how exactly its shader reads textures,
 * and devices that take the language's default by its word (phones, Mesa) read half floats.
 */
const extendImageNode = (publicAPI: ImageNode, model: object, initial: object) => {
  vtkOpenGLImageMapper.extend(publicAPI, model, { ...initial, openGLTexture: newStoredTexture() });
  const template = publicAPI.getShaderTemplate;
  publicAPI.getShaderTemplate = (shaders, ...rest) => {
    template(shaders, ...rest);
    const start = '//VTK::System::Dec';
    shaders.Fragment = shaders.Fragment.replace(start, `${start}\nprecision highp sampler2D;`);
  };
};

const newImageNode = macro.newInstance(
  extendImageNode as unknown as Parameters<typeof macro.newInstance>[0],
  'StoredImageNode',
) as () => ImageNode;

/** What of vtk's window is used here. */
export interface NodeWindow {
  getContext(): WebGL2RenderingContext;
  getMyFactory(): NodeFactory;
  setMyFactory(factory: NodeFactory): void;
}

const prepared = new WeakSet<NodeWindow>();

/**
 * Has all images that the window draws from now on take stored textures. Returns the longest side that one
 * can have, texels.
 */
export const useStoredTextures = (window: NodeWindow): number => {
  const largest = largestTexture(window.getContext());
  if (prepared.has(window)) return largest;
  prepared.add(window);
  const vendors = window.getMyFactory();
  const factory: NodeFactory = {
    createNode: (part) => {
      const isImage = part.getClassName() === 'vtkImageMapper' && !part.isDeleted();
      const node = isImage ? newImageNode() : vendors.createNode(part);
      node?.setMyFactory(factory);
      return node;
    },
  };
  window.setMyFactory(factory);
  return largest;
};
