import type { Message } from '../../core/message/message.ts';
import { type FormEvent, useState } from 'react';
import { say, t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import type { ServerCredentials, ServerOffer, ServerSession } from '../../ports/server.ts';

const kinds = (): readonly (readonly [ServerCredentials['kind'], string])[] => [
  ['none', t('No sign-in')],
  ['basic', t('User name and password')],
  ['bearer', t('Access token')],
];

const field = (form: FormData, name: string): string => String(form.get(name) ?? '');

const credentialsOf = (form: FormData): ServerCredentials => {
  const kind = field(form, 'kind');
  if (kind === 'basic')
    return { kind, user: field(form, 'user'), password: field(form, 'password') };
  return kind === 'bearer' ? { kind, token: field(form, 'token') } : { kind: 'none' };
};

const Secrets = ({ kind }: { kind: ServerCredentials['kind'] }) => {
  // Names and autocomplete keep the browser from offering to remember them.
  if (kind === 'basic')
    return (
      <>
        <label>
          {t('User name')}
          <input name="user" autoComplete="off" required />
        </label>
        <label>
          {t('Password')}
          <input name="password" type="password" autoComplete="new-password" />
        </label>
      </>
    );
  if (kind === 'bearer')
    return (
      <label>
        {t('Access token')}
        <input name="token" type="password" autoComplete="new-password" required />
      </label>
    );
  return null;
};

const reach = ({ proxy, connect }: ServerOffer): string => {
  if (proxy)
    return t('This page reaches {server} through its own address.', { server: proxy.upstream });
  if (connect)
    return t('This page was started so that it may contact {server}.', { server: connect });
  return t(
    'This page was started without a server and may contact nothing but its own address. Start it with "npm start -- --dicomweb http://server:port/dicom-web" to reach one.',
  );
};

/** Which server, and who asks. What is typed here is kept in memory only. */
export const ConnectForm = (props: {
  offer: ServerOffer;
  onConnected: (session: ServerSession) => void;
}) => {
  const { dicomweb } = useServices();
  const { offer } = props;
  const [kind, setKind] = useState<ServerCredentials['kind']>('none');
  const [problem, setProblem] = useState<Message>();
  const submit = async (e: FormEvent<HTMLFormElement>) => {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    const connected = await dicomweb.connect(field(form, 'address'), credentialsOf(form));
    if (connected.ok) props.onConnected(connected.value);
    else setProblem(connected.error);
  };
  return (
    <form className="server-form" onSubmit={(e) => void submit(e)}>
      <p className="fine">{reach(offer)}</p>
      <label>
        {t('Address')}
        <input
          name="address"
          defaultValue={offer.proxy?.address ?? offer.connect ?? ''}
          placeholder="https://server/dicom-web"
          spellCheck={false}
          autoComplete="off"
        />
      </label>
      <label>
        {t('Sign-in')}
        <select
          name="kind"
          value={kind}
          onChange={(e) => setKind(e.target.value as ServerCredentials['kind'])}
        >
          {kinds().map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Secrets kind={kind} />
      <button type="submit" className="primary">
        {t('Connect')}
      </button>
      {problem !== undefined && (
        <p role="alert" className="alarm">
          {say(problem)}
        </p>
      )}
    </form>
  );
};
