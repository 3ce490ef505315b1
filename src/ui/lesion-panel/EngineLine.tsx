import type { Message } from '../../core/message/message.ts';
import { useCommands } from '../commands/use-commands.ts';
import { say, t, tData } from '../../i18n/phrases/text.ts';
import { useScoring, useServices } from '../services.tsx';
import { engineProblem } from './engine-problem.ts';
import type { BackendName, EngineStatus } from '../../ports/inference.ts';

const BACKENDS: readonly BackendName[] = ['webgpu', 'webgl', 'wasm'];
const names: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
};

const Starting = (props: { step: Message; fraction: number }) => (
  <div role="status">
    <label htmlFor="engine-progress">{say(props.step)}</label>
    <progress id="engine-progress" value={props.fraction} max={1} />
  </div>
);

/** The reader's own choice of backend; a software adapter is used when it is chosen here. */
const BackendChoice = ({ current }: { current: BackendName | undefined }) => {
  const { switchBackend } = useServices();
  useCommands(
    BACKENDS.filter((name) => name !== current).map((name) => ({
      id: `engine.${name}`,
      group: t('Engine'),
      title: t('Compute on {backend}', { backend: names[name] }),
      run: () => switchBackend(name),
    })),
  );
  return (
    <label className="engine-choice">
      {current ? t('Computed on') : t('Try another backend')}
      <select
        value={current ?? ''}
        data-testid="backend"
        onChange={(e) => switchBackend(e.target.value as BackendName)}
      >
        {current ? null : <option value="" disabled />}
        {BACKENDS.map((name) => (
          <option key={name} value={name}>
            {names[name]}
          </option>
        ))}
      </select>
    </label>
  );
};

/** Where WebGPU has no graphics card: some browsers find theirs a while after they started. */
const LookAgain = () => {
  const { lookForAdapter } = useServices();
  const title = t('Look for a graphics card again');
  useCommands([{ id: 'engine.look', group: t('Engine'), title, run: lookForAdapter }]);
  return (
    <button type="button" data-testid="look-for-adapter" onClick={lookForAdapter}>
      {title}
    </button>
  );
};

const Pack = () => {
  const { manifest } = useServices();
  return (
    <>
      <span data-testid="pack-id">{manifest?.id}</span> {manifest?.version}
    </>
  );
};

/** Pack and backend in a line; the choice of backend, and why it is this one, behind it. */
const Ready = ({ status }: { status: Extract<EngineStatus, { phase: 'ready' }> }) => {
  const { info, notice, lacksAdapter } = status;
  return (
    <>
      {notice ? <p className="engine-notice">{say(notice)}.</p> : null}
      <details className="engine-choices">
        <summary className="fine">
          <Pack /> · {names[info.backend]}
        </summary>
        <BackendChoice current={info.backend} />
        <p className="fine" data-testid="adapter">
          {tData(info.adapter)}
          {info.software ? ` ${t('(software, slow)')}` : ''}
        </p>
        {lacksAdapter && <LookAgain />}
        {info.passedOver.length > 0 && (
          <details className="fine">
            <summary>{t('Why not another backend')}</summary>
            <ul>
              {info.passedOver.map((reason, i) => (
                <li key={i}>{say(reason)}</li>
              ))}
            </ul>
          </details>
        )}
      </details>
    </>
  );
};

/** State of the inference engine: warm-up progress, backend and adapter in use, or why it is refused. */
export const EngineLine = () => {
  const status = useScoring((s) => s.engine);
  const { retryEngine } = useServices();
  const problem = engineProblem(status);
  return (
    <section className="engine" aria-label={t('Inference engine')} data-phase={status.phase}>
      {status.phase !== 'ready' && (
        <p className="fine">
          <Pack />
        </p>
      )}
      {status.phase === 'starting' && <Starting step={status.step} fraction={status.fraction} />}
      {status.phase === 'ready' && <Ready status={status} />}
      {problem !== undefined && (
        <>
          <p role="alert" className="alarm">
            {problem}
          </p>
          <button type="button" data-testid="retry-engine" onClick={retryEngine}>
            {t('Try again')}
          </button>
          <BackendChoice current={undefined} />
        </>
      )}
    </section>
  );
};
