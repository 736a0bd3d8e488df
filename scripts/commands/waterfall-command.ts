import { SfError } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import type { Progress } from '../apply/progress.ts';
import { DEFAULT_MODEL_FILE } from '../model/load-model.ts';
import { OrgError } from '../org/types.ts';
import { VerifyError } from '../verify/types.ts';
import { FindingsError } from './command-error.ts';

export const orgFlag = {
  'target-org': Flags.string({
    char: 'o',
    summary: "Alias or username of the org; without it sf's default org, else the local org.",
  }),
};

export const modelFlag = {
  model: Flags.string({ char: 'm', summary: `The model file; ${DEFAULT_MODEL_FILE} of this project without it.` }),
};

export const mappingFlag = {
  mapping: Flags.string({ summary: "The org's mapping file; config/mapping/<org>.yaml without it, if there is one." }),
};

export const productionFlag = {
  'allow-production': Flags.boolean({
    summary: 'Go on although the org is a production org; without it production is left alone.',
    default: false,
  }),
};

/** What ends a command from outside. */
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;
/** One Ctrl-C can arrive more than once: from the terminal, and from npx or an older Node that started this process. */
const SAME_STOP_MS = 1000;
/** 128 + SIGINT, as shells have it. */
export const EXIT_STOPPED = 130;

/** `sf waterfall plan` is complete as it is. */
const COMMAND_IN_TEXT =
  /(?<!npx |sf )\bwaterfall (?:audit|plan|deploy|rollback|verify|runs|compile|model|match|import-people)\b/g;

/** What all commands share: every error is one message with what to do, never a stack trace. */
export abstract class WaterfallCommand<T> extends SfCommand<T> {
  static override readonly enableJsonFlag = true;

  protected override async catch(error: Error): Promise<never> {
    return super.catch(readable(error, (text) => this.spelled(text)));
  }

  /** Our commands as they are typed here: `npx waterfall plan`, or `sf waterfall plan` under sf. */
  protected spelled(text: string): string {
    return text.replaceAll(COMMAND_IN_TEXT, `${this.config.bin} $&`);
  }

  /** What is said when the command is stopped at once. */
  protected stopText = (): string => 'Stopped.';

  override async _run<R>(): Promise<R> {
    // sf's handlers throw where nobody catches; they are in place when the call returns, before the command itself begins.
    const running = super._run<R>();
    this.onStop(() => {
      process.stderr.write(`${this.stopText()}\n`);
      process.exit(EXIT_STOPPED);
    });
    return running;
  }

  /** Aborted by the first Ctrl-C, for commands that have something to tidy up; the second one ends them as they stand. */
  protected stopSignal(text: string): AbortSignal {
    const controller = new AbortController();
    let stoppedAt: number | null = null;
    this.onStop(() => {
      if (stoppedAt !== null && Date.now() - stoppedAt > SAME_STOP_MS) process.exit(EXIT_STOPPED);
      if (stoppedAt !== null) return;
      stoppedAt = Date.now();
      process.stderr.write(`${text}\n`);
      controller.abort();
    });
    return controller.signal;
  }

  private onStop(work: () => void): void {
    for (const signal of STOPPING) process.removeAllListeners(signal).on(signal, work);
  }

  /** What takes a while is told on standard error, and only to people: not in --json, not into a file. */
  protected progressStart(text: string): void {
    if (process.stderr.isTTY) this.spinner.start(text);
  }
  protected readonly progressTo = (text: string): void => {
    if (process.stderr.isTTY) this.spinner.status = text;
  };
  protected progressEnd(): void {
    this.spinner.stop();
  }

  override warn(input: Parameters<SfCommand<T>['warn']>[0]): ReturnType<SfCommand<T>['warn']> {
    // Said of every org on http, and only the local org on loopback is.
    if (
      /insecure protocol: http: on url: http:\/\/(127\.0\.0\.1|localhost)/.test(
        typeof input === 'string' ? input : input.message,
      )
    )
      return input;
    return super.warn(input);
  }

  override logJson(json: Parameters<SfCommand<T>['logJson']>[0]): void {
    super.logJson(withoutStack(json));
  }

  protected readonly watch = (progress: Progress): void => {
    if (progress.kind === 'phase') this.log(progress.text);
    else if (progress.kind === 'warning') this.warn(progress.text);
    else if (progress.kind === 'step') this.log(`  ${progress.outcome.padEnd(12)} ${progress.id.replace(':', ' ')}`);
    else if (progress.kind === 'steps')
      this.log(
        `  ${progress.outcome.padEnd(12)} ${progress.type} (${progress.names.length}): ${shortList(progress.names)}`,
      );
    else if (progress.total > 0 && progress.done < progress.total)
      this.log(`  ${progress.done} of ${progress.total} components`);
  };
}

/** Characters that a line of a hundred leaves for names; the rest of them is counted. */
const NAMES_WIDTH = 52;
function shortList(all: readonly string[]): string {
  const names = all.map((name) => name.replace(/^Opportunity[.-]/, ''));
  const fitting = names.findIndex((_, index) => names.slice(0, index + 1).join(', ').length > NAMES_WIDTH);
  if (fitting === -1) return names.join(', ');
  const shown = names.slice(0, Math.max(1, fitting));
  return shown.length === names.length
    ? names.join(', ')
    : `${shown.join(', ')} and ${names.length - shown.length} more`;
}

/** sf's error shape has a stack; of ours only its first line is left. */
function withoutStack(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || !('stack' in json) || typeof json.stack !== 'string') return json;
  return { ...json, stack: json.stack.split('\n    at ')[0] };
}

/** sf prints an SfError's message and actions and puts both into --json. The stack would go into --json too, so it is left out. */
function readable(error: Error, spelled: (text: string) => string): Error {
  const known = asSfError(error);
  if (!known) return error;
  known.message = spelled(known.message);
  known.actions = known.actions?.map(spelled) ?? [];
  known.stack = `${known.name}: ${known.message}`;
  return known;
}

/** What a file system answers where a file or folder that the user named, or a full disk, is the trouble. */
const FILE_CODES = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR', 'ENOENT', 'EEXIST']);

function asFileError(error: NodeJS.ErrnoException): SfError | null {
  if (error.code === undefined || !FILE_CODES.has(error.code) || error.syscall === undefined) return null;
  const action =
    error.code === 'ENOSPC' || error.code === 'EDQUOT'
      ? 'Free some disk space and repeat the command.'
      : 'Name another file, or see to its folder and permissions.';
  return new SfError(`A file cannot be read or written: ${error.message}.`, 'FILE', [action], 1);
}

function asSfError(error: Error): SfError | null {
  if (error instanceof OrgError || error instanceof VerifyError) {
    const exitCode = error.code === 'VERIFY_STOPPED' ? EXIT_STOPPED : 1;
    return new SfError(error.message, error.code, [error.action], exitCode);
  }
  if (error instanceof FindingsError) {
    const first = error.findings[0];
    const converted = new SfError(error.message, first?.code ?? 'FINDINGS', first ? [first.action] : [], 1);
    return converted.setData(error.findings as never);
  }
  const file = asFileError(error);
  if (file) return file;
  // Wrong flags are oclif's and say what is wrong; anything else is a defect of ours and says so.
  if (
    error instanceof SfError ||
    'oclif' in error ||
    error.name.startsWith('NonExistent') ||
    error.constructor.name.startsWith('CLI')
  )
    return null;
  const details = process.env['WATERFALL_DEBUG'] ? `\n${error.stack}` : '';
  return new SfError(
    `Something went wrong that waterfall did not foresee: ${error.message}${details}`,
    'DEFECT',
    ['Repeat it with WATERFALL_DEBUG=1 and report what it prints.'],
    1,
  );
}
