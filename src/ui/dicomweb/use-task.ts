import type { Message } from '../../core/message/message.ts';
import { useEffect, useRef, useState } from 'react';
import type { Result } from '../../core/message/result.ts';

/**
 * One thing at a time that can be stopped: what runs, and why it failed. Stopped when
 * the component goes.
 */
export const useTask = () => {
  const [running, setRunning] = useState<string>();
  const [problem, setProblem] = useState<Message>();
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);
  const run = async <T>(
    name: string,
    work: (signal: AbortSignal) => Promise<Result<T, Message>>,
  ): Promise<T | undefined> => {
    const own = new AbortController();
    controller.current = own;
    setRunning(name);
    setProblem(undefined);
    const outcome = await work(own.signal);
    if (controller.current !== own) return undefined;
    setRunning(undefined);
    if (outcome.ok) return outcome.value;
    setProblem(outcome.error);
    return undefined;
  };
  return { running, problem, run, stop: () => controller.current?.abort() };
};
