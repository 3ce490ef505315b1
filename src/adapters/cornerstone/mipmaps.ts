import vtkTextureConstants from '@kitware/vtk.js/Rendering/OpenGL/Texture/Constants.js';

const { Filter } = vtkTextureConstants;

interface ImageTexture {
  getHandle(): WebGLTexture | null;
  activate(): void;
  deactivate(): void;
  sendParameters(): void;
  setMinificationFilter(filter: number): boolean;
}

/** What of vtk's window is used here; view nodes answer `get(field)` with an object of that field. */
export interface TextureWindow {
  get3DContext(): WebGL2RenderingContext | null;
  getViewNodeFor(mapper: unknown): { get(field: string): Record<string, unknown> } | undefined;
}

const filtered = new WeakSet<WebGLTexture>();

/**
 * Gives the image's texture mip levels and trilinear minification. vtk samples image slices
 * bilinearly only, so a mammogram fitted to the screen would skip most of its pixels: fine
 * calcifications flicker and noise is exaggerated. Returns true when the picture has to be drawn again.
 */
export const smoothMinification = (window: TextureWindow, mapper: unknown): boolean => {
  const gl = window.get3DContext();
  const texture = window.getViewNodeFor(mapper)?.get('openGLTexture')['openGLTexture'] as
    ImageTexture | undefined;
  const handle = texture?.getHandle();
  if (!gl || !texture || !handle || filtered.has(handle)) return false;
  filtered.add(handle);
  // Makes 32-bit float textures renderable, which mip levels of such a texture need.
  gl.getExtension('EXT_color_buffer_float');
  while (gl.getError() !== gl.NO_ERROR);
  texture.activate();
  gl.generateMipmap(gl.TEXTURE_2D);
  const possible = gl.getError() === gl.NO_ERROR;
  if (possible) {
    texture.setMinificationFilter(Filter.LINEAR_MIPMAP_LINEAR);
    texture.sendParameters();
  }
  texture.deactivate();
  return possible;
};
