import { message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import { useShownName } from '../names.tsx';
import { type FormEvent, useState } from 'react';
import { formatPersonName } from '../../core/dicom/person-name.ts';
import { formatDate } from '../format.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import type {
  FoundStudies,
  FoundStudy,
  LoadProgress,
  ServerSession,
  StudyQuery,
} from '../../ports/server.ts';
import { newestFirst } from './found-order.ts';
import { useTask } from './use-task.ts';

const queryOf = (form: FormData): StudyQuery => {
  const value = (name: string) => String(form.get(name) ?? '');
  return {
    patientName: value('name'),
    patientId: value('id'),
    from: value('from'),
    to: value('to'),
    modality: value('modality'),
  };
};

/** Modalities that mammograms come under, the usual one first. */
const MODALITIES = ['MG', 'CR', 'DX'] as const;

const SearchForm = (props: { busy: boolean; onSearch: (query: StudyQuery) => void }) => {
  const submit = (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault();
    props.onSearch(queryOf(new FormData(e.currentTarget)));
  };
  return (
    <form className="server-form search-form" onSubmit={submit}>
      <label>
        {t('Patient name')}
        <input name="name" autoComplete="off" placeholder={t('any part, or Family, Given')} />
      </label>
      <label>
        {t('Patient ID')}
        <input name="id" autoComplete="off" />
      </label>
      <label>
        {t('From')}
        <input name="from" type="date" />
      </label>
      <label>
        {t('To')}
        <input name="to" type="date" />
      </label>
      <label>
        {t('Modality')}
        <select name="modality">
          {MODALITIES.map((modality) => (
            <option key={modality}>{modality}</option>
          ))}
          <option value="">{t('any')}</option>
        </select>
      </label>
      <button type="submit" className="primary" disabled={props.busy}>
        {t('Search')}
      </button>
    </form>
  );
};

const Results = (props: {
  studies: readonly FoundStudy[];
  busy: boolean;
  onOpen: (study: FoundStudy) => void;
}) => {
  const shownName = useShownName();
  return (
    <table className="found-studies" data-testid="found-studies">
      <thead>
        <tr>
          {[t('Patient'), t('ID'), t('Date'), t('Study'), t('Objects'), ''].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.studies.map((study) => {
          const name = shownName(formatPersonName(study.patientName)) || t('No name');
          return (
            <tr key={study.studyInstanceUid}>
              <th scope="row">{name}</th>
              <td>{shownName(study.patientId)}</td>
              <td>{formatDate(study.date || undefined)}</td>
              <td>
                {shownName(study.description)}{' '}
                <span className="fine">{study.modalities.join(' ')}</span>
              </td>
              <td>{study.instanceCount ?? ''}</td>
              <td>
                <button
                  type="button"
                  disabled={props.busy}
                  aria-label={t('Open the study of {patient}, {date}', {
                    patient: name,
                    date: formatDate(study.date || undefined),
                  })}
                  onClick={() => props.onOpen(study)}
                >
                  {t('Open')}
                </button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

const Progress = (props: {
  what: string;
  progress: LoadProgress | undefined;
  stop: () => void;
}) => (
  <div role="status">
    {props.progress ? (
      <label>
        {t('Fetching: {done} of {total} objects, {size}', {
          done: props.progress.done,
          total: props.progress.total,
          size: megabytes(props.progress.bytes),
        })}
        <progress value={props.progress.done} max={Math.max(props.progress.total, 1)} />
        {props.progress.isBusy && ` ${t('The server is busy and is asked again soon.')}`}
      </label>
    ) : (
      <span>{props.what}</span>
    )}{' '}
    <button type="button" className="quiet" onClick={props.stop}>
      {t('Stop')}
    </button>
  </div>
);

/** Search for studies on a server, and open one; `onComing` when its first object has come. */
export const StudySearch = (props: { session: ServerSession; onComing: () => void }) => {
  const { session, onComing } = props;
  const { notices } = useServices();
  const { running, problem, run, stop } = useTask();
  const [query, setQuery] = useState<StudyQuery>();
  const [found, setFound] = useState<FoundStudies>();
  const [progress, setProgress] = useState<LoadProgress>();
  const search = async (asked: StudyQuery, before: readonly FoundStudy[] = []) => {
    setQuery(asked);
    setFound(undefined);
    const page = await run(t('Searching ...'), (signal) => session.search(asked, signal));
    setFound(page && { ...page, studies: newestFirst([...before, ...page.studies]) });
  };
  const open = async ({ studyInstanceUid }: FoundStudy) => {
    setProgress(undefined);
    const opened = await run(t('Opening ...'), async (signal) => {
      const fetched = await session.open(studyInstanceUid, signal, setProgress, onComing);
      return fetched.ok ? ok({ remarks: fetched.value }) : fetched;
    });
    setProgress(undefined);
    if (opened)
      notices.getState().tell('server', opened.remarks.length > 0 ? opened.remarks : undefined, {
        about: [studyInstanceUid],
      });
  };
  const more = () => {
    if (query && found?.nextOffset !== undefined)
      void search({ ...query, offset: found.nextOffset }, found.studies);
  };
  const busy = running !== undefined;
  return (
    <>
      <SearchForm busy={busy} onSearch={(asked) => void search(asked)} />
      {busy && <Progress what={running} progress={progress} stop={stop} />}
      {problem !== undefined && (
        <p role="alert" className="alarm">
          {say(problem)}
        </p>
      )}
      {found?.studies.length === 0 && (
        <p role="status">
          {found.nextOffset === undefined
            ? t(query?.modality === 'MG' ? 'No mammography study matches.' : 'No study matches.')
            : t('None of the studies looked through so far matches.')}
        </p>
      )}
      {found && found.studies.length > 0 && (
        <Results studies={found.studies} busy={busy} onOpen={(study) => void open(study)} />
      )}
      {found && found.unreadable > 0 && (
        <p role="status">{say(message('count.studies-unread', { count: found.unreadable }))}</p>
      )}
      {found?.nextOffset !== undefined && (
        <button type="button" disabled={busy} onClick={more}>
          {t('More')}
        </button>
      )}
    </>
  );
};
