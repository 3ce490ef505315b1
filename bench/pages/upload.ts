// What the graphics alone take: textures of a study's size filled and drawn, and nothing else.

const VERTICES = `#version 300 es
out vec2 place;
void main() {
  place = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = vec4(place * 2.0 - 1.0, 0.0, 1.0);
}`;

const COLOURS = `#version 300 es
precision highp float;
precision highp sampler2D;
in vec2 place;
uniform sampler2D image;
uniform float top;
out vec4 colour;
void main() {
  colour = vec4(vec3(texture(image, place).r * top / 4095.0), 1.0);
}`;

/** Bytes handed over at a time; as the product does. */
const STRIP = 2 ** 20;

const compiled = (gl: WebGL2RenderingContext, type: number, source: string): WebGLShader => {
  const shader = gl.createShader(type) as WebGLShader;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
};

/** The formats that the product's images come to: 16 bits where a device has such textures, else floats. */
const formatOf = (gl: WebGL2RenderingContext) => {
  gl.getExtension('OES_texture_float_linear');
  const norm16 = gl.getExtension('EXT_texture_norm16');
  return norm16
    ? { internal: norm16.R16_EXT, type: gl.UNSIGNED_SHORT, top: 65_535 }
    : { internal: gl.R32F, type: gl.FLOAT, top: 1 };
};

const fill = (gl: WebGL2RenderingContext, pixels: Uint16Array, columns: number, rows: number) => {
  const { internal, type } = formatOf(gl);
  gl.texImage2D(gl.TEXTURE_2D, 0, internal, columns, rows, 0, gl.RED, type, null);
  const most = Math.floor(STRIP / (columns * 2));
  const floats = type === gl.FLOAT ? new Float32Array(most * columns) : undefined;
  for (let y = 0; y < rows; y += most) {
    const count = Math.min(most, rows - y);
    let strip: Uint16Array | Float32Array = pixels.subarray(y * columns, (y + count) * columns);
    if (floats) {
      floats.set(strip);
      strip = floats.subarray(0, strip.length);
    }
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, y, columns, count, gl.RED, type, strip);
  }
};

const draw = (gl: WebGL2RenderingContext) => {
  gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  gl.finish();
  // Browsers may take finish() lightly; a pixel that is read has been drawn.
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
};

/** Milliseconds in which WebGL alone takes so many images and draws each once, without mip levels. */
export const uploadAndDraw = (columns: number, rows: number, count: number): number => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 390, height: 860 });
  const gl = canvas.getContext('webgl2');
  if (!gl) throw new Error('no WebGL 2');
  const program = gl.createProgram() as WebGLProgram;
  gl.attachShader(program, compiled(gl, gl.VERTEX_SHADER, VERTICES));
  gl.attachShader(program, compiled(gl, gl.FRAGMENT_SHADER, COLOURS));
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.uniform1f(gl.getUniformLocation(program, 'top'), formatOf(gl).top);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  const pixels = new Uint16Array(columns * rows).map((_, i) => (i * 7919) & 4095);
  draw(gl);
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    fill(gl, pixels, columns, rows);
    draw(gl);
  }
  const ms = performance.now() - start;
  const error = gl.getError();
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  if (error !== gl.NO_ERROR) throw new Error(`WebGL error ${error}`);
  return ms;
};
