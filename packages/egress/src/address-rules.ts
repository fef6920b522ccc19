import ipaddr from 'ipaddr.js';
import type { NetworkRules } from './contract.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Compiled {@link NetworkRules}. */
export type AddressRules = {
  /** Why an address may not be connected to, as the end of a sentence; undefined when it may. */
  readonly refusal: (address: string) => string | undefined;
};

/** Ranges that a name in the rules opens, in the registry's terms (IANA special-purpose address registries). */
const namedRanges: Readonly<Record<string, readonly string[]>> = {
  loopback: ['loopback'],
  private: ['private', 'uniqueLocal', 'carrierGradeNat'],
  'link-local': ['linkLocal'],
};

/** Where cloud platforms serve machine credentials: opened only by a block that names exactly the address. */
const metadataAddresses = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  'fe80::a9fe:a9fe',
]);

/** Compiles network rules; throws a `TypeError` that names the first entry which is neither a block nor a range's name. */
export function compileAddressRules(rules: NetworkRules): AddressRules {
  const ranges = new Set<string>();
  const blocks: (readonly [Address, number])[] = [];
  for (const entry of rules.allow) {
    const named = Object.hasOwn(namedRanges, entry) ? namedRanges[entry] : undefined;
    if (named === undefined) blocks.push(parseBlock(entry));
    else for (const range of named) ranges.add(range);
  }
  // The same addresses are asked for again and again, and the answer is always the same.
  const known = new Map<string, string | undefined>();
  return {
    refusal: (text) => {
      if (known.has(text)) return known.get(text);
      if (known.size >= maxKnownAddresses) known.clear();
      const refusal = refusalOf(text, ranges, blocks);
      known.set(text, refusal);
      return refusal;
    },
  };
}

const maxKnownAddresses = 1000;

/** What is wrong with an entry of network rules, or undefined. */
export function checkNetworkRule(entry: string): string | undefined {
  try {
    compileAddressRules({ allow: [entry] });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function parseBlock(entry: string): readonly [Address, number] {
  try {
    if (entry.includes('/')) return ipaddr.parseCIDR(entry);
    const address = ipaddr.parse(entry);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  } catch (error) {
    throw new TypeError(
      `"${entry}" is not a network: write a block such as 10.0.0.0/8, or one of ${Object.keys(namedRanges).join(', ')}.`,
      { cause: error },
    );
  }
}

function refusalOf(
  text: string,
  ranges: ReadonlySet<string>,
  blocks: readonly (readonly [Address, number])[],
): string | undefined {
  // A zone names an interface of this machine, not another address.
  const [plain = ''] = text.split('%', 1);
  if (!ipaddr.isValid(plain)) return 'is not an address';
  const address = unwrap(ipaddr.parse(plain));
  const canonical = address.toString();
  const inBlock = blocks.some(([block, bits]) => block.kind() === address.kind() && address.match(block, bits));
  if (metadataAddresses.has(canonical)) {
    const isExact = blocks.some(
      ([block, bits]) => block.toString() === canonical && bits === (address.kind() === 'ipv4' ? 32 : 128),
    );
    return isExact ? undefined : 'is a cloud metadata address';
  }
  const range = address.range();
  if (range === 'unicast' || inBlock || ranges.has(range)) return undefined;
  return `is ${describeRange(range)} address`;
}

/** The address that a packet would really go to: IPv4 inside IPv6 (mapped, NAT64, 6to4) is judged as IPv4. */
function unwrap(address: Address): Address {
  if (address.kind() === 'ipv4') return address;
  const ipv6 = address as ipaddr.IPv6;
  if (ipv6.isIPv4MappedAddress()) return ipv6.toIPv4Address();
  const bytes = ipv6.toByteArray();
  const range = ipv6.range();
  // Only the well-known NAT64 prefix has the address in its last bytes (RFC 6052 §2.2); local ones (RFC 8215) stay refused.
  const isWellKnownNat64 = bytes.slice(0, 12).join() === '0,100,255,155,0,0,0,0,0,0,0,0';
  if (isWellKnownNat64) return new ipaddr.IPv4(bytes.slice(12));
  if (range === '6to4') return new ipaddr.IPv4(bytes.slice(2, 6));
  const isCompatible = bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12).some((byte) => byte > 1);
  return isCompatible ? new ipaddr.IPv4(bytes.slice(12)) : address;
}

function describeRange(range: string): string {
  const words: Readonly<Record<string, string>> = {
    linkLocal: 'a link-local',
    uniqueLocal: 'a private (unique local)',
    carrierGradeNat: 'a private (carrier-grade NAT)',
    unspecified: 'the unspecified',
  };
  return words[range] ?? `a ${range}`;
}
