import { t } from '../../i18n/phrases/text.ts';
import { Dialog } from '../components/Dialog.tsx';
import { useServices } from '../services.tsx';

/** What this is, exactly: for a bug report, a method section, or the hospital's inventory. */
export const AboutBox = ({ onClose }: { onClose: () => void }) => {
  const { build, manifest, packSha256 } = useServices();
  const facts = [
    [t('Version'), build.version],
    [t('Build'), build.build],
    ...(manifest
      ? [
          [t('Model pack'), `${manifest.name} (${manifest.id} ${manifest.version})`],
          [t('SHA-256 of its manifest'), packSha256 ?? ''],
          [t('Licence of the pack'), manifest.licence],
        ]
      : []),
    [t('Licence'), 'Apache-2.0'],
  ];
  return (
    <Dialog title={t('About Tandem CADx')} onClose={onClose}>
      <p>
        {t(
          'For research use only. Not a medical device; not for diagnosis or treatment decisions.',
        )}
      </p>
      <dl className="about" data-testid="about">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={`./${build.licences}`} target="_blank" rel="noreferrer">
          {t('Licences of what is built in')}
        </a>
      </p>
    </Dialog>
  );
};
