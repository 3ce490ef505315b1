// libsvm, compiled to WebAssembly by the package libsvm-wasm. The package's own class is left aside:
// it frees its parameters twice and offers no coefficients. Its raw module is used instead, and the
// trained model is read from its memory by the layout of svm.h (struct svm_model, wasm32).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import createModule from 'libsvm-wasm/dist/libsvm.js';

interface LibsvmModule {
  readonly HEAPF64: Float64Array;
  readonly HEAP32: Int32Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  _make_samples(data: number, labels: number, count: number, dims: number): number;
  _free_sample(samples: number): void;
  _make_param(...values: number[]): number;
  _train_model(samples: number, param: number): number;
  _free_model(model: number): void;
  _predict_one(model: number, data: number, dims: number): number;
}

/** A two-class C-SVM in its dual form: sum_i coefficients[i] K(row_{indices[i]}, x) + bias. */
export interface DualSvm {
  /** Rows of the training set that are support vectors. */
  readonly indices: number[];
  /** alpha_i y_i, positive for malignant rows. */
  readonly coefficients: number[];
  readonly bias: number;
}

export interface Libsvm {
  /**
   * Trains a C-SVM on a precomputed, symmetric kernel. `kernel(i, j)` for i, j in [0, count); `malignant` one
   * entry a row, both classes present. Throws when libsvm's model breaks a property of the dual.
   */
  train(
    kernel: (i: number, j: number) => number,
    malignant: readonly boolean[],
    c: number,
  ): DualSvm;
  /** libsvm's own decision values of an RBF or linear C-SVM trained on and asked about raw rows. */
  decisionValues(
    rows: readonly ArrayLike<number>[],
    malignant: readonly boolean[],
    options: { kernel: 'linear' | 'rbf'; gamma: number; c: number },
    asked: readonly ArrayLike<number>[],
  ): number[];
}

const C_SVC = 0;
const EPSILON_SVR = 3;
const KERNELS = { linear: 0, rbf: 2, precomputed: 4 } as const;
const CACHE_MB = 200;
const STOP = 1e-4;

/** Byte offsets in struct svm_model where svm_parameter takes the first 96 bytes. */
const MODEL = {
  classes: 96,
  count: 100,
  vectors: 104,
  coefficients: 108,
  rho: 112,
  label: 128,
} as const;
/** Byte offset of `x` in struct svm_problem { int l; double *y; svm_node **x }. */
const PROBLEM_X = 8;
/** struct svm_node { int index; double value }: value in doubles from its start. */
const NODE_VALUE = 1;

const int = (m: LibsvmModule, at: number): number => m.HEAP32[at >> 2] as number;
const double = (m: LibsvmModule, at: number): number => m.HEAPF64[at >> 3] as number;

/** Frees a problem; the package's own free_sample forgets the rows themselves. */
const freeSamples = (m: LibsvmModule, samples: number): void => {
  m._free(int(m, int(m, samples + PROBLEM_X)));
  m._free_sample(samples);
};

const feed = (
  m: LibsvmModule,
  count: number,
  dims: number,
  fill: (to: Float64Array) => void,
  malignant: readonly boolean[],
): number => {
  const data = m._malloc(count * dims * 8);
  const labels = m._malloc(count * 8);
  fill(m.HEAPF64.subarray(data >> 3, (data >> 3) + count * dims));
  malignant.forEach((yes, i) => (m.HEAPF64[(labels >> 3) + i] = yes ? 1 : -1));
  const samples = m._make_samples(data, labels, count, dims);
  m._free(data);
  m._free(labels);
  return samples;
};

const fit = (m: LibsvmModule, samples: number, kernel: number, gamma: number, c: number) => {
  const param = m._make_param(
    C_SVC,
    kernel,
    3,
    gamma,
    0,
    0.5,
    CACHE_MB,
    c,
    STOP,
    0.1,
    1,
    0,
    0,
    0,
    0,
  );
  const model = m._train_model(samples, param);
  m._free(param);
  return model;
};

/** +1 where libsvm's first class, the one with positive coefficients, is malignant; else -1. */
const orientation = (m: LibsvmModule, model: number): 1 | -1 =>
  int(m, int(m, model + MODEL.label)) === 1 ? 1 : -1;

const readModel = (m: LibsvmModule, model: number): DualSvm => {
  if (int(m, model + MODEL.classes) !== 2) throw new Error('libsvm did not see two classes');
  const count = int(m, model + MODEL.count);
  const sign = orientation(m, model);
  const vectors = int(m, model + MODEL.vectors);
  const row = int(m, int(m, model + MODEL.coefficients)) >> 3;
  const indices: number[] = [];
  const coefficients: number[] = [];
  for (let i = 0; i < count; i++) {
    const node = int(m, vectors + 4 * i);
    indices.push((m.HEAPF64[(node >> 3) + NODE_VALUE] as number) - 1);
    coefficients.push(sign * (m.HEAPF64[row + i] as number));
  }
  return { indices, coefficients, bias: -sign * double(m, int(m, model + MODEL.rho)) };
};

/** Properties every dual solution has; broken ones mean that the memory layout was misread. */
const check = (svm: DualSvm, malignant: readonly boolean[], c: number): DualSvm => {
  const sum = svm.coefficients.reduce((s, v) => s + v, 0);
  const wrong = svm.coefficients.some(
    (v, i) =>
      Math.abs(v) > c * (1 + 1e-6) || v === 0 || v > 0 !== malignant[svm.indices[i] as number],
  );
  if (wrong || Math.abs(sum) > 1e-6 * c * malignant.length || !Number.isFinite(svm.bias))
    throw new Error('libsvm gave a model that is not a solution of the dual');
  return svm;
};

/** Starts the WebAssembly module. */
export const startLibsvm = async (): Promise<Libsvm> => {
  const binary = createRequire(import.meta.url).resolve('libsvm-wasm/dist/libsvm.wasm');
  // Handed in, because the module would otherwise ask fetch() for a path.
  const options = { wasmBinary: readFileSync(binary), print: () => undefined };
  const m = (await createModule(options)) as LibsvmModule;
  return {
    train: (kernel, malignant, c) => {
      const n = malignant.length;
      const c32 = Math.fround(c);
      const samples = feed(
        m,
        n,
        n + 1,
        (to) => {
          for (let i = 0; i < n; i++) {
            to[i * (n + 1)] = i + 1;
            for (let j = 0; j <= i; j++)
              to[i * (n + 1) + j + 1] = to[j * (n + 1) + i + 1] = kernel(i, j);
          }
        },
        malignant,
      );
      const model = fit(m, samples, KERNELS.precomputed, 0, c32);
      const svm = readModel(m, model);
      m._free_model(model);
      freeSamples(m, samples);
      return check(svm, malignant, c32);
    },
    decisionValues: (rows, malignant, { kernel, gamma, c }, asked) => {
      const dims = rows[0]?.length ?? 0;
      const fill = (to: Float64Array) => rows.forEach((row, i) => to.set(row, i * dims));
      const samples = feed(m, rows.length, dims, fill, malignant);
      const model = fit(m, samples, KERNELS[kernel], gamma, c);
      // Asked as a regression, libsvm's predict returns the decision value instead of its sign.
      m.HEAP32[model >> 2] = EPSILON_SVR;
      const at = m._malloc(dims * 8);
      const sign = orientation(m, model);
      const values = asked.map((row) => {
        m.HEAPF64.set(row, at >> 3);
        return sign * m._predict_one(model, at, dims);
      });
      m._free(at);
      m._free_model(model);
      freeSamples(m, samples);
      return values;
    },
  };
};
