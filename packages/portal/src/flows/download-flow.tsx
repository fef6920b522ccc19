import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { type ExportedFlow, exportFlow } from '../api/flows.ts';

/** What a flow can be taken away as, by the name of the form on the server. */
const forms: readonly (readonly [string, string])[] = [
  ['package', 'Flow package (Power Automate)'],
  ['solution', 'Solution (Power Platform)'],
  ['template', 'ARM template (Logic Apps, Consumption)'],
  ['standard', 'Project (Logic Apps, Standard)'],
  ['wrapped', 'JSON with its connections'],
  ['definition', 'Definition alone'],
];

/** Saves a flow as a file, and hands over what that leaves out. */
export function DownloadFlowButton({
  flow,
  onDone,
}: {
  readonly flow: string;
  readonly onDone: (result: ExportedFlow['findings'] | Error) => void;
}) {
  const download = useMutation({
    mutationFn: (form: string) => exportFlow(flow, form),
    onSuccess: (exported) => {
      save(exported);
      onDone(exported.findings);
    },
    onError: onDone,
  });
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button icon={<ArrowDownloadRegular />} disabled={download.isPending}>
          Download
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {forms.map(([form, label]) => (
            <MenuItem key={form} onClick={() => download.mutate(form)}>
              {label}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function save({ fileName, file }: ExportedFlow): void {
  const bytes = Uint8Array.from(atob(file.$content), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: file['$content-type'] }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
