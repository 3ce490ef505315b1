import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { reasonOf } from '../core/message/failure.ts';
import { message } from '../core/message/message.ts';
import { useServices } from './services.tsx';

const parts: (() => Promise<void>)[] = [];

/** Has every late part of the page ready, so that none is waited for. What fails is tried again when asked for. */
export const fetchLateParts = async (): Promise<void> => {
  await Promise.all(parts.map((ready) => ready()));
};

/**
 * A part of the page that the start screen does without. It is fetched when it is first to be shown, or
 * before by `fetchLateParts`, and then stands at once; `meanwhile` stands where it will.
 */
export const late = <P extends object>(
  fetchPart: () => Promise<ComponentType<P>>,
): ComponentType<P & { readonly meanwhile?: ReactNode }> => {
  let part: ComponentType<P> | undefined;
  let fetching: Promise<void> | undefined;
  const ready = () =>
    (fetching ??= fetchPart().then(
      (fetched) => {
        part = fetched;
      },
      (error: unknown) => {
        fetching = undefined;
        throw error;
      },
    ));
  parts.push(ready);
  return function Late({ meanwhile, ...props }) {
    const { notices } = useServices();
    const [Part, setPart] = useState(() => part);
    useEffect(() => {
      if (Part) return;
      const { tell } = notices.getState();
      const show = () =>
        void ready().then(
          () => {
            tell('late', undefined);
            setPart(() => part);
          },
          (error: unknown) =>
            tell('late', message('page.no-part', { reason: reasonOf(error) }), {
              action: { label: message('page.fetch-again'), run: show },
            }),
        );
      show();
    }, [Part, notices]);
    return Part ? <Part {...(props as unknown as P)} /> : meanwhile;
  };
};
