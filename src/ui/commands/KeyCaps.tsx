import { Fragment } from 'react';
import { keyCaps } from '../../commands/key-caps.ts';

/** Shortcuts of one command; where there are several, any of them will do. */
export const KeyCaps = ({ keys }: { keys: readonly string[] }) => (
  <span className="key-caps">
    {keys.map((key, i) => (
      <Fragment key={key}>
        {i > 0 && <span className="or">/</span>}
        {keyCaps(key).map((cap) => (
          <kbd key={cap}>{cap}</kbd>
        ))}
      </Fragment>
    ))}
  </span>
);
