/** What the two sides of an encrypted control connection show each other. */

/** In PEM. */
export interface TlsIdentity {
  /** Certificate of the run's authority, which has signed the other side's. */
  authority: string;
  certificate: string;
  key: string;
}

export interface RunIdentities {
  coordinator: TlsIdentity;
  /** Of whoever holds the run's control.json. */
  holder: TlsIdentity;
}

/** The name in the coordinator's certificate: hosts may reach it at any address, and the run's authority signs no other. */
export const coordinatorName = 'kiln-coordinator';
