import { Fragment, type ReactNode } from 'react';

/** A text of `t` with elements in some of its places: those that `t` was given no value for. */
export const rich = (text: string, nodes: Readonly<Record<string, ReactNode>>): ReactNode =>
  text.split(/(\{\w+\})/).map((part, i) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const node = name === undefined ? undefined : nodes[name];
    return <Fragment key={i}>{node ?? part}</Fragment>;
  });
