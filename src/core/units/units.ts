/** Numbers that must not be confused with one another carry a brand; `as` at the place of birth only. */
declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

/** Millimetres, in the plane that the calibration next to it names. */
export type Mm = Branded<'Mm'>;
/** Signed distance from an SVM's hyperplane in kernel space; positive leans malignant. */
export type SvmScore = Branded<'SvmScore'>;
/** Probability of malignancy in [0, 1] at a stated prevalence. */
export type Likelihood = Branded<'Likelihood'>;
