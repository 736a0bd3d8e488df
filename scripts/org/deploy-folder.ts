import type { Connection } from '@salesforce/core';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeployOptions, DeployProblem, DeployReport } from './metadata-org.ts';
import { asking } from './org-errors.ts';

const LOCAL_POLL_MS = 20;
const POLL_MS = 1000;
/** Deployments of an org run one at a time, so ours may wait for others. */
const PATIENCE_MINUTES = 120;

interface Message {
  readonly componentType?: string;
  readonly fullName?: string;
  readonly fileName?: string;
  readonly problem?: string;
  readonly lineNumber?: number | string;
  readonly columnNumber?: number | string;
  readonly created?: boolean | string;
  readonly changed?: boolean | string;
  readonly deleted?: boolean | string;
}

/** Metadata API Developer Guide, RunTestFailure and CodeCoverageWarning. */
interface TestFailure {
  readonly name?: string;
  readonly methodName?: string;
  readonly message?: string;
}
interface CoverageWarning {
  readonly name?: string | null;
  readonly message?: string;
}

interface Status {
  readonly id: string;
  readonly status: string;
  readonly done: boolean | string;
  readonly success: boolean | string;
  readonly numberComponentsDeployed?: number | string;
  readonly numberComponentsTotal?: number | string;
  readonly errorMessage?: string;
  readonly details?: {
    readonly componentFailures?: Message | readonly Message[];
    readonly componentSuccesses?: Message | readonly Message[];
    readonly runTestResult?: {
      readonly failures?: TestFailure | readonly TestFailure[];
      readonly codeCoverageWarnings?: CoverageWarning | readonly CoverageWarning[];
    };
  };
}

const isTrue = (value: unknown): boolean => String(value) === 'true';
const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** Through source-deploy-retrieve, all or nothing: production demands rollbackOnError, and half an install helps nobody. */
export const deployFolder = (
  connection: Connection,
  folder: string,
  isLocal: boolean,
  options: DeployOptions,
): Promise<DeployReport> =>
  asking('deploying', async () => {
    const [{ MetadataApiDeploy }, { Duration }] = await Promise.all([
      import('@salesforce/source-deploy-retrieve'),
      import('@salesforce/kit'),
    ]);
    const operation = new MetadataApiDeploy({
      usernameOrConnection: connection,
      mdapiPath: folder,
      apiOptions: {
        rollbackOnError: true,
        singlePackage: true,
        ignoreWarnings: true,
        checkOnly: options.checkOnly ?? false,
        ...(options.runTests &&
          options.runTests.length > 0 && { testLevel: 'RunSpecifiedTests' as const, runTests: [...options.runTests] }),
      },
    });
    const { id } = await operation.start();
    options.onStarted?.(id);
    operation.onUpdate((status) => options.onProgress?.(report(status)));
    const result = await operation.pollStatus({
      frequency: Duration.milliseconds(isLocal ? LOCAL_POLL_MS : POLL_MS),
      timeout: Duration.minutes(PATIENCE_MINUTES),
    });
    return report(result.response);
  });

export const deploymentOf = (connection: Connection, id: string): Promise<DeployReport> =>
  asking(`looking up the deployment ${id}`, async () => {
    for (;;) {
      const status = (await connection.metadata.checkDeployStatus(id, true)) as unknown as Status;
      if (isTrue(status.done)) return report(status);
      await sleep(POLL_MS);
    }
  });

function report(status: Status): DeployReport {
  const failures = listOf(status.details?.componentFailures);
  const successes = listOf(status.details?.componentSuccesses);
  const problems = [
    ...failures.map((message) => problem(message, false)),
    ...successes.filter(({ problem: text }) => text).map((message) => problem(message, true)),
  ];
  const whole = status.errorMessage ? [{ place: 'deployment', message: status.errorMessage, warning: false }] : [];
  return {
    id: status.id,
    status: status.status,
    done: isTrue(status.done),
    success: isTrue(status.success),
    deployed: Number(status.numberComponentsDeployed ?? 0),
    total: Number(status.numberComponentsTotal ?? 0),
    components: successes
      .filter(({ created, changed, deleted }) => isTrue(created) || isTrue(changed) || isTrue(deleted))
      .map(({ componentType, fullName }) => `${componentType}:${fullName}`),
    problems: [...problems, ...testProblems(status), ...whole],
  };
}

/** Failed tests, and classes that tests cover too little: what refuses a deployment although every component was good. */
function testProblems({ details, success }: Status): readonly DeployProblem[] {
  const tests = details?.runTestResult;
  return [
    ...listOf(tests?.failures).map(({ name, methodName, message }) => ({
      place: `Apex test ${name ?? ''}.${methodName ?? ''}`,
      message: message ?? 'no reason given',
      warning: false,
    })),
    ...listOf(tests?.codeCoverageWarnings).map(({ name, message }) => ({
      place: name ? `Apex coverage of ${name}` : 'Apex coverage',
      message: message ?? 'too little',
      warning: isTrue(success),
    })),
  ];
}

function problem(message: Message, warning: boolean): DeployProblem {
  const name = message.componentType
    ? `${message.componentType} ${message.fullName}`
    : (message.fileName ?? 'deployment');
  const line = message.lineNumber ? ` (${message.fileName}:${message.lineNumber}:${message.columnNumber ?? 1})` : '';
  return { place: `${name}${line}`, message: message.problem ?? 'no reason given', warning };
}
