import type { Translator } from '../platform/i18n/translator'

const steps = 5

const bars = Array.from({ length: steps + 1 }, (_, step) =>
  Array.from({ length: steps }, (_, index) => (index < step ? '<i class="on"></i>' : '<i></i>')).join(''),
)

/** How far a booking has come: five bars for the eye, 'Krok 2 z 5' for everybody. `step` from 1. */
export const StepBar = ({ t: { t }, step }: { t: Translator; step: number }) => (
  <>
    <div class="bar" aria-hidden="true" dangerouslySetInnerHTML={{ __html: bars[step] ?? '' }} />
    <p class="step">{t('ui.step', { n: step, total: steps })}</p>
  </>
)
