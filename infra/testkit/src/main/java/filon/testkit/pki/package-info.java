/** Owns: a throw-away certificate authority for tests. Does not own: the authority of a deployment, which is provisioning's. */
package filon.testkit.pki;
