/**
 * A run's own certificate authority, for coordinators that listen beyond this host: it signs one certificate for the
 * coordinator and one for whoever holds the run's control.json, and its key is then forgotten.
 */
// Its library wants this to be there first.
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';
import { coordinatorName, type RunIdentities, type TlsIdentity } from './tls.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;

type KeyPair = Awaited<ReturnType<typeof makeKeys>>;
const makeKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** Certificates are good from a day before now, as clocks differ, for a year. */
async function sign(
  name: string,
  keys: KeyPair,
  issuer: { name: string; keys: KeyPair },
  extensions: Extension[],
) {
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: `CN=${issuer.name}`,
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 365 * dayMs),
    publicKey: keys.publicKey,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: algorithm,
    extensions,
  });
  return certificate.toString('pem');
}

export async function makeIdentities(): Promise<RunIdentities> {
  const issuer = { name: 'kiln run', keys: await makeKeys() };
  const authority = await sign(issuer.name, issuer.keys, issuer, [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
  ]);
  const identity = async (name: string, usage: ExtendedKeyUsage): Promise<TlsIdentity> => {
    const keys = await makeKeys();
    const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
    const certificate = await sign(name, keys, issuer, [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([usage]),
      new SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
    ]);
    const pem = `-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
    return { authority, certificate, key: pem };
  };
  return {
    coordinator: await identity(coordinatorName, ExtendedKeyUsage.serverAuth),
    holder: await identity('kiln-holder', ExtendedKeyUsage.clientAuth),
  };
}
