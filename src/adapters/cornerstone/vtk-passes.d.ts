/** What is used of the vendor's render passes, which come without types. */
interface VtkRenderPass {
  setDelegates(passes: readonly VtkRenderPass[]): boolean;
  delete(): void;
}

declare module '@kitware/vtk.js/Rendering/OpenGL/Convolution2DPass.js' {
  interface Convolution2DPass extends VtkRenderPass {
    setKernelDimension(side: number): boolean;
    /** Row-major; divided by its sum where that is above 0. */
    setKernel(weights: readonly number[]): boolean;
  }
  const pass: { newInstance(): Convolution2DPass };
  export default pass;
}

declare module '@kitware/vtk.js/Rendering/OpenGL/ForwardPass.js' {
  const pass: { newInstance(): VtkRenderPass };
  export default pass;
}

declare module '@kitware/vtk.js/Rendering/OpenGL/ImageMapper.js' {
  const mapper: {
    /** Makes of an object what draws a vtkImageMapper; `openGLTexture` is its texture, instead of one of its own. */
    extend(publicAPI: object, model: object, initial: { readonly openGLTexture: object }): void;
  };
  export default mapper;
}
