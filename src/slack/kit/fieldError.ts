import { EngineError, type EngineErrorCode } from '../../engine/errors.ts';
import { errorText } from './errorText.ts';
import type { Texts } from './texts/index.ts';

/**
 * A refusal of the engine beside the input that can answer it. `fields` says which input that is, by the refusal's
 * code.
 * @throws the error itself where no input can answer it.
 */
export function besideField(
  texts: Texts,
  error: unknown,
  fields: Partial<Record<EngineErrorCode, string>>,
): { errors: Record<string, string> } {
  const field = error instanceof EngineError ? fields[error.code as EngineErrorCode] : undefined;
  if (field === undefined) throw error;
  // A refusal of the engine is no failure: there is nothing to log
  return { errors: { [field]: errorText(texts, error, () => undefined) } };
}

/** Whether the engine refused because it is so already. */
export function isNothingChanged(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'nothing_changed';
}
