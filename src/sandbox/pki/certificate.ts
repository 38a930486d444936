// Makes EC P-256 certificates. Our own DER: the kept library for this (@peculiar/x509) takes 130 to 240 ms
// to load and 150 ms for eleven certificates, a third of the sandbox's whole second; this takes about 15 ms.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  alternativeNames,
  bits,
  der,
  distinguishedName,
  octets,
  oid,
  positive,
  sequence,
  utcTime,
  yes,
} from './der.ts';

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

export interface Authority extends KeyPair {
  readonly issue: (request: CertificateRequest) => KeyPair;
}

export interface CertificateRequest {
  readonly commonName: string;
  /** Kubernetes reads it as the user's group. */
  readonly organization?: string;
  /** Names and IPv4 addresses a server answers to; none makes a certificate for a client only. */
  readonly names?: readonly string[];
}

export interface Validity {
  readonly from: Date;
  readonly until: Date;
}

const ecdsaWithSha256 = (): Buffer => sequence(oid('1.2.840.10045.4.3.2'));

const pem = (body: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${body.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [yes()] : []), octets(value));

const keyId = (publicKey: Buffer): Buffer => createHash('sha1').update(publicKey).digest();

/** A self-signed authority whose key lives in this process and in what it returns. */
export function createAuthority(options: { commonName: string; validity: Validity }): Authority {
  const subject = distinguishedName({ commonName: options.commonName });
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' });
  const issuer = { name: subject, key: keys.privateKey, publicKey };
  const cert = signed({
    issuer,
    subject,
    publicKey,
    validity: options.validity,
    extensions: [
      extension('2.5.29.19', sequence(yes()), true),
      extension('2.5.29.15', bits(Buffer.of(0x06), 1), true),
    ],
  });
  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { cert, key, issue: (request) => issue(issuer, request, options.validity) };
}

interface Issuer {
  readonly name: Buffer;
  readonly key: KeyObject;
  readonly publicKey: Buffer;
}

function issue(issuer: Issuer, request: CertificateRequest, validity: Validity): KeyPair {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const names = request.names ?? [];
  const purposes = [...(names.length > 0 ? ['1.3.6.1.5.5.7.3.1'] : []), '1.3.6.1.5.5.7.3.2'];
  const cert = signed({
    issuer,
    subject: distinguishedName(request),
    publicKey: keys.publicKey.export({ type: 'spki', format: 'der' }),
    validity,
    extensions: [
      extension('2.5.29.19', sequence(), true),
      extension('2.5.29.15', bits(Buffer.of(0x80), 7), true),
      extension('2.5.29.37', sequence(...purposes.map(oid))),
      ...(names.length > 0 ? [extension('2.5.29.17', alternativeNames(names))] : []),
    ],
  });
  return { cert, key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function signed(facts: {
  issuer: Issuer;
  subject: Buffer;
  publicKey: Buffer;
  validity: Validity;
  extensions: readonly Buffer[];
}): string {
  const identifiers = [
    extension('2.5.29.14', octets(keyId(facts.publicKey))),
    extension('2.5.29.35', sequence(der(0x80, keyId(facts.issuer.publicKey)))),
  ];
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const toSign = sequence(
    der(0xa0, positive(Buffer.of(2))),
    positive(serial),
    ecdsaWithSha256(),
    facts.issuer.name,
    sequence(utcTime(facts.validity.from), utcTime(facts.validity.until)),
    facts.subject,
    facts.publicKey,
    der(0xa3, sequence(...facts.extensions, ...identifiers)),
  );
  return pem(sequence(toSign, ecdsaWithSha256(), bits(sign('sha256', toSign, facts.issuer.key))));
}
