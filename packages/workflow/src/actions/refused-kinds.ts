/** Why types that the platform has are refused here, each with what to do instead. */
const reasons = {
  b2b: 'messages between trading partners (AS2, EDIFACT, RosettaNet, SWIFT, X12) are not part of this product; exchange them with a gateway of their own and call it as a connector',
  agent: 'agents and what belongs to them are not part of this version; call the model and the tools as connectors',
} as const;

/** Why an action of a definition that a `Start` trigger begins is refused, when no flow has its type. */
export const macroRefusal =
  "a Start trigger begins a macro, whose actions work on the forms and pages of an agent's desktop; only the actions of flows are part of this product";

/** Lower-case type → why it is refused. */
const refused: ReadonlyMap<string, string> = new Map([
  ...[
    'AS2Encode',
    'AS2Decode',
    'AS2V2Encode',
    'AS2V2Decode',
    'X12Encode',
    'X12Decode',
    'X12BatchEncode',
    'Edifact',
    'EdifactEncode',
    'EdifactDecode',
    'EdifactBatchEncode',
    'RosettaNetEncode',
    'RosettaNetDecode',
    'RosettaNetWaitForResponse',
    'SwiftEncode',
    'SwiftDecode',
    'SwiftMTEncode',
    'SwiftMTDecode',
    'HL7Encode',
    'HL7Decode',
  ].map((type) => [type.toLowerCase(), reasons.b2b] as const),
  ...[
    'Agent',
    'AgentHandoff',
    'NestedAgent',
    'Handoff',
    'ParseDocument',
    'ParseDocumentWithMetadata',
    'ChunkText',
    'ChunkTextWithMetadata',
    'McpClient',
    'McpClientTool',
    'BuiltInMcpClient',
    'ComputerUse',
  ].map((type) => [type.toLowerCase(), reasons.agent] as const),
]);

/** Why a type of the platform is refused; `undefined` for all others. */
export function refusalOf(type: string): string | undefined {
  return refused.get(type.toLowerCase());
}
