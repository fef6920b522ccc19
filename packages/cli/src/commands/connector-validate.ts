import { certify, readConnector } from '@patchbay/definition';
import { type Command, formatOption, type Invocation, isJson, printJson } from '../command.ts';
import { readDescription } from '../files/read-description.ts';
import { type FindingReport, printReport, reportFindings } from '../findings.ts';
import { CommandError, type ExitCode } from '../terminal.ts';

export const connectorValidate: Command = {
  name: 'connector validate',
  summary: 'say exactly what is wrong with a connector',
  arguments: [{ notation: '<path...>', summary: 'folders of connectors, or definition files' }],
  options: [
    { notation: '--certification', summary: 'check the rules for publishing a connector as well' },
    formatOption,
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const reports: FindingReport[] = [];
    let code: ExitCode = 0;
    for (const path of invocation.arguments) {
      const report = await validate(invocation, path, invocation.options['certification'] === true);
      if (report === undefined) code = 2;
      else reports.push(report);
    }
    if (isJson(invocation)) printJson(terminal, reports);
    else for (const report of reports) printReport(terminal, report);
    if (code === 0 && reports.some((report) => report.errors > 0)) return 1;
    return code;
  },
};

/** One that is not there does not keep the others from being checked. */
async function validate(
  invocation: Invocation,
  path: string,
  isForCertification: boolean,
): Promise<FindingReport | undefined> {
  try {
    const read = readConnector(await readDescription(invocation, path));
    return reportFindings(path, [...read.findings, ...(isForCertification ? certify(read) : [])]);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    invocation.terminal.err(`${error.message}\n`);
    return undefined;
  }
}
