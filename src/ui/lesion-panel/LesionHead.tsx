import type { ReactNode } from 'react';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { lesionColour } from '../colours.ts';
import { deleteLesion } from '../delete-lesion.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';

/** What selects a lesion, what is said of it in its line, and what deletes it. */
export const LesionHead = (props: {
  lesion: Lesion;
  selected: boolean;
  /** What is seen of its name, which is the whole for who hears it. */
  title: string;
  /** The date of its exam, where that needs saying. */
  exam?: string | undefined;
  children?: ReactNode;
}) => {
  const { lesion, selected } = props;
  const services = useServices();
  const name = t('Lesion {number}', { number: lesion.number });
  return (
    <header>
      <button
        type="button"
        className="lesion-title"
        aria-pressed={selected}
        aria-label={name}
        onClick={() => services.lesions.getState().select(lesion.id)}
      >
        <svg className="swatch" viewBox="0 0 10 10" aria-hidden="true">
          <rect width="10" height="10" fill={lesionColour(lesion.number)} />
        </svg>
        {props.title}
      </button>
      <span className="lesion-said">
        {props.exam && <span data-testid={`exam-${lesion.number}`}>{props.exam}</span>}
        {props.children}
      </span>
      <button
        type="button"
        className="quiet delete"
        aria-label={t('Delete {lesion}', { lesion: name })}
        title={t('Delete {lesion}', { lesion: name })}
        onClick={() => deleteLesion(services, lesion)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2.5 4h11M6 4V2.5h4V4M4 4l.7 9.5h6.6L12 4M6.5 6.5v4.5M9.5 6.5v4.5" />
        </svg>
      </button>
    </header>
  );
};
