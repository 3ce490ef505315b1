import type { Finding } from '../finder/second-look.ts';
import type { Lesion } from '../lesion/lesion.ts';
import type { LesionLocation } from '../lesion/location.ts';
import type { Dismissal, LookDone } from '../lesion/second-reading.ts';
import { message, type Message } from '../message/message.ts';
import { localMoment } from '../units/local-moment.ts';
import type { ReportFinding, ReportSecondLook } from './report-second-look.ts';

/** A finding as it is shown, with what the reader made of it. */
export interface ReportedFinding extends Finding {
  readonly rank: number;
  readonly answer:
    | { readonly kind: 'open' }
    | { readonly kind: 'accepted'; readonly lesion: Lesion }
    | { readonly kind: 'dismissed'; readonly dismissal: Dismissal };
  /** The lesion that the reader marked there by hand. */
  readonly agreesWith?: Lesion | undefined;
  readonly location?: LesionLocation | undefined;
}

/** The second look at one exam whose reader has said that the own look was done. */
export interface ReportedSecondLook {
  readonly said: LookDone;
  readonly finder: ReportSecondLook['finder'];
  readonly falseMarks: number;
  readonly views: readonly {
    readonly sopInstanceUid: string;
    /** Held back: it opened after the reader's word. */
    readonly status: 'waiting' | 'looked' | 'not looked' | 'held back';
    readonly reason?: Message | undefined;
  }[];
  readonly breasts: readonly { readonly side: string; readonly likelihood: number }[];
  readonly notes: readonly Message[];
  readonly findings: readonly ReportedFinding[];
}

type Say = (said: Message) => string;

/** A moment as reports have it: in local time with its offset. */
const local = (at: string): string => localMoment(new Date(at));

/** What the reader made of it; a lesion counts where the report lists it. */
const answerOf = (
  { answer, agreesWith }: ReportedFinding,
  listed: ReadonlySet<string>,
  say: Say,
): Pick<ReportFinding, 'answer' | 'lesionId' | 'reason' | 'at'> => {
  if (answer.kind === 'dismissed') {
    const { reason: code, at } = answer.dismissal;
    return {
      answer: 'dismissed',
      reason: { code, text: say(message(`look.reason.${code}`)) },
      at: local(at),
    };
  }
  if (answer.kind === 'accepted' && listed.has(answer.lesion.id)) {
    const { id, origin } = answer.lesion;
    return { answer: 'accepted', lesionId: id, ...(origin && { at: local(origin.at) }) };
  }
  return agreesWith && listed.has(agreesWith.id)
    ? { answer: 'agrees', lesionId: agreesWith.id }
    : { answer: 'open' };
};

const toFinding = (
  finding: ReportedFinding,
  listed: ReadonlySet<string>,
  say: Say,
): ReportFinding => ({
  id: finding.id,
  rank: finding.rank,
  marks: finding.marks.map(({ sopInstanceUid, box, mass, malignant }) => ({
    sopInstanceUid,
    box: { ...box },
    mass,
    malignant,
  })),
  mass: finding.mass,
  malignant: finding.malignant,
  ...answerOf(finding, listed, say),
  ...(finding.location && {
    location: {
      ...finding.location,
      nippleDistances: [...finding.location.nippleDistances],
      views: [...finding.location.views],
    },
  }),
});

const lesionBefore = ({ id, number, marks }: Lesion): ReportSecondLook['before'][number] => ({
  id,
  number,
  marks: Object.entries(marks).map(([sopInstanceUid, box]) => ({
    sopInstanceUid,
    box: { ...box },
  })),
});

/**
 * A second look as a report has it. `studyOf` gives the study of each listed image by SOP Instance UID;
 * views and findings on others are left out. `lesionIds`: the lesions that the report lists. Undefined
 * where none of its views is listed.
 */
export const toSecondLook = (
  look: ReportedSecondLook,
  studyOf: ReadonlyMap<string, string>,
  lesionIds: ReadonlySet<string>,
  say: Say,
): ReportSecondLook | undefined => {
  const views = look.views.filter(({ sopInstanceUid }) => studyOf.has(sopInstanceUid));
  const studies = new Set(views.map(({ sopInstanceUid }) => studyOf.get(sopInstanceUid) as string));
  if (studies.size === 0) return undefined;
  return {
    studyInstanceUids: [...studies],
    doneAt: local(look.said.at),
    before: look.said.before.map(lesionBefore),
    finder: look.finder,
    falseMarks: look.falseMarks,
    lookedAt: views
      .filter(({ status }) => status === 'looked')
      .map(({ sopInstanceUid }) => sopInstanceUid),
    notLookedAt: views
      .filter(({ status }) => status !== 'looked')
      .map(({ sopInstanceUid, reason = message('look.not-yet') }) => ({
        sopInstanceUid,
        reason: say(reason),
      })),
    breasts: look.breasts.flatMap(({ side, likelihood }) =>
      side === 'L' || side === 'R' ? [{ side, likelihood }] : [],
    ),
    notes: look.notes.map(say),
    findings: look.findings
      .filter(({ marks }) => marks.every(({ sopInstanceUid }) => studyOf.has(sopInstanceUid)))
      .map((finding) => toFinding(finding, lesionIds, say)),
  };
};
