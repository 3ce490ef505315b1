import { useEffect, useState } from 'react';

/**
 * The latest `value` that has been painted: what follows from it does not keep it waiting. Undefined before the
 * first. A page that the browser does not paint, such as one behind others, has it when it is painted again.
 */
export const useOncePainted = <T>(value: T): T | undefined => {
  const [painted, setPainted] = useState<T>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The frame is painted after its callbacks, and before the next task.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setPainted(() => value));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value]);
  return painted;
};
